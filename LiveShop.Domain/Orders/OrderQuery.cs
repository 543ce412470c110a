using System.Collections.Immutable;

namespace LiveShop.Domain;

/// <summary>Which orders to find. All that is given must hold.</summary>
/// <param name="Number">The whole number, as heard or copied: in any case, with or without its hyphen.</param>
/// <param name="Email">How the address begins, in any case.</param>
/// <param name="Product">Part of the SKU or the present name of a product, or of an item's SKU, in any case.</param>
/// <param name="BeforeId">Only orders older than this one: <see cref="OrderFindings.OlderThan"/> of the page before.</param>
public sealed record OrderQuery(
    string? Number = null, string? Email = null, string? Product = null, OrderState? State = null, long? BeforeId = null)
{
    public const int PageSize = 50;
}

/// <param name="Orders">Newest first, at most <see cref="OrderQuery.PageSize"/>.</param>
/// <param name="OlderThan">Where the next page begins; null on the last.</param>
public sealed record OrderFindings(ImmutableArray<OrderSummary> Orders, long? OlderThan);

/// <param name="Total">US dollars.</param>
public sealed record OrderSummary(string Number, DateTimeOffset PlacedAt, OrderState State, string Name, string Email, int Pairs, decimal Total);

/// <summary>What became of looking for one order.</summary>
public abstract record OrderLookup
{
    private OrderLookup()
    {
    }

    public sealed record Found(OrderDetails Order) : OrderLookup;

    public sealed record Unknown : OrderLookup;

    /// <summary>The database is out of reach.</summary>
    public sealed record Unavailable : OrderLookup;
}

/// <summary>All that is known of an order.</summary>
/// <param name="Total">US dollars.</param>
/// <param name="History">From the order's placing on.</param>
/// <param name="Ledger">What the order took from stock and gave back, in that order.</param>
public sealed record OrderDetails(
    string Number,
    OrderState State,
    decimal Total,
    DeliveryDetails Delivery,
    ImmutableArray<OrderedItem> Lines,
    ImmutableArray<OrderStep> History,
    ImmutableArray<LedgerEntry> Ledger);

/// <summary>What was bought as it was then.</summary>
/// <param name="Price">US dollars.</param>
public sealed record OrderedItem(string Sku, string ProductName, decimal Size, decimal Price);

/// <param name="State">What the order became.</param>
/// <param name="Actor">The operator's name, or "shopper".</param>
/// <param name="Reason">The operator's words; null for the placing.</param>
public sealed record OrderStep(OrderState State, DateTimeOffset At, string Actor, string? Reason);

/// <param name="Sku">The item's at present.</param>
/// <param name="Delta">Pairs: below 0 taken from stock, above 0 put back.</param>
/// <param name="Reason">One word, such as "sale" or "return".</param>
public sealed record LedgerEntry(string Sku, int Delta, string Reason, string Actor, DateTimeOffset At);
