using LiveShop.Domain;

namespace LiveShop.Load;

/// <summary>One who buys again and again, whatever happens to the shop, and knows of every purchase what became of it.</summary>
internal sealed class Buyer(Run run, int number, PurchaseBook book, IReadOnlySet<int> hot)
{
    /// <summary>Who gets no further for so long has met a fault.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    private const int MostPairs = 3;

    /// <summary>How often what everybody wants is wanted.</summary>
    private const double HotShare = 0.4;

    private readonly Browser browser = new(run.Target.Shop);
    private int purchases;

    /// <summary>Until <paramref name="closing"/>; then ends what was begun. Never throws but for being stopped.</summary>
    public async Task PlayAsync(CancellationToken closing, CancellationToken stop)
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                await ThinkAsync(stop);
                if (!await FillCartAsync(closing, stop)) continue;
                await new PurchaseAttempt(run, browser, book.Begin($"chaos-{number}-{++purchases}@example.com")).PlayAsync(Patience, stop);
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                run.Tally.Trouble("buying", exception);
            }
        }
    }

    /// <returns>Whether the shop said that there is something in the cart.</returns>
    private async Task<bool> FillCartAsync(CancellationToken closing, CancellationToken stop)
    {
        var wanted = Random.Shared.Next(1, MostPairs + 1);
        var held = new HashSet<int>();
        for (var until = DateTime.UtcNow + Patience; held.Count == 0 && !closing.IsCancellationRequested; await Task.Delay(AgainAfter, stop))
        {
            try
            {
                await using var store = await StoreTab.OpenAsync(browser, stop);
                while (held.Count < wanted && await PickAsync(store, held, stop)) ;
                await store.LeaveAsync(stop);
                if (held.Count > 0) return true;
            }
            catch (Exception exception) when (Passing.Is(exception, stop) && DateTime.UtcNow < until)
            {
                run.Tally.Refused($"no store: {Passing.Words(exception)}");
            }
        }
        return held.Count > 0;
    }

    /// <summary>True when there is another one in the cart.</summary>
    private async Task<bool> PickAsync(StoreTab store, HashSet<int> held, CancellationToken stop)
    {
        var left = store.Levels.Where(size => size.Value != StockLevel.Out && !held.Contains(size.Key)).Select(size => size.Key).ToArray();
        if (left.Length == 0) return false;
        var wanted = left.Where(hot.Contains).ToArray() is { Length: > 0 } hotOnes && Random.Shared.NextDouble() < HotShare ? hotOnes : left;
        var itemId = wanted[Random.Shared.Next(wanted.Length)];
        var reason = Refusal.Of((await store.PickAsync(itemId, stop)).Notice);
        if (reason is not null) run.Tally.Refused(reason);
        // In the cart already: from the time before, when the answer to the click was lost.
        return (reason is null or Refusal.InCart or Refusal.CartFull) && held.Add(itemId);
    }

    private Task ThinkAsync(CancellationToken stop) => Task.Delay(run.Options.Think * Random.Shared.NextDouble(), stop);
}
