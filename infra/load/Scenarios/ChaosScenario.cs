using System.Diagnostics;

namespace LiveShop.Load;

/// <summary>Some buy and some look on while one disaster after the other comes over the cluster. When it is over every order must be accounted for.</summary>
internal static class ChaosScenario
{
    /// <summary>Until everybody knows what they bought, and until every tab shows what is true.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan TruthPatience = TimeSpan.FromSeconds(30);

    public static async Task PlayAsync(Run run, CancellationToken stop)
    {
        var watchers = new LivingTabs(run.Target.Shop, run.Tally);
        try
        {
            run.Tally.Doing = "Setting the stage";
            var movement = await run.Database.LastMovementAsync();
            var restocking = new Restocking(run.Database);
            await restocking.BeginAsync();
            await run.Cluster.WaitUntilReadyAsync(stop);
            await watchers.OpenAsync(run.Options.Clients, run.Options.Rampup, stop);
            run.Report.Check("Every tab became live", watchers.All.Count == run.Options.Clients, $"{watchers.All.Count} of {run.Options.Clients}");
            await Truth.WrongTabsAsync(run, watchers.All, TruthPatience, stop);

            var book = new PurchaseBook();
            var begun = DateTime.UtcNow;
            var (aftermaths, end) = await SellAsync(run, book, restocking, stop);

            run.Tally.Doing = "Verdict";
            var verdict = new ChaosVerdict(run, book, watchers);
            await verdict.OfShopAsync(movement, TruthPatience, stop);
            verdict.Describe(aftermaths, begun, end);
        }
        finally
        {
            run.Tally.Doing = "Leaving";
            await watchers.LeaveAsync();
        }
    }

    /// <returns>With the time when the last purchase might begin (UTC).</returns>
    private static async Task<(IReadOnlyList<Aftermath> Aftermaths, DateTime End)> SellAsync(Run run, PurchaseBook book, Restocking restocking, CancellationToken stop)
    {
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var aborting = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var buying = Enumerable.Range(1, run.Options.Buyers).Select(number => new Buyer(run, number, book, restocking.Hot).PlayAsync(closing.Token, aborting.Token)).ToList();
        var restock = restocking.RunAsync(closing.Token);
        var aftermaths = await HappenAsync(run, stop);

        var end = DateTime.UtcNow;
        run.Tally.Doing = "Closing";
        await closing.CancelAsync();
        await Task.WhenAll(buying).WaitAsync(Patience, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var unfinished = buying.Count(buyer => !buyer.IsCompleted);
        run.Report.Check("Every buyer came to an end", unfinished == 0, $"{buying.Count - unfinished} of {buying.Count}");
        await aborting.CancelAsync();
        await Task.WhenAll([restock, .. buying]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.ThrowIfCancellationRequested();
        return (aftermaths, end);
    }

    private static async Task<IReadOnlyList<Aftermath>> HappenAsync(Run run, CancellationToken stop)
    {
        var plan = new DisasterPlan(run.Options.Seed, run.Options.Nodes);
        var aftermaths = new List<Aftermath>();
        for (var clock = Stopwatch.StartNew(); ;)
        {
            var disaster = plan.Next();
            run.Tally.Doing = $"Calm (seed {run.Options.Seed})";
            await Task.Delay(disaster.Calm, stop);
            if (clock.Elapsed > run.Options.Duration) return aftermaths;
            run.Tally.Doing = disaster.Name;
            var begun = DateTime.UtcNow;
            await disaster.HappenAsync(run.Cluster, stop);
            await run.Cluster.WaitUntilReadyAsync(stop);
            aftermaths.Add(new Aftermath(disaster, begun, DateTime.UtcNow));
        }
    }
}
