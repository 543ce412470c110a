using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace LiveShop.Web.Circuits;

/// <summary>The circuits of this node. A circuit is open until the framework gives it up, minutes after its browser went without a word.</summary>
internal sealed class OpenCircuits
{
    private readonly ConcurrentDictionary<CircuitVitals, bool> circuits = [];
    private readonly Counter<long> opened;
    private readonly Counter<long> refused;
    private readonly Counter<long> lost;

    public OpenCircuits(Meter meter)
    {
        meter.CreateObservableGauge("liveshop.circuits.open", () => circuits.Count, "{circuit}", "Circuits on this node, those included whose browser is expected back.");
        meter.CreateObservableGauge("liveshop.circuits.disconnected", () => circuits.Keys.Count(vitals => !vitals.IsConnected), "{circuit}", "Circuits whose browser is away and expected back.");
        opened = meter.CreateCounter<long>("liveshop.circuits.opened", "{circuit}", "Circuits that were opened.");
        refused = meter.CreateCounter<long>("liveshop.circuits.refused", "{circuit}", "Browsers that asked for a circuit and got none, by reason.");
        lost = meter.CreateCounter<long>("liveshop.circuits.lost", "{circuit}", "Circuits that ended because their browser went without a word and did not come back.");
    }

    /// <summary>Those that are open now, in no order.</summary>
    public IReadOnlyCollection<CircuitVitals> All => (IReadOnlyCollection<CircuitVitals>)circuits.Keys;

    public CircuitVitals? Find(string id) => All.FirstOrDefault(circuit => circuit.Id == id);

    /// <summary>Whether it is the first of the requests that end in a circuit. A client of its own making may leave the negotiation out.</summary>
    public static bool IsAskedFor(HttpRequest request) =>
        request.Path.Equals("/_blazor/negotiate", StringComparison.OrdinalIgnoreCase)
        || (request.Path.Equals("/_blazor", StringComparison.OrdinalIgnoreCase) && !request.Query.ContainsKey("id"));

    /// <param name="reason">One of few, as a label.</param>
    public void Refused(string reason) => refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    internal void Open(CircuitVitals vitals)
    {
        if (circuits.TryAdd(vitals, true)) opened.Add(1);
    }

    internal void Close(CircuitVitals vitals, bool wasLost)
    {
        if (circuits.TryRemove(vitals, out _) && wasLost) lost.Add(1);
    }
}
