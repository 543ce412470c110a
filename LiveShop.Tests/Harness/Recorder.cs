using System.Collections.Concurrent;
using LiveShop.Domain;

namespace LiveShop.Tests.Harness;

/// <summary>Listens to a topic and keeps what it hears.</summary>
public sealed class Recorder : IDisposable
{
    private readonly ConcurrentQueue<DomainEvent> heard = new();
    private readonly IDisposable subscription;

    public Recorder(IEventBus bus, Topic topic) => subscription = bus.Subscribe(topic, heardEvent =>
    {
        heard.Enqueue(heardEvent);
        return Task.CompletedTask;
    });

    public IReadOnlyList<DomainEvent> Heard => [.. heard];

    public IReadOnlyList<T> Of<T>() => [.. heard.OfType<T>()];

    /// <summary>Returns when that many have come.</summary>
    public Task UntilAsync(int count) => Eventually.TrueAsync(() => heard.Count >= count);

    public void Dispose() => subscription.Dispose();
}
