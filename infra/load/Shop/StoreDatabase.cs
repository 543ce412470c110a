using LiveShop.Domain;
using Npgsql;

namespace LiveShop.Load;

/// <summary>The shop's database: to set the stage for a test, and to learn afterwards what is true.</summary>
internal sealed class StoreDatabase(string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource database = NpgsqlDataSource.Create(connectionString);

    /// <summary>The machines that a connection string names; none for null.</summary>
    public static IEnumerable<string> HostsOf(string? connectionString) =>
        connectionString is null ? [] : (new NpgsqlConnectionStringBuilder(connectionString).Host ?? "localhost").Split(',').Select(host => host.Contains('/') ? host : host.Split(':')[0]);

    /// <summary>What a node does when its operator releases everything; other nodes find it by their sweep, within half a second.</summary>
    public Task ReleaseAllAsync() => ExecuteAsync("update products set released_at = clock_timestamp() where released_at is null and retired_at is null");

    /// <summary>Back to "coming soon".</summary>
    public Task WithdrawAllAsync() => ExecuteAsync("update products set released_at = null");

    /// <summary>What is left of each item in the store.</summary>
    public async Task<Dictionary<int, int>> StockAsync()
    {
        var stock = new Dictionary<int, int>();
        await ReadAsync(
            "select a.item_id, a.available from availabilities a join items i on i.id = a.item_id join products p on p.id = i.product_id where p.retired_at is null",
            row => stock.Add(row.GetInt32(0), row.GetInt32(1)));
        return stock;
    }

    /// <summary>Sets what is left of an item, of every item for 0, with the ledger rows of a correction.</summary>
    public Task SetStockAsync(int pairs, int itemId = 0) => ExecuteAsync(
        $"""
        with changed as (
          select item_id, {pairs} - available as delta from availabilities where available <> {pairs} and {itemId} in (0, item_id)
          order by item_id for update),
        ledger as (insert into stock_movements (item_id, delta, reason, actor) select item_id, delta, 'correction', 'load tester' from changed)
        update availabilities a set available = {pairs} from changed where a.item_id = changed.item_id
        """);

    /// <summary>The newest row of the ledger.</summary>
    public Task<long> LastMovementAsync() => ScalarAsync<long>("select coalesce(max(id), 0) from stock_movements");

    /// <summary>
    /// The ledger after a row, in its order, which for each item is the order of commits. The time is that of the commit where
    /// the server keeps those (<c>track_commit_timestamp</c>), else that of the transaction's start, which is earlier.
    /// </summary>
    public async Task<List<Movement>> MovementsAsync(long after)
    {
        var at = await KeepsCommitTimesAsync() ? "pg_xact_commit_timestamp(xmin)" : "at";
        var movements = new List<Movement>();
        await ReadAsync(
            $"select item_id, delta, reason, {at} from stock_movements where id > {after} order by id",
            row => movements.Add(new Movement(row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3).UtcDateTime)));
        return movements;
    }

    public async Task<bool> KeepsCommitTimesAsync() => await ScalarAsync<string>("select current_setting('track_commit_timestamp')") == "on";

    /// <summary>Numbers of the orders with a sale after the row of the ledger.</summary>
    public async Task<HashSet<string>> OrdersAsync(long afterMovement)
    {
        var numbers = new HashSet<string>();
        await ReadAsync(
            $"select distinct o.number from orders o join stock_movements m on m.order_id = o.id where m.id > {afterMovement} and m.reason = 'sale'",
            row => numbers.Add(row.GetString(0)));
        return numbers;
    }

    /// <summary>The orders after the row of the ledger, each with the address that it was placed with.</summary>
    public async Task<List<PlacedOrder>> PlacedOrdersAsync(long afterMovement)
    {
        var orders = new List<PlacedOrder>();
        await ReadAsync(
            $"select number, email from orders where id in (select order_id from stock_movements where id > {afterMovement} and reason = 'sale')",
            row => orders.Add(new PlacedOrder(row.GetString(0), row.GetString(1))));
        return orders;
    }

    /// <summary>Items whose ledger does not add up to what is left, or that are sold below nothing. Always 0.</summary>
    public Task<long> WrongItemsAsync() => ScalarAsync<long>(
        "select count(*) from availabilities a where a.available < 0 or a.available <> (select coalesce(sum(delta), 0) from stock_movements m where m.item_id = a.item_id)");

    /// <summary>Order lines that no sale in the ledger answers, and sales of no order line. Always 0.</summary>
    public Task<long> UnmatchedLinesAsync() => ScalarAsync<long>(
        """
        select count(*) from order_lines l full join (select order_id, item_id, sum(-delta) as pairs from stock_movements where reason = 'sale' group by 1, 2) m
          on m.order_id = l.order_id and m.item_id = l.item_id
        where m.pairs is distinct from 1 or l.item_id is null
        """);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private async Task ReadAsync(string sql, Action<NpgsqlDataReader> take)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) take(reader);
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

/// <param name="At">UTC; see <see cref="StoreDatabase.MovementsAsync"/>.</param>
internal readonly record struct Movement(int ItemId, int Delta, string Reason, DateTime At);
