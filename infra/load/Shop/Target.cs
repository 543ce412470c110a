namespace LiveShop.Load;

/// <summary>The shop under test: one that runs already, or one that was started for the test.</summary>
internal sealed class Target : IAsyncDisposable
{
    private readonly OwnShop? own;

    private Target(Uri url, string? connectionString, OwnShop? own, Cluster? cluster = null)
    {
        (this.own, Cluster) = (own, cluster);
        Shop = new ShopAddress(url);
        Database = connectionString is null ? null : new StoreDatabase(connectionString);
        // Of a cluster the balancer would be found.
        Server = own is not null ? new ServerProcess(own.ProcessId) : url.IsLoopback && cluster is null ? ServerProcess.ListeningOn(url.Port) : null;
    }

    public ShopAddress Shop { get; }

    /// <summary>Null when none was named for a shop that runs already.</summary>
    public StoreDatabase? Database { get; }

    /// <summary>Null for a single shop.</summary>
    public Cluster? Cluster { get; }

    /// <summary>Null when it cannot be told which process answers.</summary>
    public ServerProcess? Server { get; }

    /// <summary>What the shop's log says went wrong; null for a shop that was started by somebody else.</summary>
    public IReadOnlyList<string>? Errors => own?.Errors;

    /// <exception cref="LoadRefusedException"/>
    public static async Task<Target> OpenAsync(LoadOptions options, CancellationToken stop)
    {
        if (options.ShopExecutable is { } executable)
        {
            if (options.Url is not null) throw new LoadRefusedException("Name the shop once: its URL, or --shop.");
            var own = await OwnShop.StartAsync(executable, options.Pin?.Server, options.ShopSettings, stop);
            return new Target(own.Url, own.ConnectionString, own);
        }
        if (options.Url is not { } url) throw new LoadRefusedException("Name the shop: its URL, or --shop and the published executable.");
        var allowed = Environment.GetEnvironmentVariable(Loopback.Variable);
        Loopback.Check(url, options.AllowedHost, allowed);
        // A drop empties shelves and carts: the database is as little somebody else's as the shop.
        foreach (var host in StoreDatabase.HostsOf(options.Database)) Loopback.CheckHost(host, options.AllowedHost, allowed);
        return new Target(url, options.Database, null, options.ClusterScript is { } script ? Cluster.Behind(url, script, options.Nodes) : null);
    }

    public async ValueTask DisposeAsync()
    {
        if (Database is not null) await Database.DisposeAsync();
        Cluster?.Dispose();
        Shop.Dispose();
        if (own is not null) await own.DisposeAsync();
    }
}
