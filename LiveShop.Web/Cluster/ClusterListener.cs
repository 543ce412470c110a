using LiveShop.Domain;
using StackExchange.Redis;

namespace LiveShop.Web.Cluster;

/// <summary>
/// Takes in what the other nodes tell. What changes the inventory is on this node's Shelf before any listener of the node hears
/// of it, and before anything that the other node told later.
/// </summary>
internal sealed class ClusterListener(
    RedisLink redis, InProcessEventBus local, Inventory inventory, NodeId node, ClusterMetrics metrics, ILogger<ClusterListener> logger) : IHostedService
{
    private bool warned;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Asked for once; the connection asks again by itself each time it is restored.
        redis.Subscriber.Subscribe(ClusterNames.Events).OnMessage(message => Hear(message.Message));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Called for one message after the other.</summary>
    private void Hear(RedisValue value)
    {
        try
        {
            var message = NodeMessage.Read(value);
            if (message?.Node == node.Value)
            {
                metrics.Echoed(message.SentAt);
                return;
            }
            if (message?.ToEvent() is not { } domainEvent)
            {
                metrics.NotUnderstood();
                if (!Interlocked.Exchange(ref warned, true)) ClusterLog.MessageNotUnderstood(logger);
                return;
            }
            metrics.Received();
            Take(domainEvent);
        }
        catch (Exception exception)
        {
            ClusterLog.MessageNotTaken(logger, exception);
        }
    }

    private void Take(DomainEvent domainEvent)
    {
        if (domainEvent is InventoryEvent inventoryEvent) inventory.Receive(inventoryEvent);
        local.Publish(domainEvent);
    }
}
