using System.Diagnostics.Metrics;

namespace LiveShop.Domain;

internal sealed class CartMetrics(Meter meter)
{
    private readonly Counter<long> changes = meter.CreateCounter<long>("liveshop.carts.changed", "{change}", "Items that shoppers of this node put into carts and took out again.");
    private readonly Counter<long> healed = meter.CreateCounter<long>("liveshop.carts.healed", "{cart}", "Connected carts that this node found changed in the database without having been told.");

    /// <param name="change">"added" or "removed".</param>
    public void Changed(string change) => changes.Add(1, new KeyValuePair<string, object?>("change", change));

    public void Healed() => healed.Add(1);
}
