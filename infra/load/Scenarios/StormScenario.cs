namespace LiveShop.Load;

/// <summary>Every size falls through all levels within ten seconds, before a crowd that watches.</summary>
internal static class StormScenario
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    private const int Everything = int.MaxValue;

    public static async Task PlayAsync(Run run, CancellationToken stop)
    {
        var watchers = new Watchers(run.Target.Shop, run.Tally);
        try
        {
            var fall = new Fall(run);
            run.Tally.Doing = "Filling carts";
            await fall.PrepareAsync(Everything, stop);
            await Starting.RunAsync(run, watchers, stop);
            await StormAsync(run, fall, watchers.Tabs, stop);
        }
        finally
        {
            run.Tally.Doing = "Leaving";
            await watchers.LeaveAsync();
        }
    }

    public static async Task StormAsync(Run run, Fall fall, IReadOnlyList<StoreTab> tabs, CancellationToken stop)
    {
        run.Tally.Doing = "Storm";
        var measured = await Measured.BeginAsync(run, tabs);
        await fall.StepAsync(fall.Count, fall.Count / Length.TotalSeconds, stop);
        await measured.EndAsync("Storm", stop);
    }
}
