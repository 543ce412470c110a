namespace LiveShop.Load;

/// <summary>Shoppers who only look.</summary>
internal sealed class Watchers(ShopAddress shop, Tally tally)
{
    /// <summary>Starts under way at once: enough to keep a server busy, few enough for its patience.</summary>
    private const int StartsAtOnce = 32;

    private readonly List<StoreTab> tabs = [];

    /// <summary>All that ever became live.</summary>
    public IReadOnlyList<StoreTab> Tabs
    {
        get
        {
            lock (tabs) return [.. tabs];
        }
    }

    /// <summary>Opens tabs, one each <paramref name="pause"/>, or as fast as the server takes them when that is 0.</summary>
    public async Task OpenAsync(int count, TimeSpan pause, CancellationToken stop)
    {
        var begun = DateTime.UtcNow;
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = StartsAtOnce, CancellationToken = stop }, async (number, _) =>
        {
            var due = begun + (pause * number) - DateTime.UtcNow;
            if (due > TimeSpan.Zero) await Task.Delay(due, stop);
            await OpenOneAsync(stop);
        });
    }

    /// <summary>A tab that one of them opened later.</summary>
    public void Add(StoreTab tab)
    {
        lock (tabs) tabs.Add(tab);
        tally.Opened(tab);
    }

    /// <summary>All leave, politely, as many at once as started at once.</summary>
    public async Task LeaveAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await Parallel.ForEachAsync(Tabs.Where(tab => tab.LiveUntil == DateTime.MaxValue), new ParallelOptions { MaxDegreeOfParallelism = StartsAtOnce }, async (tab, _) =>
        {
            if (tab.Circuit.Lost is { } why) tally.Trouble($"tab lost: {why}");
            await tab.LeaveAsync(limit.Token);
            tally.Closed();
        });
    }

    private async Task OpenOneAsync(CancellationToken stop)
    {
        try
        {
            Add(await StoreTab.OpenAsync(new Browser(shop), stop));
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            tally.Trouble("opening the store", exception);
        }
    }
}
