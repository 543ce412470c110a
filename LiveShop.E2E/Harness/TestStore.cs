using Npgsql;

namespace LiveShop.E2E.Harness;

/// <summary>The database of a running shop: to set the stage, and to see what is really in it.</summary>
public sealed class TestStore(NpgsqlDataSource database) : IAsyncDisposable
{
    /// <summary>Sets what is left of an item, with the ledger row that any change has.</summary>
    public Task SetAvailabilityAsync(int itemId, int pairs) => SetAsync(pairs, itemId);

    public Task SetEveryAvailabilityAsync(int pairs) => SetAsync(pairs, itemId: 0);

    /// <summary>What another node does to the database when it releases a product.</summary>
    public Task ReleaseAsync(int productId) => ExecuteAsync($"update products set released_at = now() where id = {productId}");

    /// <summary>What another node does to the database when its operator changes a price.</summary>
    public Task SetPriceAsync(int productId, int price) => ExecuteAsync($"update products set price = {price} where id = {productId}");

    /// <summary>Forgets what operators have chosen about the look of their pages.</summary>
    public Task ForgetPreferencesAsync() => ExecuteAsync("delete from asp_net_user_tokens where login_provider = 'liveshop.preferences'");

    /// <summary>What another node does when its operator schedules a product.</summary>
    public Task ScheduleAsync(int productId, DateTimeOffset at) => ExecuteAsync($"update products set scheduled_at = '{at:O}' where id = {productId}");

    public Task<int> AvailabilityAsync(int itemId) => ScalarAsync<int>($"select available from availabilities where item_id = {itemId}");

    /// <summary>Items of which the ledger does not add up to what is left. Always 0.</summary>
    public Task<long> LedgerMismatchesAsync() => ScalarAsync<long>(
        "select count(*) from availabilities a where a.available <> (select coalesce(sum(delta), 0) from stock_movements m where m.item_id = a.item_id)");

    public Task<long> OrdersAsync() => ScalarAsync<long>("select count(*) from orders");

    /// <summary>
    /// Returns when the shop has compared its Shelf with the database after this was called, so what was changed before is
    /// known to it, and what is changed from now on is news of its own.
    /// </summary>
    public async Task NextSweepAsync()
    {
        var now = await ScalarAsync<DateTime>("select clock_timestamp()");
        // Its three reads follow each other at once; a tenth of a second tells the last read of a sweep from one that began before.
        await Eventually.EqualAsync(true, () => ScalarAsync<bool>(
            $"""
            select exists (select from pg_stat_activity where datname = current_database() and state = 'idle'
              and query like '%from products where changed_in >=%' and query_start > '{now:O}'::timestamptz + interval '100 ms')
            """));
    }

    /// <summary>How many of the shop's statements wait for a lock.</summary>
    public Task<long> WaitingForLocksAsync() => ScalarAsync<long>(
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Holds locks until it is disposed, as a database that has become slow does.</summary>
    public async Task<IAsyncDisposable> HoldAsync(string lockStatement)
    {
        var connection = await database.OpenConnectionAsync();
        await using var begin = new NpgsqlCommand("begin; " + lockStatement, connection);
        await begin.ExecuteNonQueryAsync();
        return connection;
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private async Task ExecuteAsync(string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <param name="itemId">0 for all.</param>
    private Task SetAsync(int pairs, int itemId) => ExecuteAsync(
        $"""
        with changed as (
          select item_id, {pairs} - available as delta from availabilities where available <> {pairs} and {itemId} in (0, item_id)
          order by item_id for update),
        ledger as (insert into stock_movements (item_id, delta, reason, actor) select item_id, delta, 'correction', 'test' from changed)
        update availabilities a set available = {pairs} from changed where a.item_id = changed.item_id
        """);
}
