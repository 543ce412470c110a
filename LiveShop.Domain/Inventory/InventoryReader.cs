using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;

namespace LiveShop.Domain;

/// <summary>Reads the inventory as events, the form in which a Shelf takes it.</summary>
internal static class InventoryReader
{
    /// <summary>The products with their items, and the availability of those items.</summary>
    public static async Task<IReadOnlyList<InventoryEvent>> ReadAsync(ShopDb db, int[] productIds, CancellationToken cancellationToken)
    {
        var products = await ReadProductsAsync(db, productIds, cancellationToken);
        var itemIds = products.SelectMany(changed => changed.Product.Items).Select(item => item.Id).ToArray();
        var availabilities = await db.Availabilities.AsNoTracking()
            .Where(row => itemIds.Contains(row.ItemId))
            .Select(row => new AvailabilityChanged(row.ItemId, new Availability(row.Available, row.Version)))
            .ToListAsync(cancellationToken);
        return [.. products, .. availabilities];
    }

    public static async Task<IReadOnlyList<ProductChanged>> ReadProductsAsync(ShopDb db, int[] productIds, CancellationToken cancellationToken)
    {
        // One statement, so that a product's version and its items are of one moment.
        var rows = await db.Products.AsNoTracking().Include(product => product.Items)
            .Where(product => productIds.Contains(product.Id))
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => new ProductChanged(Map(row)))];
    }

    private static Product Map(ProductRow row) => new(
        row.Id, row.Sku, row.Brand, row.Name, row.Colorway, row.Price, row.ReleasedAt, row.ScheduledAt, row.Version,
        [.. row.Items.OrderBy(item => item.Size).Select(item => new Item(item.Id, item.Sku, item.Size, item.StopReason))],
        row.StopReason,
        row.RetiredAt,
        row.PictureSha256);
}
