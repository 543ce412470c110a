using LiveShop.Web.Circuits;

namespace LiveShop.Web.Cluster;

/// <summary>
/// Empties this node and then stops it, so that nobody's page dies with it: it says that it is not ready, refuses new circuits,
/// waits until the balancer has noticed, has its tabs load their page again, a few at a time, which another node answers, and
/// stops when the last has gone or its patience ends, and no purchase is under way any more.
/// </summary>
/// <remarks>
/// A tab that is buying is asked when its answer is there. A node that sees no other has nobody to send its tabs to, and stops
/// when the answers are there: they come back by themselves to the node that is started in its place. Where the others are not
/// ready at this moment, it gives them <see cref="Grace"/>.
/// </remarks>
internal sealed class Draining(OpenCircuits circuits, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<Draining> logger, ClusterPresence? cluster = null)
{
    /// <summary>What a balancer that asks each second takes to notice, with something to spare.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromSeconds(3);

    /// <summary>From the first tab that is asked to go until no more are, whoever is still here.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>How long the node waits, with tabs on it, for another one to be ready again.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(8);

    /// <summary>How long the node stays for purchases whose answer is not there, when nothing else keeps it.</summary>
    public static readonly TimeSpan LongestPurchase = TimeSpan.FromSeconds(5);

    /// <summary>Between two slices.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Forty tabs a second, which a node takes that has only just started, and gets most of them; more when there are so many
    /// that patience would end. With 25 at once tabs waited for their page ten times as long: <c>infra/bench.sh rolling</c>.
    /// </summary>
    public const int LeastAtOnce = 10;

    private const int MostSlices = 100;

    private readonly Lock gate = new();
    private Task? draining;

    public bool IsUnderWay => Volatile.Read(ref draining) is not null;

    /// <summary>Returns at once; asking again changes nothing.</summary>
    public void Begin(string actor)
    {
        lock (gate)
        {
            if (draining is not null) return;
            ClusterLog.Draining(logger, actor);
            draining = Task.Run(DrainAsync);
        }
    }

    private async Task DrainAsync()
    {
        try
        {
            if (cluster is not null) await EmptyAsync(cluster);
            await SettleAsync();
        }
        catch (Exception exception)
        {
            ClusterLog.NotDrained(logger, exception);
        }
        lifetime.StopApplication();
    }

    private async Task EmptyAsync(ClusterPresence cluster)
    {
        if (!cluster.MayHaveReadyNeighbour) return;
        await Task.Delay(Notice, time);
        var begun = time.GetTimestamp();
        var hadSuccessor = begun;
        var asked = new HashSet<CircuitVitals>();
        var atOnce = Math.Max(LeastAtOnce, circuits.All.Count / MostSlices);
        while (cluster.MayHaveReadyNeighbour && time.GetElapsedTime(begun) < Patience && time.GetElapsedTime(hadSuccessor) < Grace)
        {
            // One without a page yet has nothing to lose.
            var here = circuits.All.Where(circuit => circuit is { IsConnected: true, Page: not null }).ToList();
            if (here.Count == 0) break;
            if (cluster.HasReadyNeighbour)
            {
                hadSuccessor = time.GetTimestamp();
                foreach (var circuit in here.Where(circuit => !asked.Contains(circuit) && !circuit.Page!.IsBusy).Take(atOnce))
                {
                    asked.Add(circuit);
                    // Not waited for: one that is stuck must not hold up the others.
                    _ = circuit.Page!.ReloadTab();
                }
            }
            await Task.Delay(Pause, time);
        }
        ClusterLog.Drained(logger, asked.Count, circuits.All.Count(circuit => circuit.IsConnected), time.GetElapsedTime(begun).TotalSeconds);
    }

    private async Task SettleAsync()
    {
        var begun = time.GetTimestamp();
        while (circuits.All.Any(circuit => circuit is { IsConnected: true, Page.IsBusy: true }) && time.GetElapsedTime(begun) < LongestPurchase)
        {
            await Task.Delay(Pause, time);
        }
    }
}
