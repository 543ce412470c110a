namespace LiveShop.Domain;

/// <summary>The rules of the shop that the domain follows.</summary>
/// <param name="MaxItemsPerCart">1 to 20.</param>
public sealed record ShopSettings(int MaxItemsPerCart, StockLevels StockLevels)
{
    public static readonly ShopSettings Default = new(MaxItemsPerCart: 4, StockLevels.Default);
}
