namespace LiveShop.Load;

/// <summary>Shoppers who only look.</summary>
internal sealed class Watchers(ShopAddress shop, Tally tally)
{
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
    public Task OpenAsync(int count, TimeSpan pause, CancellationToken stop) =>
        Arrivals.RunAsync(count, pause, tally, async () => Add(await StoreTab.OpenAsync(new Browser(shop), stop)), stop);

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
        await Parallel.ForEachAsync(Tabs.Where(tab => tab.LiveUntil == DateTime.MaxValue), new ParallelOptions { MaxDegreeOfParallelism = Arrivals.AtOnce }, async (tab, _) =>
        {
            if (tab.Circuit.Lost is { } why) tally.Trouble($"tab lost: {why}");
            await tab.LeaveAsync(limit.Token);
            tally.Closed();
        });
    }
}
