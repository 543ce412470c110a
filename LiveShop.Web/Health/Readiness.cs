using System.Diagnostics.Metrics;
using LiveShop.Domain;
using LiveShop.Web.Cluster;

namespace LiveShop.Web.Health;

/// <summary>Whether this node can take shoppers.</summary>
internal sealed class Readiness
{
    public const string Ready = "ready";

    /// <summary>It will not be ready again.</summary>
    public const string Leaving = "draining";

    private readonly Inventory inventory;
    private readonly Draining draining;
    private readonly RedisLink? redis;

    public Readiness(Inventory inventory, Meter meter, Draining draining, RedisLink? redis = null)
    {
        (this.inventory, this.draining, this.redis) = (inventory, draining, redis);
        meter.CreateObservableGauge("liveshop.node.ready", () => Reasons is [] ? 1 : 0, description: "Whether this node can take shoppers, as /health/ready tells: 1 or 0.");
    }

    /// <summary>In a word, for operators.</summary>
    public string State => draining.IsUnderWay ? Leaving : Reasons is [] ? Ready : "not ready";

    /// <summary>Why it cannot; empty when it can.</summary>
    public IReadOnlyList<string> Reasons
    {
        get
        {
            var reasons = new List<string>();
            if (!inventory.IsLoaded) reasons.Add("The inventory has not been loaded yet.");
            if (!inventory.IsDatabaseReachable) reasons.Add("The database is out of reach.");
            if (redis is { IsReachable: false }) reasons.Add("Redis is out of reach.");
            if (draining.IsUnderWay) reasons.Add("This node is draining.");
            return reasons;
        }
    }
}
