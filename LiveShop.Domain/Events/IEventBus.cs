namespace LiveShop.Domain;

/// <summary>
/// Tells listeners what has been committed. An event carries the new state and its version, never a difference.
/// </summary>
/// <remarks>
/// Delivery is at most once: a listener that was too slow, or that a network parted from the publisher, misses events.
/// It is put right by the next event on the same subject and by the sweep that compares versions with the database.
/// Every implementation passes the same contract suite, <c>EventBusContract</c> in the tests.
/// </remarks>
public interface IEventBus
{
    /// <summary>
    /// Hands the event to every subscription of its topic and returns; listeners run later, on the thread pool.
    /// Never blocks and never throws into the caller, who has already committed.
    /// </summary>
    void Publish(DomainEvent domainEvent);

    /// <summary>
    /// Calls <paramref name="listener"/> for each event of the topic published from now on, one at a time and in the order
    /// of publishing. Subscribing twice delivers twice.
    /// </summary>
    /// <remarks>
    /// At most <see cref="Subscription.Capacity"/> events wait for a slow listener; past that its oldest is dropped.
    /// What a listener throws is logged and hurts no other listener; it goes on with the next event.
    /// Disposing is idempotent and final: no call begins after it returns, though one that had begun may still be running.
    /// </remarks>
    IDisposable Subscribe(Topic topic, Func<DomainEvent, Task> listener);

    /// <summary>Subscriptions that are not disposed, over all topics.</summary>
    int SubscriptionCount { get; }
}

/// <summary>A committed fact. Immutable, because all listeners of the node share one instance.</summary>
public abstract record DomainEvent
{
    public abstract Topic Topic { get; }
}

/// <summary>What a listener listens to.</summary>
public readonly record struct Topic(string Name)
{
    /// <summary>Every <see cref="InventoryEvent"/>, from any node; the node's Shelf has it already. Components listen to <see cref="Shelf"/>.</summary>
    public static readonly Topic Inventory = new("inventory");

    /// <summary><see cref="ShelfChanged"/> of this node, at most one each 50 ms.</summary>
    public static readonly Topic Shelf = new("shelf");

    /// <summary><see cref="CartChanged"/> of one cart.</summary>
    public static Topic Cart(CartId id) => new("cart:" + id.Value);

    /// <summary>Without what follows the colon: it keeps the secret of a cart out of logs and traces.</summary>
    public override string ToString() => Name.Split(':')[0];
}
