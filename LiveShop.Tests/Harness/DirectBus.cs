using LiveShop.Domain;

namespace LiveShop.Tests.Harness;

/// <summary>A bus that tells when an event has been handled, for tests of what must not follow from it.</summary>
internal sealed class DirectBus : IEventBus
{
    private readonly Lock gate = new();
    private readonly List<Place> places = [];

    public int SubscriptionCount
    {
        get
        {
            lock (gate) return places.Count;
        }
    }

    /// <summary>Completes when all that was published until now has been handled.</summary>
    public Task Delivered { get; private set; } = Task.CompletedTask;

    public void Publish(DomainEvent domainEvent) => Delivered = Task.WhenAll(Delivered, DeliverAsync(domainEvent));

    /// <summary>Begins to call every listener before it returns; completes when all of them are done.</summary>
    public Task DeliverAsync(DomainEvent domainEvent)
    {
        List<Place> listening;
        lock (gate) listening = [.. places.Where(place => place.Topic == domainEvent.Topic)];
        return Task.WhenAll(listening.Select(place => place.Listener(domainEvent)).ToList());
    }

    public IDisposable Subscribe(Topic topic, Func<DomainEvent, Task> listener)
    {
        var place = new Place(this, topic, listener);
        lock (gate) places.Add(place);
        return place;
    }

    private sealed record Place(DirectBus Bus, Topic Topic, Func<DomainEvent, Task> Listener) : IDisposable
    {
        public void Dispose()
        {
            lock (Bus.gate) Bus.places.Remove(this);
        }
    }
}
