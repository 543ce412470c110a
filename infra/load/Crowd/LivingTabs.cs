namespace LiveShop.Load;

/// <summary>Shoppers who look on, whatever becomes of the nodes.</summary>
internal sealed class LivingTabs(ShopAddress shop, Tally tally)
{
    private readonly List<LivingTab> tabs = [];

    public IReadOnlyList<LivingTab> All => tabs;

    /// <summary>Opens tabs, one each <paramref name="pause"/>.</summary>
    public Task OpenAsync(int count, TimeSpan pause, CancellationToken stop) => Arrivals.RunAsync(count, pause, tally, async () =>
    {
        var tab = await LivingTab.OpenAsync(shop, tally, stop);
        lock (tabs) tabs.Add(tab);
    }, stop);

    public async Task LeaveAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await Parallel.ForEachAsync(tabs, new ParallelOptions { MaxDegreeOfParallelism = Arrivals.AtOnce }, async (tab, _) => await tab.LeaveAsync(limit.Token));
    }

    /// <summary>Adds to the report for how long tabs were without a live page, and checks that none is dead.</summary>
    public Absence Report(LoadReport report)
    {
        var absence = new Absence([.. tabs.Select(tab => tab.Gaps)], DateTime.UtcNow);
        report.Check("No tab is dead", absence.Dead == 0, absence.Dead == 0 ? $"{tabs.Count} tabs" : $"{absence.Dead} of {tabs.Count}: {string.Join(" ", absence.DeadEnds.Take(3))}");
        report.Add("Time without a live page, of a tab in all, p50", absence.OfTabs.Median, "ms");
        report.Add("Time without a live page, of a tab in all, p99", absence.OfTabs.P99, "ms");
        report.Add("Time without a live page, of a tab in all, max", absence.OfTabs.Max, "ms");
        report.Add("Longest time without a live page at once", absence.Longest, "ms");
        report.Add("Times without a live page, of a tab, mean", absence.Mean, "");
        report.Add("Times without a live page, of a tab, max", absence.Most, "");
        foreach (var (why, count) in absence.Reasons) report.Notes.Add($"{count} × {why}");
        report.Plots.Add(Plot.OfShares("Time without a live page, of a tab in all", "ms", ("tabs", absence.OfTabs)));
        return absence;
    }
}
