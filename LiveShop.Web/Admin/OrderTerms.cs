using LiveShop.Domain;

namespace LiveShop.Web.Admin;

/// <summary>A search for orders as an address carries it, so that it can be shared and gone back to. What makes no sense counts as not given.</summary>
/// <param name="From">UTC, such as 2026-11-30T18:00; <paramref name="To"/> likewise.</param>
/// <param name="Sort">A key of <see cref="SortKeys"/>, after a minus sign for the descending order; null for the newest first.</param>
/// <param name="After">The id of an order; the list begins after it.</param>
/// <param name="Before">The id of an order; the page ends before it.</param>
/// <param name="Only">Numbers of orders, separated by commas.</param>
public sealed record OrderTerms(
    string? Number = null,
    string? Email = null,
    string? Product = null,
    string? State = null,
    string? From = null,
    string? To = null,
    string? Sort = null,
    string? After = null,
    string? Before = null,
    string? Only = null)
{
    private static readonly Dictionary<string, OrderSort> SortKeys = new() { ["placed"] = OrderSort.PlacedAt, ["email"] = OrderSort.Email, ["total"] = OrderSort.Total };

    public OrderState? OrderState => Enum.GetValues<OrderState>().Cast<OrderState?>().FirstOrDefault(state => OrderWords.Of(state!.Value) == State);

    public OrderSort SortedBy => SortKeys.GetValueOrDefault(Sort?.TrimStart('-') ?? "");

    public bool IsAscending => Sort is not (null or "" or ['-', ..]) && SortKeys.ContainsKey(Sort);

    /// <summary>The same search from its beginning.</summary>
    public OrderTerms Beginning => this with { After = null, Before = null };

    /// <summary>Whether it leaves any order out.</summary>
    public bool IsFiltered => Beginning with { Sort = null } != new OrderTerms();

    public OrderQuery Query => new(
        Number, Email, Product, OrderState, AddressValues.ReadTime(From), AddressValues.ReadTime(To),
        string.IsNullOrEmpty(Only) ? null : Only.Split(',', StringSplitOptions.RemoveEmptyEntries),
        SortedBy, IsAscending, AddressValues.ReadId(After), AddressValues.ReadId(Before));

    public OrderTerms SortedAs(OrderSort sort, bool ascending)
    {
        var key = SortKeys.First(pair => pair.Value == sort).Key;
        return Beginning with { Sort = (sort, ascending) == (OrderSort.PlacedAt, false) ? null : (ascending ? "" : "-") + key };
    }

    /// <param name="opened">The number of the order that is open beside the list.</param>
    public string In(string path, string? opened = null) => AddressValues.In(
        path, ("number", Number), ("email", Email), ("product", Product), ("state", State), ("from", From), ("to", To), ("sort", Sort),
        ("after", After), ("before", Before), ("only", Only), ("open", opened));
}
