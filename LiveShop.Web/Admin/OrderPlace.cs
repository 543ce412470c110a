using LiveShop.Domain;

namespace LiveShop.Web.Admin;

/// <summary>Keeps an operator's place in the list of orders while the tab shows other pages.</summary>
internal sealed class OrderPlace
{
    /// <summary>An address with more numbers than this is too long for some proxies.</summary>
    public const int MostSelected = 500;

    /// <summary>Two snapshots of one order are the same row.</summary>
    public static readonly IEqualityComparer<OrderSummary> ByNumber =
        EqualityComparer<OrderSummary>.Create((left, right) => left?.Number == right?.Number, order => order.Number.GetHashCode(StringComparison.Ordinal));

    /// <summary>The search that the list showed last.</summary>
    public OrderTerms Terms { get; set; } = new();

    /// <summary>The order that was opened last from the list.</summary>
    public string? Opened { get; set; }

    public HashSet<OrderSummary> Selected { get; set; } = new(ByNumber);
}
