using System.Collections.Immutable;

namespace LiveShop.Domain;

/// <summary>One shoe model with the sizes it comes in. Not sellable itself; its <see cref="Item"/>s are.</summary>
/// <param name="Price">US dollars, two decimals, 0 or more.</param>
/// <param name="ReleasedAt">When its sale began; null while it is coming soon.</param>
/// <param name="ScheduledAt">When it is to be released by itself; null when nobody has said.</param>
/// <param name="Version">Grows with each change of the product or of its list of items, over all nodes and restarts.</param>
/// <param name="Items">In order of size.</param>
/// <param name="StopReason">Why an operator stopped the sale of all its items; null while it is not stopped.</param>
/// <param name="RetiredAt">When an operator took it off the store; null for what is in it.</param>
/// <param name="PictureHash">SHA-256 of the picture that an operator uploaded, in hexadecimal; null for a drawn one.</param>
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
    ImmutableArray<Item> Items,
    string? StopReason = null,
    DateTimeOffset? RetiredAt = null,
    string? PictureHash = null)
{
    public bool IsReleased => ReleasedAt is not null;

    public bool IsRetired => RetiredAt is not null;

    /// <summary>Whether this item of the product is stopped, by itself or with all the others.</summary>
    public bool IsStopped(int itemId) => StopReason is not null || Items.Any(item => item.Id == itemId && item.StopReason is not null);
}

/// <summary>A product in one size: what is sold.</summary>
/// <param name="Size">US men's size, one decimal.</param>
/// <param name="StopReason">Why an operator stopped the sale of this size alone; null while it is not stopped.</param>
public sealed record Item(int Id, string Sku, decimal Size, string? StopReason = null)
{
    /// <summary>Pairs that may be left of one item, however they came: more is a slip of the keyboard.</summary>
    public const int MostPairs = 1_000_000;
}

/// <summary>How many pairs of an item are left to sell.</summary>
/// <param name="Count">0 or more.</param>
/// <param name="Version">Grows with each change, over all nodes and restarts.</param>
public readonly record struct Availability(int Count, long Version);
