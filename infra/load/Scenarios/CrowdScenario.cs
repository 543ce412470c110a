namespace LiveShop.Load;

/// <summary>Measures a crowd on the real store page: one run of the benchmark <c>crowd</c>.</summary>
internal static class CrowdScenario
{
    public const string MemoryIdle = "Server memory per tab, idle";
    public const string MemoryAfter = "Server memory per tab, after traffic";

    private const int WarmUps = 4;
    private const int WarmUpTabs = 100;
    private const double WarmUpRate = 20;
    private const int Changes = 20;
    private static readonly TimeSpan Clicking = TimeSpan.FromSeconds(6);

    public static async Task PlayAsync(Run run, CancellationToken stop)
    {
        await WarmUpAsync(run, stop);
        var watchers = new Watchers(run.Target.Shop, run.Tally);
        try
        {
            var fall = new Fall(run);
            run.Tally.Doing = "Filling carts";
            await fall.PrepareAsync(Changes, stop);
            var memory = run.Target.Server?.Memory ?? 0;
            await Starting.RunAsync(run, watchers, stop);
            await using var clicker = await Clicker.StartAsync(run.Target.Shop, stop);

            run.Tally.Doing = "Fan-out";
            var fanOut = await Measured.BeginAsync(run, watchers.Tabs);
            await fall.StepAsync(fall.Count, run.Options.Rate, stop);
            await fanOut.EndAsync("Fan-out", stop);

            run.Tally.Doing = "Clicking";
            await clicker.MeasureAsync(run.Report, "idle", Clicking, stop);

            await fall.PrepareAsync(int.MaxValue, stop);
            await StormScenario.StormAsync(run, fall, watchers.Tabs, stop);
            if (run.Target.Server is { } server) run.Report.Add(MemoryAfter, (server.Memory - memory) / 1024.0 / watchers.Tabs.Count, "KB");
        }
        finally
        {
            run.Tally.Doing = "Leaving";
            await watchers.LeaveAsync();
        }
    }

    /// <summary>The first circuits and changes are the compiler's, not the shop's: they come and go before anything is measured.</summary>
    public static async Task WarmUpAsync(Run run, CancellationToken stop)
    {
        run.Tally.Doing = "Warming up";
        var first = new Watchers(run.Target.Shop, new Tally());
        for (var i = 0; i < WarmUps; i++)
        {
            await first.LeaveAsync();
            await first.OpenAsync(WarmUpTabs, TimeSpan.Zero, stop);
        }
        var fall = new Fall(run);
        await fall.PrepareAsync(int.MaxValue, stop);
        await fall.StepAsync(fall.Count, WarmUpRate, stop);
        await first.LeaveAsync();
        await Quiet.WaitAsync(run.Target.Server, stop);
    }
}
