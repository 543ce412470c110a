using Npgsql;

namespace LiveShop.Tests.Harness;

/// <summary>A test's own database, spoken to in plain SQL, past the domain and on connections of its own.</summary>
public sealed class TestDatabase(string connectionString) : IAsyncDisposable
{
    private readonly NpgsqlDataSource connections = NpgsqlDataSource.Create(connectionString);

    public string ConnectionString => connectionString;

    public async Task<int> ExecuteAsync(string sql)
    {
        await using var command = connections.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The one value that the query gives.</summary>
    public async Task<T> ReadAsync<T>(string sql) => Assert.Single(await ReadAllAsync<T>(sql));

    /// <summary>The first column.</summary>
    public async Task<List<T>> ReadAllAsync<T>(string sql)
    {
        await using var command = connections.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<T>();
        while (await reader.ReadAsync()) values.Add(await reader.GetFieldValueAsync<T>(0));
        return values;
    }

    /// <summary>A session that stays open, for a test that holds a transaction while others work.</summary>
    public async Task<Session> OpenSessionAsync() => new(await connections.OpenConnectionAsync());

    /// <summary>Returns when so many sessions of the shop wait for a lock that another holds.</summary>
    public Task UntilSomebodyWaitsForALockAsync(int sessions = 1) => Eventually.TrueAsync(async () =>
        await ReadAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == sessions);

    /// <summary>What is left of each item, by item id.</summary>
    public Task<List<int>> AvailableAsync() => ReadAllAsync<int>("select available from availabilities order by item_id");

    /// <summary>Items for which the ledger does not add up to what is available.</summary>
    public Task<List<int>> ItemsWithAWrongLedgerAsync() => ReadAllAsync<int>(
        """
        select item_id from availabilities a
        where available <> (select coalesce(sum(delta), 0) from stock_movements m where m.item_id = a.item_id)
        """);

    public ValueTask DisposeAsync() => connections.DisposeAsync();

    public sealed class Session(NpgsqlConnection connection) : IAsyncDisposable
    {
        public async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
