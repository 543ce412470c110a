using LiveShop.Domain;

namespace LiveShop.Load;

/// <summary>What the command line asks for.</summary>
internal sealed record LoadOptions
{
    /// <summary>A shop that runs already.</summary>
    public Uri? Url { get; init; }

    /// <summary>The published shop to start for the test, instead of <see cref="Url"/>.</summary>
    public string? ShopExecutable { get; init; }

    public IReadOnlyList<string> ShopSettings { get; init; } = [];

    /// <summary>The connection string of the database of <see cref="Url"/>.</summary>
    public string? Database { get; init; }

    public string? AllowedHost { get; init; }

    public int Clients { get; init; } = 1000;

    /// <summary>Between two starts; 0 is as fast as the server takes them.</summary>
    public TimeSpan Rampup { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Changes, purchases or clicks a second.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>After this, whatever has not ended is ended.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>In a drop: the longest that a shopper thinks before each step.</summary>
    public TimeSpan Think { get; init; } = TimeSpan.FromSeconds(2);

    public CorePair? Pin { get; init; }

    /// <summary>The shop's thresholds, which a tab does not tell.</summary>
    public StockLevels Levels { get; init; } = StockLevels.Default;

    /// <summary>For a drop: pairs of each size; null leaves what is there.</summary>
    public int? Stock { get; init; }

    /// <summary>The script of the cluster that <see cref="Url"/> is the balancer of; null for a single shop.</summary>
    public string? ClusterScript { get; init; }

    /// <summary>Of the cluster.</summary>
    public int Nodes { get; init; } = 3;

    /// <summary>Shoppers who buy, beside <see cref="Clients"/> who look on.</summary>
    public int Buyers { get; init; }

    /// <summary>Decides which disasters come, and when.</summary>
    public int Seed { get; init; }

    public FileInfo? Json { get; init; }

    public FileInfo? Html { get; init; }
}

/// <summary>The core that the server may use, and the one for everybody else.</summary>
internal readonly record struct CorePair(int Server, int Client);
