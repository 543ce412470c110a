using System.Collections.Immutable;

namespace LiveShop.Domain;

/// <summary>One shoe model with the sizes it comes in. Not sellable itself; its <see cref="Item"/>s are.</summary>
/// <param name="Price">US dollars, two decimals, 0 or more.</param>
/// <param name="ReleasedAt">When its sale began; null while it is coming soon.</param>
/// <param name="ScheduledAt">When it is to be released by itself; null when nobody has said.</param>
/// <param name="Version">Grows with each change of the product or of its list of items, over all nodes and restarts.</param>
/// <param name="Items">In order of size.</param>
public sealed record Product(
    int Id,
    string Sku,
    string Brand,
    string Name,
    string Colorway,
    decimal Price,
    DateTimeOffset? ReleasedAt,
    DateTimeOffset? ScheduledAt,
    long Version,
    ImmutableArray<Item> Items)
{
    public bool IsReleased => ReleasedAt is not null;
}

/// <summary>A product in one size: what is sold.</summary>
/// <param name="Size">US men's size, one decimal.</param>
public sealed record Item(int Id, string Sku, decimal Size);

/// <summary>How many pairs of an item are left to sell.</summary>
/// <param name="Count">0 or more.</param>
/// <param name="Version">Grows with each change, over all nodes and restarts.</param>
public readonly record struct Availability(int Count, long Version);
