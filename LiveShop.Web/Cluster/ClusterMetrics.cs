using System.Diagnostics;
using System.Diagnostics.Metrics;
using LiveShop.Domain;

namespace LiveShop.Web.Cluster;

internal sealed class ClusterMetrics
{
    private readonly Counter<long> sent;
    private readonly Counter<long> notSent;
    private readonly Counter<long> received;
    private readonly Counter<long> notUnderstood;
    private readonly Histogram<double> echo;

    public ClusterMetrics(Meter meter, RedisLink redis)
    {
        meter.CreateObservableGauge("liveshop.redis.reachable", () => redis.IsReachable ? 1 : 0, description: "Whether this node is connected to Redis: 1 or 0.");
        sent = meter.CreateCounter<long>("liveshop.cluster.messages.sent", "{message}", "Events that this node told the others.");
        notSent = meter.CreateCounter<long>("liveshop.cluster.messages.lost", "{message}", "Events that this node could not tell the others, because Redis was out of reach or too slow.");
        received = meter.CreateCounter<long>("liveshop.cluster.messages.received", "{message}", "Events that other nodes told this one.");
        notUnderstood = meter.CreateCounter<long>("liveshop.cluster.messages.unread", "{message}", "Messages of other nodes that this release does not understand.");
        echo = meter.CreateHistogram("liveshop.cluster.echo", "s", "Time from an event of this node until the node heard it back from Redis, as the others do.", advice: Buckets.Seconds);
    }

    public void Sent() => sent.Add(1);

    public void NotSent() => notSent.Add(1);

    public void Received() => received.Add(1);

    public void NotUnderstood() => notUnderstood.Add(1);

    /// <param name="sentAt">A timestamp of <see cref="Stopwatch"/>.</param>
    public void Echoed(long sentAt) => echo.Record(Stopwatch.GetElapsedTime(sentAt).TotalSeconds);
}
