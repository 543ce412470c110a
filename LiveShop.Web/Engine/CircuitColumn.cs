using System.Diagnostics;
using System.Globalization;
using LiveShop.Web.Circuits;

namespace LiveShop.Web.Engine;

/// <summary>One thing to know of a circuit, and to sort circuits by.</summary>
internal sealed class CircuitColumn
{
    public static readonly CircuitColumn Page = new("Page", circuit => circuit.Page?.Route ?? "", (circuit, _) => circuit.Page?.Route ?? "–", isNumber: false);
    public static readonly CircuitColumn State = new("Browser", circuit => circuit.IsConnected, (circuit, _) => circuit.IsConnected ? "here" : "away", isNumber: false);
    public static readonly CircuitColumn Age = new("Age", circuit => -circuit.OpenedAt, (circuit, now) => EngineWords.Age(Stopwatch.GetElapsedTime(circuit.OpenedAt, now)));
    public static readonly CircuitColumn Idle = new("Last heard of", circuit => -circuit.LastActivityAt, (circuit, now) => EngineWords.Age(Stopwatch.GetElapsedTime(circuit.LastActivityAt, now)));
    public static readonly CircuitColumn Renders = new("Renders", circuit => circuit.Renders, (circuit, _) => circuit.Renders.ToString(CultureInfo.InvariantCulture));
    public static readonly CircuitColumn Bytes = new("KB sent", circuit => circuit.BytesSent, (circuit, _) => (circuit.BytesSent / 1024.0).ToString("0.0", CultureInfo.InvariantCulture));
    public static readonly CircuitColumn Slowest = new(
        "Slowest handler", circuit => circuit.Slowest.Duration, (circuit, _) => circuit.Slowest == HandlerTime.None ? "–" : $"{EngineWords.Time(circuit.Slowest.Duration)} {circuit.Slowest.Handler}", isNumber: false);

    public static readonly IReadOnlyList<CircuitColumn> All = [Page, State, Age, Idle, Renders, Bytes, Slowest];

    private readonly Func<CircuitVitals, IComparable> key;
    private readonly Func<CircuitVitals, long, string> text;

    private CircuitColumn(string title, Func<CircuitVitals, IComparable> key, Func<CircuitVitals, long, string> text, bool isNumber = true) =>
        (Title, this.key, this.text, IsNumber) = (title, key, text, isNumber);

    public string Title { get; }

    public bool IsNumber { get; }

    public string Text(CircuitVitals circuit) => text(circuit, Stopwatch.GetTimestamp());

    /// <summary>Circuits that are alike here stand in the order of their ids, so that rows stay where they are.</summary>
    public IEnumerable<CircuitVitals> Order(IEnumerable<CircuitVitals> circuits, bool descending) =>
        (descending ? circuits.OrderByDescending(key) : circuits.OrderBy(key)).ThenBy(circuit => circuit.Id, StringComparer.Ordinal);
}
