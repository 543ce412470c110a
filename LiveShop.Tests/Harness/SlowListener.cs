using LiveShop.Domain;

namespace LiveShop.Tests.Harness;

/// <summary>Stays with the first event that it hears until it is told to go on.</summary>
internal sealed class SlowListener : IDisposable
{
    private readonly TaskCompletionSource goOn = new();
    private readonly List<DomainEvent> heard = [];
    private readonly IDisposable subscription;
    private int inside;

    public SlowListener(IEventBus bus, Topic topic) => subscription = bus.Subscribe(topic, async heardEvent =>
    {
        Interlocked.Increment(ref inside);
        lock (heard) heard.Add(heardEvent);
        await goOn.Task;
        Interlocked.Decrement(ref inside);
    });

    public bool IsIdle => inside == 0;

    public IReadOnlyList<DomainEvent> Heard
    {
        get
        {
            lock (heard) return [.. heard];
        }
    }

    public void GoOn() => goOn.SetResult();

    public void Dispose() => subscription.Dispose();
}
