using System.Diagnostics.Metrics;
using LiveShop.Domain;
using LiveShop.Web.Cluster;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LiveShop.Web.Health;

/// <summary>Whether this node can take shoppers, from what it knows: asking it asks no other server.</summary>
internal sealed class Readiness : IHealthCheck
{
    /// <summary>Name of this health check.</summary>
    public const string Check = "node";

    /// <summary>Names of the checks whose newest result, from <see cref="DependencyProbe"/>, counts here.</summary>
    public const string DatabaseCheck = "database", RedisCheck = "redis";

    public const string Ready = "ready";

    /// <summary>It will not be ready again.</summary>
    public const string Leaving = "draining";

    private readonly Inventory inventory;
    private readonly Draining draining;
    private readonly DependencyProbe probe;
    private readonly RedisLink? redis;

    public Readiness(Inventory inventory, Meter meter, Draining draining, DependencyProbe probe, RedisLink? redis = null)
    {
        (this.inventory, this.draining, this.probe, this.redis) = (inventory, draining, probe, redis);
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
            if (!inventory.IsDatabaseReachable || probe.HasFailed(DatabaseCheck)) reasons.Add("The database is out of reach.");
            if (redis is { IsReachable: false } || probe.HasFailed(RedisCheck)) reasons.Add("Redis is out of reach.");
            if (draining.IsUnderWay) reasons.Add("This node is draining.");
            return reasons;
        }
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var reasons = Reasons;
        return Task.FromResult(reasons is [] ? HealthCheckResult.Healthy() : new HealthCheckResult(context.Registration.FailureStatus, string.Join('\n', reasons)));
    }
}
