using System.Diagnostics;
using Npgsql;

namespace LiveShop.Domain;

/// <summary>Decides a batch of purchases in one transaction, in two round trips and a commit, and answers them after it.</summary>
/// <remarks>
/// Carts are locked in the order of their ids, then item rows in the order of theirs, so batches of any number of nodes queue up
/// and never wait for each other in a circle. The rows that everybody wants are written last.
/// </remarks>
internal sealed class PurchaseBatch(NpgsqlDataSource dataSource, Inventory inventory, IEventBus bus, CheckoutMetrics metrics)
{
    /// <summary>Whether another node placed an order under one of the batch's keys (or numbers) at the same moment.</summary>
    public static bool IsKeyTaken(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "orders" };

    public async Task DecideAsync(IReadOnlyList<Purchase> purchases)
    {
        using var activity = Begin(purchases);
        var begun = Stopwatch.GetTimestamp();
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var facts = await ReadFactsAsync(connection, purchases);
        var decision = new PurchaseDecision(facts);
        var answers = purchases.Select(purchase => (purchase, decision.Decide(purchase.Request))).ToList();

        if (decision.Placed.Count > 0)
        {
            var committed = await WriteAsync(connection, decision, facts);
            await transaction.CommitAsync();
            // Carts first: the buyer of the last pair, whose cart is empty by then, is not told that it is gone.
            foreach (var changed in committed.Carts) bus.Publish(changed);
            inventory.Publish(committed.Availability);
            metrics.Committed(begun, decision.Placed.Sum(order => order.Request.Lines.Length));
        }
        foreach (var (purchase, outcome) in answers) purchase.Answer(outcome);
    }

    /// <summary>Begins a span that follows from those of the purchases. Null, at no cost, when nobody traces.</summary>
    private static Activity? Begin(IReadOnlyList<Purchase> purchases) => !Telemetry.Activities.HasListeners() ? null : Telemetry.Activities.StartActivity(
        "purchase", ActivityKind.Internal, parentContext: default, links: purchases.Where(purchase => purchase.Cause != default).Select(purchase => new ActivityLink(purchase.Cause)));

    private static async Task<PurchaseFacts> ReadFactsAsync(NpgsqlConnection connection, IReadOnlyList<Purchase> purchases)
    {
        var cartIds = Column(purchases, purchase => purchase.Request.CartId.Value).Distinct().ToArray();
        var itemIds = purchases.SelectMany(purchase => purchase.Request.Lines).Select(line => line.ItemId).Distinct().ToArray();
        var keys = Column(purchases, purchase => purchase.Request.Key);

        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Command("select id, checkout_key from carts where id = any($1) order by id for update", cartIds),
                Command("select item_id from availabilities where item_id = any($1) order by item_id for update", itemIds),
                // A statement of its own, because it sees what was committed while the one before waited for its locks, such as a stop.
                Command(
                    """
                    select a.item_id, i.sku, p.name, i.size, p.price,
                      p.released_at is not null and p.retired_at is null and p.stopped_at is null and i.stopped_at is null, a.available
                    from availabilities a join items i on i.id = a.item_id join products p on p.id = i.product_id
                    where a.item_id = any($1)
                    """, itemIds),
                Command("select cart_id, item_id from cart_items where cart_id = any($1)", cartIds),
                Command(
                    """
                    select o.idempotency_key, o.number, o.cart_id, array_agg(l.item_id)
                    from orders o join order_lines l on l.order_id = o.id where o.idempotency_key = any($1) group by o.id
                    """, keys),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync();
        var carts = new Dictionary<CartId, CartFacts>();
        while (await reader.ReadAsync()) carts.Add(Cart(reader, 0), new CartFacts(reader.GetGuid(1), []));

        await reader.NextResultAsync();
        var locked = new HashSet<int>();
        while (await reader.ReadAsync()) locked.Add(reader.GetInt32(0));

        await reader.NextResultAsync();
        var items = new Dictionary<int, ItemFacts>();
        while (await reader.ReadAsync())
        {
            if (!locked.Contains(reader.GetInt32(0))) continue;
            items.Add(reader.GetInt32(0), new ItemFacts(
                reader.GetString(1), reader.GetString(2), reader.GetDecimal(3), reader.GetDecimal(4), reader.GetBoolean(5), reader.GetInt32(6)));
        }

        await reader.NextResultAsync();
        while (await reader.ReadAsync())
        {
            // A cart that was stored after the first statement is not locked, and does not count.
            if (carts.TryGetValue(Cart(reader, 0), out var cart)) cart.ItemIds.Add(reader.GetInt32(1));
        }

        await reader.NextResultAsync();
        var orders = new Dictionary<Guid, KnownOrder>();
        while (await reader.ReadAsync())
        {
            orders.Add(reader.GetGuid(0), new KnownOrder(reader.GetString(1), Cart(reader, 2), [.. reader.GetFieldValue<int[]>(3)]));
        }
        return new PurchaseFacts(items, carts, orders);
    }

    private static async Task<Committed> WriteAsync(NpgsqlConnection connection, PurchaseDecision decision, PurchaseFacts facts)
    {
        var orders = decision.Placed;
        var lines = orders.SelectMany(order => order.Request.Lines, (order, line) => (order.Number, line.ItemId, Item: facts.Items[line.ItemId])).ToList();
        var cartIds = Column(orders, order => order.Request.CartId.Value);
        var taken = decision.Taken().ToList();

        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Command(
                    $"""
                    with placed as (
                      insert into orders (number, cart_id, idempotency_key, email, name, address, city, postal_code, country, total)
                      select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id, email)
                    insert into emails (order_id, kind, recipient) select id, '{OutgoingMail.Confirmation}', email from placed
                    """,
                    Column(orders, order => order.Number),
                    cartIds,
                    Column(orders, order => order.Request.Key),
                    Column(orders, order => order.Request.Delivery.Email),
                    Column(orders, order => order.Request.Delivery.Name),
                    Column(orders, order => order.Request.Delivery.Address),
                    Column(orders, order => order.Request.Delivery.City),
                    Column(orders, order => order.Request.Delivery.PostalCode),
                    Column(orders, order => order.Request.Delivery.Country),
                    Column(orders, order => order.Request.Lines.Sum(line => line.Price))),
                Command(
                    """
                    insert into order_lines (order_id, item_id, sku, product_name, size, price)
                    select o.id, l.item_id, l.sku, l.product_name, l.size, l.price
                    from unnest($1, $2, $3, $4, $5, $6) as l (number, item_id, sku, product_name, size, price) join orders o on o.number = l.number
                    """,
                    Column(lines, line => line.Number),
                    Column(lines, line => line.ItemId),
                    Column(lines, line => line.Item.Sku),
                    Column(lines, line => line.Item.ProductName),
                    Column(lines, line => line.Item.Size),
                    Column(lines, line => line.Item.Price)),
                Command(
                    $"""
                    insert into stock_movements (item_id, delta, reason, order_id, actor)
                    select l.item_id, -1, '{StockReason.Sale}', o.id, 'shopper'
                    from unnest($1, $2) as l (number, item_id) join orders o on o.number = l.number
                    """,
                    Column(lines, line => line.Number),
                    Column(lines, line => line.ItemId)),
                Command("delete from cart_items where cart_id = any($1)", cartIds),
                Command(
                    """
                    update carts set version = nextval('shop_version'), checkout_key = gen_random_uuid(), updated_at = now()
                    where id = any($1) returning id, version, checkout_key
                    """, cartIds),
                Command(
                    """
                    update availabilities a set available = a.available - taken.pairs
                    from unnest($1, $2) as taken (item_id, pairs) where a.item_id = taken.item_id
                    returning a.item_id, a.available, a.version
                    """,
                    Column(taken, row => row.ItemId),
                    Column(taken, row => row.Pairs)),
            },
        };

        await using var reader = await batch.ExecuteReaderAsync();
        var numbers = orders.ToDictionary(order => order.Request.CartId, order => order.Number);
        var carts = new List<CartChanged>();
        while (await reader.ReadAsync())
        {
            var id = Cart(reader, 0);
            carts.Add(new CartChanged(new Cart(id, reader.GetInt64(1), reader.GetGuid(2), []), numbers[id]));
        }
        await reader.NextResultAsync();
        var availability = new List<AvailabilityChanged>();
        while (await reader.ReadAsync())
        {
            availability.Add(new AvailabilityChanged(reader.GetInt32(0), new Availability(reader.GetInt32(1), reader.GetInt64(2))));
        }
        return new Committed(availability, carts);
    }

    private static T[] Column<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, T> value) => [.. rows.Select(value)];

    private static NpgsqlBatchCommand Command(string sql, params Array[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return command;
    }

    private static CartId Cart(NpgsqlDataReader reader, int column) =>
        CartId.TryParse(reader.GetString(column), out var id) ? id : throw new InvalidDataException("A stored cart id is not one.");

    private sealed record Committed(List<AvailabilityChanged> Availability, List<CartChanged> Carts);
}
