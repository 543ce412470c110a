namespace LiveShop.Load;

/// <summary>Round trips of one shopper's clicks while a crowd looks on: while nothing happens, and while a storm goes over all screens.</summary>
internal static class ClickScenario
{
    public static async Task PlayAsync(Run run, CancellationToken stop)
    {
        var watchers = new Watchers(run.Target.Shop, run.Tally);
        try
        {
            run.Tally.Doing = "Filling carts";
            var fall = run.Target.Database is null ? null : new Fall(run);
            if (fall is not null) await fall.PrepareAsync(int.MaxValue, stop);
            await Starting.RunAsync(run, watchers, stop);
            await using var clicker = await Clicker.StartAsync(run.Target.Shop, stop);
            run.Tally.Doing = "Clicking";
            await clicker.MeasureAsync(run.Report, "idle", run.Options.Duration, stop);
            if (fall is null) return;
            var clicking = clicker.MeasureAsync(run.Report, "storm", StormScenario.Length, stop);
            await StormScenario.StormAsync(run, fall, watchers.Tabs, stop);
            await clicking;
        }
        finally
        {
            run.Tally.Doing = "Leaving";
            await watchers.LeaveAsync();
        }
    }
}
