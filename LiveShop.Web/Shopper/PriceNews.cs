using LiveShop.Domain;

namespace LiveShop.Web.Shopper;

/// <summary>Which prices of a page changed since the shopper was told last. For one page, whose calls come one after the other.</summary>
internal sealed class PriceNews
{
    /// <summary>By item: prices that were told in other words before the Shelf knew them.</summary>
    private readonly Dictionary<int, decimal> told = [];
    private Shelf? seen;

    /// <summary>The prices of these items were told in other words, perhaps before the Shelf knows.</summary>
    public void Told(IEnumerable<PurchaseLine> repriced)
    {
        foreach (var (itemId, price) in repriced) told[itemId] = price;
    }

    /// <summary>The changes among the lines of the cart.</summary>
    public IEnumerable<PriceChange> Among(IReadOnlyList<CartLine> lines, IReadOnlyList<CartLine> before)
    {
        foreach (var line in lines)
        {
            var old = before.FirstOrDefault(old => old.ItemId == line.ItemId);
            if (old.ItemId != line.ItemId || old.Price == line.Price) continue;
            if (!told.Remove(line.ItemId, out var price) || price != line.Price) yield return new PriceChange(line.ProductName, line.Price, old.Price);
        }
    }

    /// <summary>The changes among the products in the store since the call before. The first call finds none.</summary>
    /// <param name="changed">Ids of the products that may have changed.</param>
    public IEnumerable<PriceChange> Among(Shelf shelf, IEnumerable<int> changed)
    {
        var before = seen;
        seen = shelf;
        if (before is null) return [];
        return from id in changed
               let now = shelf.FindProduct(id)
               let old = before.FindProduct(id)
               where now is { IsRetired: false } && old is { IsRetired: false } && now.Price != old.Price
               select new PriceChange(now.Name, now.Price, old.Price);
    }
}

/// <summary>Another price of a product.</summary>
/// <param name="Now">US dollars, as is <paramref name="Was"/>.</param>
internal readonly record struct PriceChange(string ProductName, decimal Now, decimal Was);
