using System.Collections.Immutable;

namespace LiveShop.Domain;

/// <summary>
/// A product as the public may see it: stock levels, never counts, and nothing to buy before its release.
/// Pages for shoppers are made from this and from nothing else of the inventory.
/// </summary>
/// <remarks>The Shelf keeps the same instance for as long as nothing in it changes, so a reference comparison tells whether to render.</remarks>
/// <param name="Sizes">In order of size; empty before the release.</param>
/// <param name="StopReason">Why the sale of all sizes is paused; null while it is not, and before the release.</param>
/// <param name="PictureHash">As in <see cref="Product"/>.</param>
public sealed record Listing(
    int ProductId,
    string Sku,
    string Brand,
    string Name,
    string Colorway,
    decimal Price,
    bool IsReleased,
    DateTimeOffset? ScheduledAt,
    ImmutableArray<SizeListing> Sizes,
    string? StopReason = null,
    string? PictureHash = null)
{
    /// <summary>Whether anything of it can be bought at this moment.</summary>
    public bool IsSelling => IsReleased && StopReason is null && Sizes.Any(size => size is { IsStopped: false, Level: not StockLevel.Out });

    public bool IsSoldOut => IsReleased && Sizes.All(size => size.Level == StockLevel.Out);

    internal static Listing Of(Product product, Func<int, StockLevel> levelOf) => new(
        product.Id,
        product.Sku,
        product.Brand,
        product.Name,
        product.Colorway,
        product.Price,
        product.IsReleased,
        product.IsReleased ? null : product.ScheduledAt,
        product.IsReleased ? [.. product.Items.Select(item => new SizeListing(item.Id, item.Size, levelOf(item.Id), item.StopReason is not null))] : [],
        product.IsReleased ? product.StopReason : null,
        product.PictureHash);

    public bool Equals(Listing? other) =>
        other is not null
        && (ProductId, Sku, Brand, Name, Colorway, Price, IsReleased, ScheduledAt, StopReason, PictureHash)
            == (other.ProductId, other.Sku, other.Brand, other.Name, other.Colorway, other.Price, other.IsReleased, other.ScheduledAt, other.StopReason, other.PictureHash)
        && Sizes.AsSpan().SequenceEqual(other.Sizes.AsSpan());

    public override int GetHashCode() => HashCode.Combine(ProductId, IsReleased, Sizes.Length);
}

/// <summary>One size of a released product.</summary>
/// <param name="IsStopped">The sale of this size alone is paused.</param>
public readonly record struct SizeListing(int ItemId, decimal Size, StockLevel Level, bool IsStopped = false);
