using System.Globalization;
using Spectre.Console;

namespace LiveShop.Load;

/// <summary>The crowd's figures beside those of the same page in Phoenix LiveView: the median of the runs, and from the least to the most of them.</summary>
internal sealed class CrowdTable
{
    private static readonly (string Title, string Figure, double? At1000, double? At5000)[] Peer =
    [
        ("memory per view, idle, KB", CrowdScenario.MemoryIdle, 162, 176),
        ("memory per view, after traffic, KB", CrowdScenario.MemoryAfter, 259, 268),
        ("connections started per second", "Starts a second", 757, 731),
        ("server CPU per start, ms", "Server CPU per start", 1.3, 1.4),
        ("one change to everyone: median client, ms", "Fan-out: median tab", 38, 142),
        ("one change to everyone: last client, ms", "Fan-out: last tab", 51, 269),
        ("server CPU per delivered change, µs", "Fan-out: server CPU per change and tab", 56, 57),
        ("bytes per change (down)", "Fan-out: bytes per change and tab", 181, 181),
        ("click in memory (open the cart), median, ms", "Click in memory, idle, p50", 0.15, 0.12),
        ("click in memory (open the cart), p99, ms", "Click in memory, idle, p99", 0.23, 0.18),
        ("add to cart (one transaction), median, ms", "Add to cart, idle, p50", null, null),
        ("add to cart (one transaction), p99, ms", "Add to cart, idle, p99", null, null),
        ("storm: all done after, s", "Storm: time", null, 18.9),
        ("storm: server CPU, s", "Storm: server CPU", null, 18.7),
        ("storm: server CPU per change and view, µs", "Storm: server CPU per change and tab", null, 48),
    ];

    public CrowdTable(IReadOnlyList<LoadReport> reports)
    {
        var sizes = reports.GroupBy(report => report.Clients).OrderBy(size => size.Key).ToList();
        Heading = ["", .. sizes.SelectMany(size => new[] { $"LiveView, {size.Key}", $"LiveShop, {size.Key}", "least – most" })];
        Rows = [.. Peer.Select(row => (IReadOnlyList<string>)[row.Title, .. sizes.SelectMany(size => Cells(size.Key switch { 1000 => row.At1000, 5000 => row.At5000, _ => null }, row.Figure, size))])];
    }

    public IReadOnlyList<string> Heading { get; }

    public IReadOnlyList<IReadOnlyList<string>> Rows { get; }

    public void Write()
    {
        var table = new Table().Border(TableBorder.Simple);
        for (var i = 0; i < Heading.Count; i++) table.AddColumn(new TableColumn(Markup.Escape(Heading[i])) { Alignment = i == 0 ? Justify.Left : Justify.Right });
        foreach (var row in Rows) table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }

    /// <summary>One line of the figures that matter most, of the largest crowd.</summary>
    public static string Line(IReadOnlyList<LoadReport> reports)
    {
        var largest = reports.GroupBy(report => report.Clients).MaxBy(size => size.Key)!;
        string Of(string figure) => Summary.Text(Runs(figure, largest).Median);
        return $"crowd: {largest.Key} shoppers: a change reaches the median tab after {Of("Fan-out: median tab")} ms, the last after {Of("Fan-out: last tab")} ms, for {Of("Fan-out: server CPU per change and tab")} µs a tab; "
            + $"{Of("Starts a second")} starts a second, {Of(CrowdScenario.MemoryIdle)} KB a circuit; storm over after {Of("Storm: time")} s, {Of("Storm: server CPU")} s of CPU";
    }

    private static string[] Cells(double? peer, string figure, IEnumerable<LoadReport> runs)
    {
        var values = Runs(figure, runs);
        return values.Count == 0
            ? [Text(peer), "–", "–"]
            : [Text(peer), Summary.Text(values.Median), $"{Summary.Text(values.Min)} – {Summary.Text(values.Max)}"];
    }

    private static Distribution Runs(string figure, IEnumerable<LoadReport> runs) => new(runs.Select(run => run.Find(figure)).OfType<double>());

    private static string Text(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "–";
}
