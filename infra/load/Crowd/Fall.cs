using LiveShop.Domain;

namespace LiveShop.Load;

/// <summary>
/// Lets items fall through their levels, each step by a real purchase, so that it is committed and announced by the node
/// itself. Between the steps the database is set to the level's last pair, which no tab can see.
/// </summary>
internal sealed class Fall(Run run)
{
    private readonly List<(int ItemId, int LeavesBehind, PreparedPurchase Purchase)> steps = [];

    /// <summary>Steps that are prepared.</summary>
    public int Count => steps.Count;

    /// <summary>Releases everything, fills the shelves to "high" and brings as many shoppers as wanted before the button, item after item, level after level.</summary>
    /// <param name="most">Of the steps; there are three for each item.</param>
    public async Task PrepareAsync(int most, CancellationToken stop)
    {
        var levels = run.Options.Levels;
        await run.Database.SetStockAsync(levels.MediumBelow);
        await run.Database.ReleaseAllAsync();
        var itemIds = (await run.Database.StockAsync()).Keys.Order().ToList();
        await SeeAllHighAsync(itemIds.Count, stop);

        int[] left = [levels.LowBelow, 1, 0];
        var wanted = left.SelectMany(pairs => itemIds.Select(id => (Id: id, Pairs: pairs))).Take(most).ToList();
        var prepared = new (int, int, PreparedPurchase)[wanted.Count];
        await Parallel.ForAsync(0, wanted.Count, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = stop }, async (i, _) =>
            prepared[i] = (wanted[i].Id, wanted[i].Pairs, await PreparedPurchase.PrepareAsync(run.Target.Shop, wanted[i].Id, stop)));
        steps.AddRange(prepared);
    }

    /// <summary>
    /// Takes the next steps, so many a second, whether or not the server keeps up; only the steps of one item wait for each other.
    /// Returns when each is committed.
    /// </summary>
    public async Task StepAsync(int count, double rate, CancellationToken stop)
    {
        var now = steps.Take(count).ToList();
        steps.RemoveRange(0, now.Count);
        var begun = DateTime.UtcNow;
        var buying = new Dictionary<int, Task>();
        for (var i = 0; i < now.Count; i++)
        {
            var due = begun + TimeSpan.FromSeconds(i / rate) - DateTime.UtcNow;
            if (due > TimeSpan.Zero) await Task.Delay(due, stop);
            var (itemId, leavesBehind, purchase) = now[i];
            buying[itemId] = BuyAsync(buying.GetValueOrDefault(itemId, Task.CompletedTask), itemId, leavesBehind, purchase, stop);
        }
        await Task.WhenAll(buying.Values);
    }

    private async Task BuyAsync(Task stepBefore, int itemId, int leavesBehind, PreparedPurchase purchase, CancellationToken stop)
    {
        await stepBefore;
        try
        {
            run.Tally.Confirmed(await purchase.BuyAsync(stop));
            if (leavesBehind > 0) await run.Database.SetStockAsync(leavesBehind, itemId);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            run.Tally.Trouble($"buying item {itemId}", exception);
        }
    }

    private async Task SeeAllHighAsync(int items, CancellationToken stop)
    {
        await using var tab = await StoreTab.OpenAsync(new Browser(run.Target.Shop), stop);
        await tab.Circuit.WaitAsync(_ => tab.Levels is var shown && shown.Count == items && shown.Values.All(level => level == StockLevel.High), StoreTab.Patience, stop);
        await tab.LeaveAsync(stop);
    }
}
