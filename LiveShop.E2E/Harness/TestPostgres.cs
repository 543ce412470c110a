using LiveShop.Web.Database;
using Npgsql;

namespace LiveShop.E2E.Harness;

/// <summary>One PostgreSQL for the whole run, started when the first scenario wants it. It need not survive a crash, so it does not sync.</summary>
internal static class TestPostgres
{
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), $"liveshop-e2e-{Environment.ProcessId}");
    private static Lazy<Task<EmbeddedPostgres>> server = new(StartAsync);
    private static int databases;

    /// <summary>The connection string of a database that does not exist yet; the shop creates it.</summary>
    public static async Task<string> NewDatabaseAsync()
    {
        var connection = new NpgsqlConnectionStringBuilder((await server.Value).ConnectionString)
        {
            Database = $"shop_{Environment.ProcessId}_{Interlocked.Increment(ref databases)}",
        };
        return connection.ConnectionString;
    }

    /// <summary>Stops it, once nobody uses it. It is started anew when it is wanted again.</summary>
    public static async Task StopAsync()
    {
        if (!server.IsValueCreated) return;
        await (await server.Value).DisposeAsync();
        Directory.Delete(Folder, recursive: true);
        server = new(StartAsync);
    }

    private static Task<EmbeddedPostgres> StartAsync() => EmbeddedPostgres.StartAsync(
        new EmbeddedPostgresOptions(Folder, EmbeddedPostgresRole.Shop) { Durable = false },
        CancellationToken.None);
}
