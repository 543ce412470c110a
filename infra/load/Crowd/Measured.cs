namespace LiveShop.Load;

/// <summary>What a stretch of a test cost and how late the tabs were in it.</summary>
internal sealed class Measured
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Run run;
    private readonly IReadOnlyList<StoreTab> tabs;
    private readonly IReadOnlyDictionary<int, int> stockBefore;
    private readonly long movementBefore;
    private readonly long bytesBefore;
    private readonly TimeSpan? cpuBefore;
    private readonly TimeSpan ownCpuBefore = Environment.CpuUsage.TotalTime;
    private readonly DateTime begun = DateTime.UtcNow;

    private Measured(Run run, IReadOnlyList<StoreTab> tabs, IReadOnlyDictionary<int, int> stockBefore, long movementBefore)
    {
        (this.run, this.tabs, this.stockBefore, this.movementBefore) = (run, tabs, stockBefore, movementBefore);
        (bytesBefore, cpuBefore) = (Bytes, run.Target.Server?.Cpu);
    }

    private long Bytes => tabs.Sum(tab => tab.Circuit.BytesReceived);

    public static async Task<Measured> BeginAsync(Run run, IReadOnlyList<StoreTab> tabs) =>
        new(run, tabs, await run.Database.StockAsync(), await run.Database.LastMovementAsync());

    /// <summary>Waits until all tabs show what is true, and adds what was measured to the report.</summary>
    /// <param name="name">Of the stretch, before each figure's name.</param>
    public async Task<Staleness> EndAsync(string name, CancellationToken stop)
    {
        var wrong = await Truth.WrongTabsAsync(run, tabs, Patience, stop);
        var ownCpu = Environment.CpuUsage.TotalTime - ownCpuBefore;
        var (seconds, cpu, bytes) = ((DateTime.UtcNow - begun).TotalSeconds, run.Target.Server?.Cpu - cpuBefore, Bytes - bytesBefore);
        var changes = LevelChange.Of(stockBefore, await run.Database.MovementsAsync(movementBefore), run.Options.Levels);
        var late = new Staleness(tabs.Select(tab => tab.Log), changes);

        var report = run.Report;
        report.Check($"{name}: every tab ends in the true state", wrong == 0, wrong == 0 ? $"{tabs.Count} tabs, {changes.Count} changes" : $"{wrong} of {tabs.Count} tabs are wrong");
        report.Check($"{name}: no tab missed a change", late.Missed == 0, $"{late.Milliseconds.Count} shown, {late.Missed} missed");
        report.Add($"{name}: changes", changes.Count, "");
        report.Add($"{name}: time", seconds, "s");
        report.Add($"{name}: from the commit to the screen", late.Milliseconds, "ms");
        report.Add($"{name}: median tab", late.Median.Median, "ms");
        report.Add($"{name}: last tab", late.Last.Median, "ms");
        var shown = Math.Max(1, (double)changes.Count * tabs.Count);
        report.Add($"{name}: bytes per change and tab", bytes / shown, "B");
        report.Add($"{name}: the crowd's own CPU per change and tab", ownCpu.TotalMicroseconds / shown, "µs");
        if (cpu is { } used)
        {
            report.Add($"{name}: server CPU", used.TotalSeconds, "s");
            report.Add($"{name}: server CPU per change and tab", used.TotalMicroseconds / shown, "µs");
        }
        if (!await run.Database.KeepsCommitTimesAsync()) report.NoteStartsOfTransactions();
        report.Plots.Add(Plot.OfShares($"{name}: from the commit to the screen", "ms", ("all tabs and changes", late.Milliseconds), ("last tab of each change", late.Last)));
        return late;
    }
}
