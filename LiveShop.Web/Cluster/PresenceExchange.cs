using System.Collections.Concurrent;
using LiveShop.Web.Health;
using StackExchange.Redis;

namespace LiveShop.Web.Cluster;

/// <summary>Tells the other nodes who is on this one, and hears it from them.</summary>
internal sealed class PresenceExchange(
    RedisLink redis, ClusterPresence presence, NodeId node, Readiness readiness, ClusterMetrics metrics, TimeProvider time, ILogger<PresenceExchange> logger) : BackgroundService
{
    /// <summary>Changes of so long travel together.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>In pauses. A lease outlives a few of them that are lost.</summary>
    private const int PausesPerSignOfLife = 8;

    private readonly ConcurrentDictionary<string, bool> toAsk = new();
    private bool isAsked;
    private string? toldState;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var messages = redis.Subscribe(ClusterNames.Presence);
        messages.OnMessage(message => Hear(message.Message));
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            for (var tick = 0; await timer.WaitForNextTickAsync(stoppingToken); tick++) Tell(tick);
        }
        catch (OperationCanceledException)
        {
            messages.Unsubscribe(CommandFlags.FireAndForget);
            Send(new PresenceMessage { Node = node.Value, Farewell = true });
        }
    }

    /// <summary>All that this node says is said here, so that it is said in order.</summary>
    private void Tell(int tick)
    {
        try
        {
            presence.ForgetSilent();
            if (!redis.IsReachable) return;
            var message = Interlocked.Exchange(ref isAsked, false) ? presence.Everybody() : presence.TakeChanges();
            var state = readiness.State;
            if (message is null && (tick % PausesPerSignOfLife == 0 || state != toldState)) message = presence.SignOfLife();
            if (message is not null) Send(message with { State = toldState = state });
            foreach (var other in toAsk.Keys)
            {
                toAsk.TryRemove(other, out _);
                Send(new PresenceMessage { Node = node.Value, Ask = other });
            }
        }
        catch (Exception exception)
        {
            // Whatever it is must not end the exchange: the lease of this node would run out.
            ClusterLog.PresenceNotTold(logger, exception);
        }
    }

    private void Hear(RedisValue value)
    {
        try
        {
            if (PresenceMessage.Read(value) is not { } message)
            {
                metrics.NotUnderstood();
                return;
            }
            if (message.Node == node.Value) return;
            if (message.Ask is { } asked)
            {
                if (asked == node.Value) Volatile.Write(ref isAsked, true);
            }
            else if (!presence.Receive(message)) toAsk[message.Node] = true;
        }
        catch (Exception exception)
        {
            ClusterLog.MessageNotTaken(logger, exception);
        }
    }

    /// <summary>Where it does not arrive, the others see the gap, and ask.</summary>
    private void Send(PresenceMessage message) => redis.TryPublish(ClusterNames.Presence, message.Write());
}
