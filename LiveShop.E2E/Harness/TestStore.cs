using Npgsql;

namespace LiveShop.E2E.Harness;

/// <summary>The database of a running shop: to set the stage, and to see what is really in it.</summary>
public sealed class TestStore(NpgsqlDataSource database) : IAsyncDisposable
{
    /// <summary>Sets what is left of an item, with the ledger row that any change has.</summary>
    public async Task SetAvailabilityAsync(int itemId, int pairs)
    {
        await using var batch = database.CreateBatch();
        var ledger = new NpgsqlBatchCommand(
            "insert into stock_movements (item_id, delta, reason, actor) select item_id, $2 - available, 'correction', 'test' from availabilities where item_id = $1 and available <> $2");
        var change = new NpgsqlBatchCommand("update availabilities set available = $2 where item_id = $1");
        foreach (var command in new[] { ledger, change })
        {
            command.Parameters.Add(new NpgsqlParameter { Value = itemId });
            command.Parameters.Add(new NpgsqlParameter { Value = pairs });
            batch.BatchCommands.Add(command);
        }
        await batch.ExecuteNonQueryAsync();
    }

    public Task<int> AvailabilityAsync(int itemId) => ScalarAsync<int>($"select available from availabilities where item_id = {itemId}");

    /// <summary>Items of which the ledger does not add up to what is left. Always 0.</summary>
    public Task<long> LedgerMismatchesAsync() => ScalarAsync<long>(
        "select count(*) from availabilities a where a.available <> (select coalesce(sum(delta), 0) from stock_movements m where m.item_id = a.item_id)");

    public Task<long> OrdersAsync() => ScalarAsync<long>("select count(*) from orders");

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
}
