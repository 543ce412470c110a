using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LiveShop.Domain;

internal sealed class EventsMetrics
{
    private readonly Counter<long> published;
    private readonly Counter<long> dropped;
    private readonly Histogram<double> lag;
    private long received;

    public EventsMetrics(Meter meter, Func<int> subscriptions, Func<int> topics)
    {
        published = meter.CreateCounter<long>("liveshop.events.published", "{event}", "Events published on this node, by kind.");
        meter.CreateObservableCounter("liveshop.events.received", () => Volatile.Read(ref received), "{event}", "Events that a listener of this node took from its queue.");
        dropped = meter.CreateCounter<long>("liveshop.events.dropped", "{event}", "Events that a listener lost because its queue was full.");
        lag = meter.CreateHistogram("liveshop.listener.lag", "s", "Time from the publishing of an event until its listener begins with it.", advice: Buckets.Seconds);
        meter.CreateObservableGauge("liveshop.subscriptions", subscriptions, "{subscription}", "Listeners that are subscribed, over all topics.");
        meter.CreateObservableGauge("liveshop.topics", topics, "{topic}", "Topics that have listeners: one for each connected cart, and a few for the node.");
    }

    public void Published(DomainEvent domainEvent) => published.Add(1, new KeyValuePair<string, object?>("event", domainEvent.GetType().Name));

    public void Dropped(int count) => dropped.Add(count);

    /// <param name="publishedAt">A timestamp of <see cref="Stopwatch"/>.</param>
    public void Received(long publishedAt)
    {
        Interlocked.Increment(ref received);
        if (lag.Enabled) lag.Record(Stopwatch.GetElapsedTime(publishedAt).TotalSeconds);
    }
}
