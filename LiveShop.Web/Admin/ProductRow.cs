using LiveShop.Domain;

namespace LiveShop.Web.Admin;

/// <summary>A product as one row of the operators' list.</summary>
/// <param name="OpensAt">When its sale began or is to begin; null while nobody has said.</param>
/// <param name="Left">Pairs left to sell, of all sizes.</param>
public sealed record ProductRow(Product Product, ProductState State, DateTimeOffset? OpensAt, long Left)
{
    /// <summary>Compares rows by product, so that a selection outlasts a change of the product.</summary>
    public static IEqualityComparer<ProductRow> ById { get; } = EqualityComparer<ProductRow>.Create((left, right) => left?.Id == right?.Id, row => row.Id);

    public int Id => Product.Id;

    public string Sku => Product.Sku;

    public string Name => NameOf(Product.Brand, Product.Name);

    public string Colorway => Product.Colorway;

    public decimal Price => Product.Price;

    public int Sizes => Product.Items.Length;

    public static ProductRow Of(Product product, Shelf shelf)
    {
        var left = product.Items.Sum(item => (long)shelf.AvailabilityOf(item.Id).Count);
        return new ProductRow(product, StateOf(product, left), product.ReleasedAt ?? product.ScheduledAt, left);
    }

    /// <summary>Brand and name, with the brand once where the name begins with it.</summary>
    public static string NameOf(string brand, string name) => name.StartsWith(brand + " ", StringComparison.OrdinalIgnoreCase) ? name : $"{brand} {name}";

    private static ProductState StateOf(Product product, long left) => product switch
    {
        { IsRetired: true } => ProductState.Retired,
        { IsReleased: true, StopReason: not null } => ProductState.Paused,
        { IsReleased: true } => left == 0 ? ProductState.SoldOut : ProductState.OnSale,
        { ScheduledAt: not null } => ProductState.Scheduled,
        _ => ProductState.ComingSoon,
    };
}
