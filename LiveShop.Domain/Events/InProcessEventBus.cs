using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace LiveShop.Domain;

/// <summary>The bus of a node that is alone. Nothing leaves the process.</summary>
public sealed class InProcessEventBus : IEventBus
{
    private readonly Lock gate = new();
    private readonly Dictionary<Topic, Subscribers> topics = [];
    private readonly ILogger<InProcessEventBus> logger;
    private readonly EventsMetrics metrics;

    public InProcessEventBus(ILogger<InProcessEventBus> logger, Meter meter)
    {
        this.logger = logger;
        metrics = new EventsMetrics(meter, () => SubscriptionCount, () => topics.Count);
    }

    public int SubscriptionCount { get; private set; }

    public void Publish(DomainEvent domainEvent)
    {
        metrics.Published(domainEvent);
        Subscription[] subscriptions;
        lock (gate)
        {
            if (!topics.TryGetValue(domainEvent.Topic, out var subscribers)) return;
            subscriptions = subscribers.Snapshot();
        }

        var now = Stopwatch.GetTimestamp();
        var dropped = 0;
        foreach (var subscription in subscriptions)
        {
            if (!subscription.Enqueue(domainEvent, now)) dropped++;
        }
        if (dropped == 0) return;
        metrics.Dropped(dropped);
        EventsLog.EventsDropped(logger, dropped, domainEvent.GetType().Name);
    }

    public IDisposable Subscribe(Topic topic, Func<DomainEvent, Task> listener)
    {
        var subscription = new Subscription(topic, listener, Leave, metrics, logger);
        lock (gate)
        {
            ref var subscribers = ref CollectionsMarshal.GetValueRefOrAddDefault(topics, topic, out _);
            subscribers ??= new Subscribers();
            subscribers.Add(subscription);
            SubscriptionCount++;
        }
        return subscription;
    }

    private void Leave(Subscription subscription)
    {
        lock (gate)
        {
            var subscribers = topics[subscription.Topic];
            subscribers.Remove(subscription);
            if (subscribers.IsEmpty) topics.Remove(subscription.Topic);
            SubscriptionCount--;
        }
    }

    /// <summary>A set with a cached copy to walk without the lock, so that a crowd that joins does not copy once per shopper.</summary>
    private sealed class Subscribers
    {
        private readonly HashSet<Subscription> members = [];
        private Subscription[]? snapshot;

        public bool IsEmpty => members.Count == 0;

        public Subscription[] Snapshot() => snapshot ??= [.. members];

        public void Add(Subscription subscription)
        {
            members.Add(subscription);
            snapshot = null;
        }

        public void Remove(Subscription subscription)
        {
            members.Remove(subscription);
            snapshot = null;
        }
    }
}
