using System.Collections.Immutable;

namespace LiveShop.Domain;

/// <summary>A change that every node's Shelf follows.</summary>
public abstract record InventoryEvent : DomainEvent
{
    public override Topic Topic => Topic.Inventory;

    /// <summary>
    /// By the database's clock as the node knows it that committed the change, within a few milliseconds. Null for what the
    /// sweep found, which knows the state and not its time.
    /// </summary>
    public DateTimeOffset? CommittedAt { get; init; }
}

/// <summary>The whole state of a product after a change: created, edited, scheduled or released.</summary>
public sealed record ProductChanged(Product Product) : InventoryEvent;

/// <summary>What is left of an item after a change.</summary>
public sealed record AvailabilityChanged(int ItemId, Availability Availability) : InventoryEvent;

/// <summary>
/// Something that shoppers see has changed on this node's Shelf. <paramref name="Shelf"/> already holds the change, and all
/// changes of the 50 ms before it.
/// </summary>
/// <param name="Products">Ids of the products whose <see cref="Listing"/> changed, came or went.</param>
/// <param name="Replaced">The store was emptied or read anew, so carts may have changed with it.</param>
/// <param name="Since">When the oldest of the changes was committed, by the database's clock; null when that is not known of any.</param>
public sealed record ShelfChanged(Shelf Shelf, ImmutableHashSet<int> Products, bool Replaced, DateTimeOffset? Since = null) : DomainEvent
{
    public override Topic Topic => Topic.Shelf;
}
