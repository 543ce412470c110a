using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace LiveShop.Domain;

/// <summary>Translates an <see cref="OrderQuery"/> for the database. Pages are keyset pages: none reads the rows of those before it.</summary>
internal static class OrderList
{
    /// <summary>The collation of the index on addresses. It serves the search for a beginning and the sort order alike.</summary>
    private const string ByCharacter = "C";

    private static readonly Expression<Func<OrderRow, DateTimeOffset>> PlacedAt = row => row.PlacedAt;
    private static readonly Expression<Func<OrderRow, string>> Email = row => EF.Functions.Collate(row.EmailLower, ByCharacter);
    private static readonly Expression<Func<OrderRow, decimal>> Total = row => row.Total;

    /// <summary>The orders that meet the conditions, of all pages and unsorted.</summary>
    public static async Task<IQueryable<OrderRow>> MatchingAsync(ShopDb db, OrderQuery query, CancellationToken cancellationToken)
    {
        var rows = db.Orders.AsNoTracking();
        if (NumberOf(query.Number) is { Length: > 0 } number) rows = rows.Where(row => row.Number == number);
        if (query.Numbers is { } given)
        {
            string[] numbers = [.. given.Select(NumberOf)];
            rows = rows.Where(row => numbers.Contains(row.Number));
        }
        if (StorableText.Of(query.Email).ToLowerInvariant() is { Length: > 0 } email) rows = rows.Where(row => EF.Functions.Collate(row.EmailLower, ByCharacter).StartsWith(email));
        if (StorableText.Of(query.Product) is { Length: > 0 } product)
        {
            var itemIds = await ItemsOfAsync(db, product, cancellationToken);
            rows = rows.Where(row => row.Lines.Any(line => itemIds.Contains(line.ItemId)));
        }
        if (query.State is { } state)
        {
            var text = OrderStateText.Of(state);
            rows = rows.Where(row => row.State == text);
        }
        if (query.From?.ToUniversalTime() is { } from) rows = rows.Where(row => row.PlacedAt >= from);
        if (query.To?.ToUniversalTime() is { } to) rows = rows.Where(row => row.PlacedAt < to);
        return rows;
    }

    /// <summary>Sorts the orders. Those that are alike stand in the order of their ids.</summary>
    public static IQueryable<OrderRow> Sort(IQueryable<OrderRow> rows, OrderSort sort, bool ascending) => sort switch
    {
        OrderSort.Email => Sort(rows, Email, ascending),
        OrderSort.Total => Sort(rows, Total, ascending),
        _ => Sort(rows, PlacedAt, ascending),
    };

    /// <summary>Leaves only the orders that come after the mark in the sort order.</summary>
    public static IQueryable<OrderRow> After(IQueryable<OrderRow> rows, OrderSort sort, bool ascending, OrderMark mark) => (sort, ascending) switch
    {
        (OrderSort.Email, true) => rows.Where(row => EF.Functions.GreaterThan(ValueTuple.Create(EF.Functions.Collate(row.EmailLower, ByCharacter), row.Id), ValueTuple.Create(mark.EmailLower, mark.Id))),
        (OrderSort.Email, false) => rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(EF.Functions.Collate(row.EmailLower, ByCharacter), row.Id), ValueTuple.Create(mark.EmailLower, mark.Id))),
        (OrderSort.Total, true) => rows.Where(row => EF.Functions.GreaterThan(ValueTuple.Create(row.Total, row.Id), ValueTuple.Create(mark.Total, mark.Id))),
        (OrderSort.Total, false) => rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.Total, row.Id), ValueTuple.Create(mark.Total, mark.Id))),
        (_, true) => rows.Where(row => EF.Functions.GreaterThan(ValueTuple.Create(row.PlacedAt, row.Id), ValueTuple.Create(mark.PlacedAt, mark.Id))),
        (_, false) => rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.PlacedAt, row.Id), ValueTuple.Create(mark.PlacedAt, mark.Id))),
    };

    /// <summary>Where an order stands in the list; null when there is none of that id.</summary>
    public static Task<OrderMark?> FindMarkAsync(ShopDb db, long id, CancellationToken cancellationToken) => db.Orders
        .Where(row => row.Id == id)
        .Select(row => new OrderMark(row.Id, row.PlacedAt, row.EmailLower, row.Total))
        .FirstOrDefaultAsync(cancellationToken);

    public static string NumberOf(string? typed) => OrderNumber.Of(StorableText.Of(typed));

    private static IQueryable<OrderRow> Sort<TKey>(IQueryable<OrderRow> rows, Expression<Func<OrderRow, TKey>> key, bool ascending) =>
        ascending ? rows.OrderBy(key).ThenBy(row => row.Id) : rows.OrderByDescending(key).ThenByDescending(row => row.Id);

    /// <summary>Asked first: among these few the database then looks up their orders instead of reading names of all.</summary>
    private static Task<int[]> ItemsOfAsync(ShopDb db, string product, CancellationToken cancellationToken) => db.Database.SqlQuery<int>(
        $"""
        select i.id from items i join products p on p.id = i.product_id
        where strpos(lower(concat_ws(chr(10), p.sku, p.name, i.sku)), lower({product})) > 0
        """).ToArrayAsync(cancellationToken);
}

/// <summary>The values of an order by which lists are sorted. They never change.</summary>
internal sealed record OrderMark(long Id, DateTimeOffset PlacedAt, string EmailLower, decimal Total);
