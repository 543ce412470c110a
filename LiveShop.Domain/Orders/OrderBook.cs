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

    /// <summary>Reads one page of the list. Null when the database is out of reach.</summary>
    public async Task<OrderFindings?> FindAsync(OrderQuery query, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var rows = await OrderList.MatchingAsync(db, query, cancellationToken);
            if (query.BeforeId is { } beforeId && await OrderList.FindMarkAsync(db, beforeId, cancellationToken) is { } end)
            {
                var before = await ReadAsync(OrderList.After(rows, query.Sort, !query.Ascending, end), query.Sort, !query.Ascending, cancellationToken);
                // Where fewer are left than a page holds, the first page is the one to show.
                if (before.Count > OrderQuery.PageSize)
                {
                    before.Reverse();
                    return Page(before[1..], before[^1].Id, before[1].Id);
                }
            }
            var start = query is { AfterId: { } afterId, BeforeId: null } ? await OrderList.FindMarkAsync(db, afterId, cancellationToken) : null;
            if (start is not null) rows = OrderList.After(rows, query.Sort, query.Ascending, start);
            var found = await ReadAsync(rows, query.Sort, query.Ascending, cancellationToken);
            List<ListedOrder> page = [.. found.Take(OrderQuery.PageSize)];
            return Page(page, found.Count > page.Count ? page[^1].Id : null, start is null ? null : page.Count > 0 ? page[0].Id : start.Id);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return null;
        }
    }

    /// <param name="number">As for <see cref="OrderQuery.Number"/>.</param>
    public async Task<OrderLookup> FindAsync(string number, CancellationToken cancellationToken = default)
    {
        var stored = OrderList.NumberOf(number);
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
    /// Writes the orders of all pages as CSV, newest first whatever the query's sort order, as they come from the database: of any
    /// number of them only a few are in memory. False when the database is out of reach; nothing was written then, or not all of it.
    /// </summary>
    public async Task<bool> ExportAsync(OrderQuery query, Stream file, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var lines =
                from order in await OrderList.MatchingAsync(db, query, cancellationToken)
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

    /// <summary>Reads a page and one order more, which tells that there is another page.</summary>
    private static Task<List<ListedOrder>> ReadAsync(IQueryable<OrderRow> rows, OrderSort sort, bool ascending, CancellationToken cancellationToken) =>
        OrderList.Sort(rows, sort, ascending)
            .Take(OrderQuery.PageSize + 1)
            .Select(row => new ListedOrder(row.Id, row.Number, row.PlacedAt, row.State, row.Name, row.Email, row.Lines.Count, row.Total))
            .ToListAsync(cancellationToken);

    private static OrderFindings Page(IEnumerable<ListedOrder> orders, long? next, long? previous) => new(
        [.. orders.Select(row => new OrderSummary(row.Number, row.PlacedAt, OrderStateText.Parse(row.State), row.Name, row.Email, row.Pairs, row.Total))], next, previous);

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

    private sealed record ListedOrder(long Id, string Number, DateTimeOffset PlacedAt, string State, string Name, string Email, int Pairs, decimal Total);
}
