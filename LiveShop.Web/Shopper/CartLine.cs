using LiveShop.Domain;

namespace LiveShop.Web.Shopper;

/// <summary>An item of the cart as the shopper sees it: the cart says which, the Shelf says the rest.</summary>
public readonly record struct CartLine(int ItemId, string ProductName, decimal Size, decimal Price, bool IsGone)
{
    /// <summary>In the order of adding. An item that this node's Shelf does not know yet is left out until it does.</summary>
    public static IReadOnlyList<CartLine> Of(Cart cart, Shelf shelf)
    {
        var lines = new List<CartLine>(cart.ItemIds.Length);
        foreach (var itemId in cart.ItemIds)
        {
            if (shelf.FindProductOf(itemId) is not { } product) continue;
            var size = product.Items.First(item => item.Id == itemId).Size;
            lines.Add(new CartLine(itemId, product.Name, size, product.Price, shelf.LevelOf(itemId) == StockLevel.Out));
        }
        return lines;
    }
}
