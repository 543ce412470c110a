using Microsoft.EntityFrameworkCore;

namespace LiveShop.Domain;

/// <summary>Writes products inside the caller's transaction.</summary>
internal sealed class Catalog(ShopDb db, string actor)
{
    /// <summary>
    /// Adds what is new and updates products by style code. Items that exist keep their stock; items missing from a spec stay.
    /// What is retired is updated too, but stays so.
    /// </summary>
    public async Task<CatalogChange> PutAsync(IReadOnlyList<ProductSpec> specs, string reason, CancellationToken cancellationToken)
    {
        var existing = await FindAsync(db, db.Products, specs, cancellationToken);
        var updated = existing.Count;
        var newItems = new List<(ItemRow Row, int Stock)>();

        foreach (var spec in specs)
        {
            if (!existing.TryGetValue(spec.Sku, out var product))
            {
                product = new ProductRow { Sku = spec.Sku, Brand = spec.Brand, Name = spec.Name, Colorway = spec.Colorway };
                db.Products.Add(product);
                existing.Add(spec.Sku, product);
            }
            Update(product, spec);
            var added = AddMissingItems(product, spec);
            newItems.AddRange(added);
            // A node learns of new items by the product's version, so that must grow even when no column of its own changes.
            if (added.Count > 0 && db.Entry(product).State == EntityState.Unchanged) db.Entry(product).Property(row => row.Name).IsModified = true;
        }
        await db.SaveChangesAsync(cancellationToken);

        foreach (var (item, stock) in newItems)
        {
            db.Availabilities.Add(new AvailabilityRow { ItemId = item.Id, Available = stock });
            if (stock == 0) continue;
            db.StockMovements.Add(new StockMovementRow { ItemId = item.Id, Delta = stock, Reason = reason, Actor = actor });
        }
        await db.SaveChangesAsync(cancellationToken);
        return new CatalogChange([.. existing.Values.Select(product => product.Id)], specs.Count - updated, updated, newItems.Count);
    }

    /// <summary>Finds the products that the specs are about, by <see cref="StyleCode"/>. One that is written exactly alike goes first.</summary>
    public static async Task<Dictionary<string, ProductRow>> FindAsync(
        ShopDb db, IQueryable<ProductRow> products, IReadOnlyList<ProductSpec> specs, CancellationToken cancellationToken)
    {
        // Compared here: what the database takes for the same letter in the other case depends on its locale.
        var asked = specs.Select(spec => spec.Sku).ToHashSet(StyleCode.Comparer);
        var written = specs.Select(spec => spec.Sku).ToHashSet();
        var all = await db.Products.Select(product => product.Sku).ToListAsync(cancellationToken);
        var skus = all.Where(asked.Contains).ToArray();
        var found = await products.Include(product => product.Items).Where(product => skus.Contains(product.Sku)).AsSplitQuery().ToListAsync(cancellationToken);
        var bySku = new Dictionary<string, ProductRow>(StyleCode.Comparer);
        foreach (var product in found.OrderByDescending(product => written.Contains(product.Sku)).ThenBy(product => product.Id)) bySku.TryAdd(product.Sku, product);
        return bySku;
    }

    private static void Update(ProductRow product, ProductSpec spec)
    {
        (product.Brand, product.Name, product.Colorway, product.Price) = (spec.Brand, spec.Name, spec.Colorway, spec.Price);
        if (spec.ScheduledAt is not null && product is { ReleasedAt: null, RetiredAt: null }) product.ScheduledAt = spec.ScheduledAt;
    }

    private static List<(ItemRow Row, int Stock)> AddMissingItems(ProductRow product, ProductSpec spec)
    {
        var sizes = product.Items.Select(item => item.Size).ToHashSet();
        var added = new List<(ItemRow, int)>();
        foreach (var item in spec.Items.Where(item => sizes.Add(item.Size)))
        {
            // The product may be known by its style code in the other case.
            var sku = item.Sku.StartsWith(spec.Sku, StringComparison.Ordinal) ? product.Sku + item.Sku[spec.Sku.Length..] : item.Sku;
            var row = new ItemRow { Sku = sku, Size = item.Size };
            product.Items.Add(row);
            added.Add((row, item.Stock));
        }
        return added;
    }
}

internal sealed record CatalogChange(int[] ProductIds, int Created, int Updated, int ItemsAdded)
{
    public static CatalogChange None { get; } = new([], 0, 0, 0);

    public static CatalogChange operator +(CatalogChange left, CatalogChange right) => new(
        [.. left.ProductIds, .. right.ProductIds], left.Created + right.Created, left.Updated + right.Updated, left.ItemsAdded + right.ItemsAdded);
}
