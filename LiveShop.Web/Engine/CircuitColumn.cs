using System.Diagnostics;
using System.Globalization;
using LiveShop.Web.Circuits;

namespace LiveShop.Web.Engine;

/// <summary>One thing to know of a circuit, and to sort circuits by.</summary>
internal sealed class CircuitColumn
{
    public static readonly CircuitColumn Page = new("page", "Page", circuit => circuit.Page?.Route ?? "", (circuit, _) => circuit.Page?.Route ?? "–", isNumber: false);
    public static readonly CircuitColumn State = new("browser", "Browser", circuit => circuit.IsConnected, (circuit, _) => circuit.IsConnected ? "here" : "away", isNumber: false);
    public static readonly CircuitColumn Age = new("age", "Age", circuit => -circuit.OpenedAt, (circuit, now) => EngineWords.Age(Stopwatch.GetElapsedTime(circuit.OpenedAt, now)));
    public static readonly CircuitColumn Idle = new("idle", "Last heard of", circuit => -circuit.LastActivityAt, (circuit, now) => EngineWords.Age(Stopwatch.GetElapsedTime(circuit.LastActivityAt, now)));
    public static readonly CircuitColumn Renders = new("renders", "Renders", circuit => circuit.Renders, (circuit, _) => circuit.Renders.ToString(CultureInfo.InvariantCulture));
    public static readonly CircuitColumn Bytes = new("sent", "KB sent", circuit => circuit.BytesSent, (circuit, _) => (circuit.BytesSent / 1024.0).ToString("0.0", CultureInfo.InvariantCulture));
    public static readonly CircuitColumn Slowest = new(
        "slowest", "Slowest handler", circuit => circuit.Slowest.Duration, (circuit, _) => circuit.Slowest == HandlerTime.None ? "–" : $"{EngineWords.Time(circuit.Slowest.Duration)} {circuit.Slowest.Handler}", isNumber: false);

    public static readonly IReadOnlyList<CircuitColumn> All = [Page, State, Age, Idle, Renders, Bytes, Slowest];

    private readonly Func<CircuitVitals, IComparable> key;
    private readonly Func<CircuitVitals, long, string> text;

    private CircuitColumn(string name, string title, Func<CircuitVitals, IComparable> key, Func<CircuitVitals, long, string> text, bool isNumber = true) =>
        (Name, Title, this.key, this.text, IsNumber, SortKey) = (name, title, key, text, isNumber, circuit => key(circuit));

    /// <summary>The name in addresses.</summary>
    public string Name { get; }

    public string Title { get; }

    public bool IsNumber { get; }

    /// <summary>The value by which the column sorts, always the same instance: a grid names its sort order by it.</summary>
    public Func<CircuitVitals, object?> SortKey { get; }

    public string Text(CircuitVitals circuit) => text(circuit, Stopwatch.GetTimestamp());

    /// <summary>Circuits that are alike here stand in the order of their ids, so that rows stay where they are.</summary>
    public IEnumerable<CircuitVitals> Order(IEnumerable<CircuitVitals> circuits, bool descending) =>
        (descending ? circuits.OrderByDescending(key) : circuits.OrderBy(key)).ThenBy(circuit => circuit.Id, StringComparer.Ordinal);
}
