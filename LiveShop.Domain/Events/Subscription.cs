using Microsoft.Extensions.Logging;

namespace LiveShop.Domain;

/// <summary>
/// One listener's place in the bus: a bounded queue and, while it holds something, one thread-pool work item that empties it.
/// Idle it costs an object and no thread, because every open tab holds a few of them.
/// </summary>
public sealed class Subscription : IDisposable, IThreadPoolWorkItem
{
    /// <summary>Events that may wait for one slow listener. They carry whole states, so the newest are the ones worth keeping.</summary>
    public const int Capacity = 256;

    private readonly Queue<DomainEvent> waiting = new();
    private readonly Func<DomainEvent, Task> listener;
    private readonly Action<Subscription> leave;
    private readonly ILogger logger;
    private bool running;
    private bool disposed;

    internal Subscription(Topic topic, Func<DomainEvent, Task> listener, Action<Subscription> leave, ILogger logger)
    {
        Topic = topic;
        this.listener = listener;
        this.leave = leave;
        this.logger = logger;
    }

    internal Topic Topic { get; }

    /// <summary>Returns false when an older event had to make room.</summary>
    internal bool Enqueue(DomainEvent domainEvent)
    {
        var kept = true;
        lock (waiting)
        {
            if (disposed) return true;
            if (waiting.Count == Capacity)
            {
                waiting.Dequeue();
                kept = false;
            }
            waiting.Enqueue(domainEvent);
            if (running) return kept;
            running = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return kept;
    }

    public void Dispose()
    {
        lock (waiting)
        {
            if (disposed) return;
            disposed = true;
            waiting.Clear();
        }
        leave(this);
    }

    void IThreadPoolWorkItem.Execute() => _ = EmptyAsync();

    private async Task EmptyAsync()
    {
        while (TryTakeNext(out var domainEvent))
        {
            try
            {
                await listener(domainEvent);
            }
            catch (Exception exception)
            {
                EventsLog.ListenerFailed(logger, domainEvent.GetType().Name, exception);
            }
        }
    }

    private bool TryTakeNext(out DomainEvent domainEvent)
    {
        lock (waiting)
        {
            if (waiting.TryDequeue(out domainEvent!)) return true;
            running = false;
            return false;
        }
    }
}
