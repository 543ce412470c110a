using System.Diagnostics;

namespace LiveShop.Load;

/// <summary>Brings a crowd before the store page, and measures what its coming costs.</summary>
internal static class Starting
{
    public static Task RunAsync(Run run, Watchers watchers, CancellationToken stop) => RunAsync(run, watchers, run.Options.Clients, stop);

    public static async Task RunAsync(Run run, Watchers watchers, int count, CancellationToken stop)
    {
        var (tally, server) = (run.Tally, run.Target.Server);
        tally.Doing = "Opening tabs";
        var (memoryBefore, cpuBefore) = (server?.Memory ?? 0, server?.Cpu);
        var clock = Stopwatch.StartNew();
        await watchers.OpenAsync(count, run.Options.Rampup, stop);
        var (took, cpuAfter) = (clock.Elapsed, server?.Cpu);

        var live = watchers.Tabs.Count;
        run.Report.Check("Every tab became live", live == count, $"{live} of {count}");
        run.Report.Add("Starts a second", live / took.TotalSeconds, "/s");
        run.Report.Add("Start, from the GET to the first render", new Distribution(tally.Starts.Select(time => time.TotalMilliseconds)), "ms");
        if (server is null || live == 0) return;
        if (cpuAfter - cpuBefore is { } cpu) run.Report.Add("Server CPU per start", cpu.TotalMilliseconds / live, "ms");
        tally.Doing = "Settling";
        if (await Quiet.WaitAsync(server, stop) is { } idle) run.Report.Add("Server CPU while nothing happens", 100 * idle, "% of a core");
        run.Report.Add(CrowdScenario.MemoryIdle, (server.Memory - memoryBefore) / 1024.0 / live, "KB");
    }
}
