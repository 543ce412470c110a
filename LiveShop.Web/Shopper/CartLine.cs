using LiveShop.Domain;

namespace LiveShop.Web.Shopper;

/// <summary>An item of the cart as the shopper sees it: the cart says which, the Shelf says the rest.</summary>
/// <param name="Was">The price that the page showed before this one; null where it has not changed.</param>
/// <param name="IsPaused">There are pairs, but their sale is stopped for the time being. Never together with <paramref name="IsGone"/>.</param>
public readonly record struct CartLine(int ItemId, string ProductName, decimal Size, decimal Price, bool IsGone, bool IsPaused = false, decimal? Was = null)
{
    /// <summary>In the order of adding. An item that this node's Shelf does not know yet is left out until it does.</summary>
    /// <param name="before">What the page showed before.</param>
    public static IReadOnlyList<CartLine> Of(Cart cart, Shelf shelf, IReadOnlyList<CartLine> before)
    {
        var lines = new List<CartLine>(cart.ItemIds.Length);
        foreach (var itemId in cart.ItemIds)
        {
            if (shelf.FindProductOf(itemId) is not { } product) continue;
            var size = product.Items.First(item => item.Id == itemId).Size;
            var isGone = shelf.LevelOf(itemId) == StockLevel.Out;
            lines.Add(new CartLine(itemId, product.Name, size, product.Price, isGone, !isGone && product.IsStopped(itemId), Was(itemId, product.Price)));
        }
        return lines;

        decimal? Was(int itemId, decimal price)
        {
            foreach (var line in before)
            {
                if (line.ItemId == itemId) return line.Price == price ? line.Was : line.Price;
            }
            return null;
        }
    }
}
