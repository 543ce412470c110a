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
    private ChannelMessageQueue? messages;
    private bool warned;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        messages = redis.Subscribe(ClusterNames.Events);
        messages.OnMessage(message => Hear(message.Message));
        return Task.CompletedTask;
    }

    /// <summary>Takes in no message that comes from now on, since what handles them is stopped too.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        messages?.Unsubscribe(CommandFlags.FireAndForget);
        return Task.CompletedTask;
    }

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
