using LiveShop.Domain;

namespace LiveShop.Tests.Harness;

/// <summary>Tests over a database of their own: a fresh one each, with nodes that stop when the test ends.</summary>
[Collection(PostgresServer.Collection)]
public abstract class ShopTests(PostgresServer postgres) : IAsyncLifetime
{
    private readonly List<ShopNode> nodes = [];

    protected PostgresServer Postgres => postgres;

    protected TestDatabase Database { get; private set; } = null!;

    public virtual async Task InitializeAsync() => Database = await postgres.CreateDatabaseAsync();

    public virtual async Task DisposeAsync()
    {
        foreach (var node in nodes) await node.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>A node over the test's database. It neither watches nor sells until told to.</summary>
    protected ShopNode NewNode(ShopSettings? settings = null, IEventBus? bus = null, string? connectionString = null, RedisServer? redis = null)
    {
        var node = new ShopNode(connectionString ?? Database.ConnectionString, settings, bus, redis);
        nodes.Add(node);
        return node;
    }
}
