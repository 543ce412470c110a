using System.Diagnostics;
using System.Globalization;
using LiveShop.Load;
using Npgsql;

namespace LiveShop.E2E.Harness;

/// <summary>
/// Two nodes of the published shop behind HAProxy, with PostgreSQL and Redis, as <c>infra/cluster.sh</c> starts them. Shared by
/// the scenarios that need it, and started when the first of them does; each begins with all of it up and a fresh store.
/// </summary>
public sealed class ShopCluster : IAsyncLifetime
{
    /// <summary>Of each size when a scenario begins: the level is medium.</summary>
    public const int Pairs = 300;

    private const int Nodes = 2;
    private const int Items = 26;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string directory = Path.Combine(Path.GetTempPath(), $"liveshop-cluster-{Environment.ProcessId}");
    private int port;

    /// <summary>The balancer.</summary>
    public string Url => UrlOf(0);

    public TestStore? Store { get; private set; }

    public string PostgresAddress => PostgresAt(PostgresPort);

    public int PostgresPort => port + 1;

    public string RedisAddress => $"127.0.0.1:{port + 2}";

    /// <summary>Around the balancer. Cookies know no ports, so a browser has the same cart on all nodes.</summary>
    /// <param name="node">1 or 2.</param>
    public string NodeUrl(int node) => UrlOf(10 + node);

    public static string PostgresAt(int onPort) => $"Host=127.0.0.1;Port={onPort};Username=shop;Database=liveshop";

    /// <summary>Nothing yet.</summary>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Everything up, both products coming soon, and as many pairs of each size as said above.</summary>
    public async Task PrepareAsync()
    {
        if (port == 0 || (await TryAsync("status")).ExitCode != 0) await StartAsync();
        // The connections of the one before may be to a server that has been killed since.
        if (Store is not null) await Store.DisposeAsync();
        Store = new TestStore(NpgsqlDataSource.Create(PostgresAddress));
        await StoreReset.RunAsync(PostgresAddress);
        await Store.SetEveryAvailabilityAsync(Pairs);
    }

    /// <summary>Runs a verb of the script, which must succeed.</summary>
    public async Task DoAsync(params string[] words)
    {
        var result = await TryAsync(words);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', words)}: {result}");
    }

    /// <summary>Runs the shop's command line as one more node.</summary>
    public Task CommandAsync(params string[] words) => DoAsync(["shop", .. words]);

    /// <summary>Releases both products, and returns when both nodes show their sizes at the level that they have.</summary>
    public async Task ReleaseAsync()
    {
        for (var product = 1; product <= 2; product++) await Store!.ReleaseAsync(product);
        for (var node = 1; node <= Nodes; node++)
        {
            using var http = new HttpClient { BaseAddress = new Uri(NodeUrl(node)) };
            await Eventually.EqualAsync(Items, async () => (await http.GetStringAsync("/")).Split("size-container__entry--level-medium").Length - 1);
        }
    }

    /// <summary>What a node says of itself, with the reasons; empty while it does not listen.</summary>
    public async Task<string> ReadinessAsync(int node)
    {
        using var http = new HttpClient();
        try
        {
            using var answer = await http.GetAsync(new Uri($"{NodeUrl(node)}/health/ready"));
            return await answer.Content.ReadAsStringAsync();
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }

    public async Task DisposeAsync()
    {
        if (port == 0) return;
        if (Store is not null) await Store.DisposeAsync();
        await DoAsync("down");
        Directory.Delete(directory, recursive: true);
    }

    private async Task StartAsync()
    {
        if (port != 0) await DoAsync("down");
        port = Ports.FreeInARow(count: 10 + Nodes + 1);
        await DoAsync("up", Nodes.ToString(CultureInfo.InvariantCulture));
    }

    private string UrlOf(int offset) => $"http://127.0.0.1:{port + offset}";

    /// <summary>Runs a verb of the script to its end.</summary>
    public async Task<CommandResult> TryAsync(params string[] words)
    {
        using var script = new Process
        {
            StartInfo = new ProcessStartInfo("bash", [Path.Combine(PublishedShop.Root, "infra", "cluster.sh"), .. words])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment =
                {
                    ["CLUSTER_DIR"] = directory,
                    ["CLUSTER_PORT"] = port.ToString(CultureInfo.InvariantCulture),
                    ["CLUSTER_SHOP"] = PublishedShop.Executable,
                    ["CLUSTER_PASSWORD"] = Operator.Password,
                },
            },
        };
        script.Start();
        var (output, error) = (script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync());
        try
        {
            await script.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            script.Kill(entireProcessTree: true);
            throw;
        }
        return new CommandResult(script.ExitCode, await output, await error);
    }
}

/// <summary>A scenario on a <see cref="ShopCluster"/>.</summary>
public abstract class ClusterScenario(Chrome chrome, ShopCluster cluster) : Scenario(chrome)
{
    protected ShopCluster Cluster => cluster;

    protected TestStore Store => cluster.Store!;

    public override Task InitializeAsync() => cluster.PrepareAsync();

    /// <summary>A shopper with a browser of their own, who comes through the balancer unless a tab is opened on a node.</summary>
    protected Task<Shopper> NewShopperAsync() => NewShopperAsync(cluster.Url);
}
