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

    private readonly Queue<(DomainEvent Event, long PublishedAt)> waiting = new();
    private readonly Func<DomainEvent, Task> listener;
    private readonly Action<Subscription> leave;
    private readonly EventsMetrics metrics;
    private readonly ILogger logger;
    private bool running;
    private bool disposed;

    internal Subscription(Topic topic, Func<DomainEvent, Task> listener, Action<Subscription> leave, EventsMetrics metrics, ILogger logger)
    {
        Topic = topic;
        this.listener = listener;
        this.leave = leave;
        this.metrics = metrics;
        this.logger = logger;
    }

    internal Topic Topic { get; }

    /// <summary>Returns false when an older event had to make room.</summary>
    /// <param name="publishedAt">A timestamp of <see cref="System.Diagnostics.Stopwatch"/>, for the metrics.</param>
    internal bool Enqueue(DomainEvent domainEvent, long publishedAt)
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
            waiting.Enqueue((domainEvent, publishedAt));
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
        while (TryTakeNext(out var next))
        {
            metrics.Received(next.PublishedAt);
            try
            {
                await listener(next.Event);
            }
            catch (Exception exception)
            {
                EventsLog.ListenerFailed(logger, next.Event.GetType().Name, exception);
            }
        }
    }

    private bool TryTakeNext(out (DomainEvent Event, long PublishedAt) next)
    {
        lock (waiting)
        {
            if (waiting.TryDequeue(out next)) return true;
            running = false;
            return false;
        }
    }
}
