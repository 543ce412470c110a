using System.Diagnostics.Metrics;
using LiveShop.Domain;

namespace LiveShop.Web.Health;

/// <summary>Whether this node can take shoppers.</summary>
internal sealed class Readiness
{
    private readonly Inventory inventory;

    public Readiness(Inventory inventory, Meter meter)
    {
        this.inventory = inventory;
        meter.CreateObservableGauge("liveshop.node.ready", () => Reasons is [] ? 1 : 0, description: "Whether this node can take shoppers, as /health/ready tells: 1 or 0.");
    }

    /// <summary>Why it cannot; empty when it can.</summary>
    public IReadOnlyList<string> Reasons
    {
        get
        {
            var reasons = new List<string>();
            if (!inventory.IsLoaded) reasons.Add("The inventory has not been loaded yet.");
            if (!inventory.IsDatabaseReachable) reasons.Add("The database is out of reach.");
            return reasons;
        }
    }
}
