namespace LiveShop.Load;

/// <summary>The crowd watches. With the database at hand, sizes fall through their levels meanwhile, some a second.</summary>
internal static class BrowseScenario
{
    public static async Task PlayAsync(Run run, CancellationToken stop)
    {
        var watchers = new Watchers(run.Target.Shop, run.Tally);
        try
        {
            if (run.Target.Database is null || run.Options.Rate <= 0) await WatchAsync(run, watchers, stop);
            else await WatchFallAsync(run, watchers, stop);
        }
        finally
        {
            run.Tally.Doing = "Leaving";
            await watchers.LeaveAsync();
        }
    }

    private static async Task WatchAsync(Run run, Watchers watchers, CancellationToken stop)
    {
        await Starting.RunAsync(run, watchers, stop);
        run.Tally.Doing = "Watching";
        await Task.Delay(run.Options.Duration, stop);
    }

    private static async Task WatchFallAsync(Run run, Watchers watchers, CancellationToken stop)
    {
        var fall = new Fall(run);
        run.Tally.Doing = "Filling carts";
        await fall.PrepareAsync((int)Math.Ceiling(run.Options.Duration.TotalSeconds * run.Options.Rate), stop);
        await Starting.RunAsync(run, watchers, stop);
        run.Tally.Doing = "Watching";
        var measured = await Measured.BeginAsync(run, watchers.Tabs);
        var rest = Task.Delay(run.Options.Duration, stop);
        await fall.StepAsync(fall.Count, run.Options.Rate, stop);
        // There are three steps for each size; the crowd watches on when all are taken.
        await rest;
        await measured.EndAsync("Watching", stop);
    }
}
