using System.Data;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace LiveShop.Domain;

/// <summary>All orders, for operators. What shoppers may see of theirs is <see cref="Orders"/>.</summary>
public sealed class OrderBook
{
    private const string Shopper = "shopper";

    private readonly IDbContextFactory<ShopDb> contexts;

    internal OrderBook(IDbContextFactory<ShopDb> contexts) => this.contexts = contexts;

    /// <summary>One page of orders, newest first. Null when the database is out of reach.</summary>
    public async Task<OrderFindings?> FindAsync(OrderQuery query, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            // Ids grow in the order of placing, and have the index for it.
            var found = await (await MatchingAsync(db, query, cancellationToken))
                .OrderByDescending(row => row.Id)
                .Take(OrderQuery.PageSize + 1)
                .Select(row => new { row.Id, row.Number, row.PlacedAt, row.State, row.Name, row.Email, Pairs = row.Lines.Count, row.Total })
                .ToListAsync(cancellationToken);
            var page = found.Take(OrderQuery.PageSize).ToList();
            return new OrderFindings(
                [.. page.Select(row => new OrderSummary(row.Number, row.PlacedAt, OrderStateText.Parse(row.State), row.Name, row.Email, row.Pairs, row.Total))],
                found.Count > page.Count ? page[^1].Id : null);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return null;
        }
    }

    /// <param name="number">As for <see cref="OrderQuery.Number"/>.</param>
    public async Task<OrderLookup> FindAsync(string number, CancellationToken cancellationToken = default)
    {
        var stored = NumberOf(number);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            // Everything of one moment, whatever other operators do meanwhile.
            await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            var row = await db.Orders.AsNoTracking().Include(order => order.Lines).FirstOrDefaultAsync(order => order.Number == stored, cancellationToken);
            return row is null ? new OrderLookup.Unknown() : new OrderLookup.Found(new OrderDetails(
                row.Number, OrderStateText.Parse(row.State), row.Total, DeliveryOf(row),
                [.. row.Lines.OrderBy(line => line.ItemId).Select(line => new OrderedItem(line.Sku, line.ProductName, line.Size, line.Price))],
                [new OrderStep(OrderState.Placed, row.PlacedAt, Shopper, Reason: null), .. await ReadChangesAsync(db, row, cancellationToken)],
                [.. await ReadLedgerAsync(db, row.Id, cancellationToken)]));
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return new OrderLookup.Unavailable();
        }
    }

    /// <summary>
    /// Writes the orders as CSV, newest first, as they come from the database: of any number of them only a few are in memory.
    /// False when the database is out of reach; nothing was written then, or not all of it.
    /// </summary>
    public async Task<bool> ExportAsync(OrderQuery query, Stream file, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var lines =
                from order in await MatchingAsync(db, query, cancellationToken)
                join line in db.OrderLines on order.Id equals line.OrderId
                orderby order.Id descending, line.ItemId
                select new OrderFileLine(order, line);
            await OrderFile.WriteAsync(lines.AsAsyncEnumerable(), file, cancellationToken);
            return true;
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return false;
        }
    }

    private static async Task<IQueryable<OrderRow>> MatchingAsync(ShopDb db, OrderQuery query, CancellationToken cancellationToken)
    {
        var rows = db.Orders.AsNoTracking();
        if (NumberOf(query.Number) is { Length: > 0 } number) rows = rows.Where(row => row.Number == number);
        if (StorableText.Of(query.Email).ToLowerInvariant() is { Length: > 0 } email) rows = rows.Where(row => row.EmailLower.StartsWith(email));
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
        return query.BeforeId is { } before ? rows.Where(row => row.Id < before) : rows;
    }

    private static string NumberOf(string? typed) => OrderNumber.Of(StorableText.Of(typed));

    /// <summary>Asked first: among these few the database then looks up their orders instead of reading names of all.</summary>
    private static Task<int[]> ItemsOfAsync(ShopDb db, string product, CancellationToken cancellationToken) => db.Database.SqlQuery<int>(
        $"""
        select i.id from items i join products p on p.id = i.product_id
        where strpos(lower(concat_ws(chr(10), p.sku, p.name, i.sku)), lower({product})) > 0
        """).ToArrayAsync(cancellationToken);

    private static async Task<IEnumerable<OrderStep>> ReadChangesAsync(ShopDb db, OrderRow order, CancellationToken cancellationToken)
    {
        var subject = Audit.SubjectOf(order);
        var entries = await db.AuditEntries.AsNoTracking()
            .Where(entry => entry.Subject == subject && (entry.Action == AuditAction.Cancel || entry.Action == AuditAction.Refund))
            .OrderBy(entry => entry.Id)
            .ToListAsync(cancellationToken);
        return entries.Select(entry =>
        {
            var change = JsonSerializer.Deserialize<OrderChange>(entry.After!, JsonSerializerOptions.Web)!;
            return new OrderStep(OrderStateText.Parse(change.State), entry.At, entry.Actor, change.Reason);
        });
    }

    private static Task<List<LedgerEntry>> ReadLedgerAsync(ShopDb db, long orderId, CancellationToken cancellationToken) => (
        from movement in db.StockMovements
        join item in db.Items on movement.ItemId equals item.Id
        where movement.OrderId == orderId
        orderby movement.At, movement.ItemId
        select new LedgerEntry(item.Sku, movement.Delta, movement.Reason, movement.Actor, movement.At)).ToListAsync(cancellationToken);

    private static DeliveryDetails DeliveryOf(OrderRow row) => new()
    {
        Email = row.Email,
        Name = row.Name,
        Address = row.Address,
        City = row.City,
        PostalCode = row.PostalCode,
        Country = row.Country,
    };
}
