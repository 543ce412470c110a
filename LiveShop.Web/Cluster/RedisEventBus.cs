using System.Threading.Channels;
using LiveShop.Domain;

namespace LiveShop.Web.Cluster;

/// <summary>
/// The bus of a node among others: the in-process one, which also tells the other nodes, and is told by them.
/// </summary>
/// <remarks>
/// To its own listeners it is the in-process bus, whatever Redis does. Events of one node reach another in the order of
/// publishing; between events of different nodes there is no order. Its own messages are not delivered a second time. While
/// Redis is out of reach, or slower than the shop for more than <see cref="Capacity"/> events, the others miss events and are
/// put right by their sweeps.
/// </remarks>
internal sealed class RedisEventBus : IEventBus, IAsyncDisposable
{
    /// <summary>Events that may wait to be sent. Whole states, so the newest are the ones worth keeping.</summary>
    public const int Capacity = 10_000;

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly InProcessEventBus local;
    private readonly RedisLink redis;
    private readonly NodeId node;
    private readonly ClusterMetrics metrics;
    private readonly Channel<byte[]> outgoing;
    private readonly Task sending;

    public RedisEventBus(InProcessEventBus local, RedisLink redis, NodeId node, ClusterMetrics metrics)
    {
        (this.local, this.redis, this.node, this.metrics) = (local, redis, node, metrics);
        outgoing = Channel.CreateBounded<byte[]>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ => metrics.NotSent());
        sending = SendAsync();
    }

    public int SubscriptionCount => local.SubscriptionCount;

    public void Publish(DomainEvent domainEvent)
    {
        local.Publish(domainEvent);
        if (NodeMessage.Write(node, domainEvent) is { } message) outgoing.Writer.TryWrite(message);
    }

    public IDisposable Subscribe(Topic topic, Func<DomainEvent, Task> listener) => local.Subscribe(topic, listener);

    /// <summary>What was published before is sent, if Redis takes it soon: a command ends right after its event.</summary>
    public async ValueTask DisposeAsync()
    {
        outgoing.Writer.TryComplete();
        await Task.WhenAny(sending, Task.Delay(Farewell));
    }

    private async Task SendAsync()
    {
        await foreach (var message in outgoing.Reader.ReadAllAsync())
        {
            if (redis.TryPublish(ClusterNames.Events, message)) metrics.Sent();
            else metrics.NotSent();
        }
    }
}
