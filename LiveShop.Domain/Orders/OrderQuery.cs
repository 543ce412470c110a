using System.Collections.Immutable;

namespace LiveShop.Domain;

/// <summary>Which orders to find, and in which order. All conditions that are given must hold.</summary>
/// <param name="Number">The whole number, as heard or copied: in any case, with or without its hyphen.</param>
/// <param name="Email">How the address begins, in any case.</param>
/// <param name="Product">Part of the SKU or the present name of a product, or of an item's SKU, in any case.</param>
/// <param name="From">Placed at this moment or later.</param>
/// <param name="To">Placed before this moment.</param>
/// <param name="Numbers">Only orders with one of these numbers; null for all.</param>
/// <param name="AfterId">Only orders that follow this one in the sort order: <see cref="OrderFindings.Next"/> of the page before.</param>
/// <param name="BeforeId">The page that ends before this order: <see cref="OrderFindings.Previous"/> of the page after.</param>
public sealed record OrderQuery(
    string? Number = null,
    string? Email = null,
    string? Product = null,
    OrderState? State = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    IReadOnlyCollection<string>? Numbers = null,
    OrderSort Sort = OrderSort.PlacedAt,
    bool Ascending = false,
    long? AfterId = null,
    long? BeforeId = null)
{
    public const int PageSize = 50;
}

/// <summary>
/// The columns that orders can be sorted by. Each has an index, so that a page costs the same however deep in the list it is.
/// Other columns are not offered: an index for each would slow every purchase down.
/// </summary>
public enum OrderSort
{
    PlacedAt,

    /// <summary>By the characters of the address in lower case, not by a language's rules.</summary>
    Email,

    Total,
}

/// <param name="Orders">In the order that was asked for, at most <see cref="OrderQuery.PageSize"/>.</param>
/// <param name="Next">Where the next page begins; null on the last.</param>
/// <param name="Previous">Where the page before ends; null on the first.</param>
public sealed record OrderFindings(ImmutableArray<OrderSummary> Orders, long? Next, long? Previous);

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
