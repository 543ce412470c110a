using System.Collections.Immutable;

namespace LiveShop.Domain;

/// <summary>
/// All products, items and availability as one node knows them: an immutable snapshot that any number of circuits read
/// without a lock. <see cref="Apply"/> gives the next one.
/// </summary>
public sealed class Shelf
{
    private readonly StockLevels levels;
    private readonly ImmutableDictionary<int, Product> products;
    private readonly ImmutableDictionary<int, Availability> availability;
    private readonly ImmutableDictionary<int, int> productOfItem;

    private Shelf(
        StockLevels levels,
        ImmutableDictionary<int, Product> products,
        ImmutableDictionary<int, Availability> availability,
        ImmutableDictionary<int, int> productOfItem,
        ImmutableArray<Listing> listings)
    {
        this.levels = levels;
        this.products = products;
        this.availability = availability;
        this.productOfItem = productOfItem;
        Listings = listings;
    }

    /// <summary>What the public sees, in the order of product ids.</summary>
    public ImmutableArray<Listing> Listings { get; }

    /// <summary>What is in the store, in the order of ids.</summary>
    public IEnumerable<Product> Products => products.Values.Where(product => !product.IsRetired).OrderBy(product => product.Id);

    /// <summary>What was taken off it: nobody can buy it, but carts may still hold it. In the order of ids.</summary>
    public IEnumerable<Product> RetiredProducts => products.Values.Where(product => product.IsRetired).OrderBy(product => product.Id);

    public static Shelf Empty(StockLevels levels) => new(
        levels,
        ImmutableDictionary<int, Product>.Empty,
        ImmutableDictionary<int, Availability>.Empty,
        ImmutableDictionary<int, int>.Empty,
        []);

    /// <summary>Retired or not.</summary>
    public Product? FindProduct(int productId) => products.GetValueOrDefault(productId);

    /// <summary>The product that the item is a size of; null for an item that is not known here (yet).</summary>
    public Product? FindProductOf(int itemId) =>
        productOfItem.TryGetValue(itemId, out var productId) ? products.GetValueOrDefault(productId) : null;

    /// <summary>Version 0 for an item that is not known here (yet).</summary>
    public Availability AvailabilityOf(int itemId) => availability.GetValueOrDefault(itemId);

    /// <summary>Whatever is left of it; a retired product has nothing to sell.</summary>
    public StockLevel LevelOf(int itemId) => FindProductOf(itemId) is { IsRetired: true } ? StockLevel.Out : levels.Of(AvailabilityOf(itemId).Count);

    /// <summary>
    /// The Shelf after the events, in any order; what is not newer than the state here is ignored. Availability of an item
    /// whose product is not here yet is kept for when it comes. Returns this very instance when nothing was new.
    /// </summary>
    public Shelf Apply(IEnumerable<InventoryEvent> events)
    {
        var newProducts = products.ToBuilder();
        var newAvailability = availability.ToBuilder();
        var newProductOfItem = productOfItem.ToBuilder();
        var touched = new HashSet<int>();
        var changed = false;

        foreach (var inventoryEvent in events)
        {
            switch (inventoryEvent)
            {
                case ProductChanged { Product: var product } when IsNewer(product, newProducts):
                    newProducts[product.Id] = product;
                    foreach (var item in product.Items) newProductOfItem[item.Id] = product.Id;
                    touched.Add(product.Id);
                    changed = true;
                    break;

                case AvailabilityChanged { ItemId: var itemId, Availability: var available } when IsNewer(itemId, available, newAvailability):
                    newAvailability[itemId] = available;
                    if (newProductOfItem.TryGetValue(itemId, out var productId)) touched.Add(productId);
                    changed = true;
                    break;
            }
        }

        if (!changed) return this;

        var next = newAvailability.ToImmutable();
        var listings = Relist(newProducts, touched, itemId => levels.Of(next.GetValueOrDefault(itemId).Count));
        return new Shelf(levels, newProducts.ToImmutable(), next, newProductOfItem.ToImmutable(), listings);
    }

    /// <summary>Everything that is here, with the version of its state.</summary>
    internal IEnumerable<ShelfEntry> Entries =>
        products.Values.Select(product => new ShelfEntry(IsProduct: true, product.Id, product.Version))
            .Concat(availability.Select(of => new ShelfEntry(IsProduct: false, of.Key, of.Value.Version)));

    /// <summary>Whether it tells of a newer state than the one here.</summary>
    internal bool IsNews(InventoryEvent inventoryEvent) => inventoryEvent switch
    {
        ProductChanged { Product: var product } => IsNewer(product, products),
        AvailabilityChanged { ItemId: var itemId, Availability: var available } => IsNewer(itemId, available, availability),
        _ => false,
    };

    private static bool IsNewer(Product product, IReadOnlyDictionary<int, Product> known) => product.Version > (known.GetValueOrDefault(product.Id)?.Version ?? 0);

    private static bool IsNewer(int itemId, Availability available, IReadOnlyDictionary<int, Availability> known) =>
        available.Version > known.GetValueOrDefault(itemId).Version;

    /// <summary>Ids of the products whose listing differs between the two, or that only one of them holds.</summary>
    public ImmutableHashSet<int> ListingsChangedSince(Shelf earlier)
    {
        if (Listings == earlier.Listings) return [];
        var before = earlier.Listings.ToDictionary(listing => listing.ProductId);
        var changed = ImmutableHashSet.CreateBuilder<int>();
        foreach (var listing in Listings)
        {
            if (!before.Remove(listing.ProductId, out var old) || !ReferenceEquals(listing, old)) changed.Add(listing.ProductId);
        }
        changed.UnionWith(before.Keys);
        return changed.ToImmutable();
    }

    private ImmutableArray<Listing> Relist(
        ImmutableDictionary<int, Product>.Builder newProducts, HashSet<int> touched, Func<int, StockLevel> levelOf)
    {
        if (touched.Count == 0) return Listings;

        var listings = Listings.ToDictionary(listing => listing.ProductId);
        var changed = false;
        foreach (var productId in touched)
        {
            if (newProducts[productId].IsRetired)
            {
                changed |= listings.Remove(productId);
                continue;
            }
            var listing = Listing.Of(newProducts[productId], levelOf);
            if (listings.TryGetValue(productId, out var old) && old.Equals(listing)) continue;
            listings[productId] = listing;
            changed = true;
        }
        return changed ? [.. listings.Values.OrderBy(listing => listing.ProductId)] : Listings;
    }
}

/// <param name="IsProduct">Or the availability of an item.</param>
internal readonly record struct ShelfEntry(bool IsProduct, int Id, long Version);
