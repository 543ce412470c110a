using LiveShop.Web.Database;
using Npgsql;

namespace LiveShop.Tests.Harness;

/// <summary>
/// The PostgreSQL of a test run: one private server, started by the first test that wants it and gone after the last.
/// Where there is none to start, those tests fail with the line that says what to install.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    /// <summary>Tests that use the server take turns, so that none is slowed down past a deadline by another's crowd.</summary>
    public const string Collection = "PostgreSQL";

    private const string Template = "shop_template";
    private readonly string directory = Directory.CreateTempSubdirectory("liveshop-test-").FullName;
    private EmbeddedPostgres? server;
    private int created;

    public async Task InitializeAsync()
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("These tests start a PostgreSQL of their own, on Linux only.");
        // The server runs as another user when this is root, and must get through.
        File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        var options = new EmbeddedPostgresOptions(Path.Combine(directory, "data"), EmbeddedPostgresRole.Command)
        {
            Durable = false,
            // Five nodes with full pools.
            MaxConnections = 520,
        };
        server = await EmbeddedPostgres.StartAsync(options, CancellationToken.None);

        await using var node = new ShopNode(AddressOf(Template) + ";Pooling=false");
        await node.Database.MigrateAsync();
    }

    /// <summary>A database with the shop's tables and nothing in them.</summary>
    public Task<TestDatabase> CreateDatabaseAsync() => CreateAsync($"template {Template}");

    /// <summary>A database without tables.</summary>
    public Task<TestDatabase> CreateEmptyDatabaseAsync() => CreateAsync("");

    /// <summary>The address of a database that nobody has created yet.</summary>
    public string AddressOfMissingDatabase() => AddressOf(NextName());

    public async Task DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private async Task<TestDatabase> CreateAsync(string options)
    {
        var name = NextName();
        await using var connection = new NpgsqlConnection(AddressOf("postgres"));
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"create database {name} {options}", connection);
        await create.ExecuteNonQueryAsync();
        return new TestDatabase(AddressOf(name));
    }

    private string NextName() => $"shop_{Interlocked.Increment(ref created)}";

    public string AddressOf(string database) => new NpgsqlConnectionStringBuilder(server!.ConnectionString) { Database = database }.ConnectionString;
}

[CollectionDefinition(PostgresServer.Collection)]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>;
