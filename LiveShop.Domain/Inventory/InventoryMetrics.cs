using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LiveShop.Domain;

internal sealed class InventoryMetrics(Meter meter)
{
    private readonly Counter<long> releases = meter.CreateCounter<long>("liveshop.releases", "{product}", "Products that this node released, at once or at their time.");
    private readonly Counter<long> announcements = meter.CreateCounter<long>("liveshop.shelf.announcements", "{notice}", "Notices of changed stock levels and products to the circuits of this node.");
    private readonly Counter<long> healed = meter.CreateCounter<long>("liveshop.sweep.healed", "{change}", "Changes that the sweep found in the database before any event told of them.");
    private readonly Histogram<double> sweep = meter.CreateHistogram("liveshop.sweep.duration", "s", "Time of one comparison of versions with the database, round trips included.", advice: Buckets.Seconds);
    private readonly Gauge<int> reachable = meter.CreateGauge<int>("liveshop.database.reachable", description: "Whether the last sweep reached the database: 1 or 0.");
    private readonly Gauge<long> mismatches = meter.CreateGauge<long>("liveshop.ledger.mismatches", "{item}", "Items whose ledger does not add up to what is left of them. Anything but 0 is a defect.");

    public void Released(int products) => releases.Add(products);

    public void Announced() => announcements.Add(1);

    /// <param name="begun">A timestamp of <see cref="Stopwatch"/>.</param>
    public void Swept(long begun, int found)
    {
        sweep.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds);
        if (found > 0) healed.Add(found);
    }

    public void Reached(bool isReachable) => reachable.Record(isReachable ? 1 : 0);

    public void Audited(long unequal) => mismatches.Record(unequal);
}
