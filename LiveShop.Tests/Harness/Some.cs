using System.Diagnostics.Metrics;
using System.Globalization;
using LiveShop.Domain;

namespace LiveShop.Tests.Harness;

/// <summary>Things of which a test does not care what they are exactly.</summary>
internal static class Some
{
    public const decimal Price = 120;

    /// <summary>Nobody listens to it.</summary>
    public static Meter Meter { get; } = new("test");

    public static DeliveryDetails Delivery => new()
    {
        Email = "ana@example.org",
        Name = "Ana Lima",
        Address = "Rua Augusta 1",
        City = "Lisboa",
        PostalCode = "1100-048",
        Country = "Portugal",
    };

    public static ProductSpec Spec(string sku, int stock = 1, decimal price = Price, params decimal[] sizes) => new(
        sku, "Snks 23", $"Name of {sku}", "black/white", price, ScheduledAt: null,
        [.. (sizes is [] ? [8] : sizes).Select(size => new ItemSpec($"{sku}-{size.ToString(CultureInfo.InvariantCulture)}", size, stock))]);

    /// <summary>The purchase of the whole cart at that price each.</summary>
    public static PurchaseRequest Request(Cart cart, decimal price = Price) => new(
        cart.Id, cart.CheckoutKey, [.. cart.ItemIds.Select(id => new PurchaseLine(id, price))], Delivery);
}
