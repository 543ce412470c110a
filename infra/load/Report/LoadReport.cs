using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveShop.Load;

/// <summary>What a test found.</summary>
internal sealed class LoadReport
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public required string Scenario { get; init; }

    public required string Target { get; init; }

    public DateTime StartedAt { get; } = DateTime.UtcNow;

    public double Seconds { get; set; }

    public int Clients { get; init; }

    /// <summary>Whether every check holds; a test without checks has nothing to hold.</summary>
    public bool Holds => Checks.TrueForAll(check => check.Holds);

    public List<Check> Checks { get; } = [];

    public List<Figure> Figures { get; } = [];

    public List<Plot> Plots { get; } = [];

    /// <summary>What to know when reading the figures.</summary>
    public List<string> Notes { get; } = [];

    public IReadOnlyDictionary<string, int> Refusals { get; set; } = new Dictionary<string, int>();

    public IReadOnlyDictionary<string, int> Troubles { get; set; } = new Dictionary<string, int>();

    /// <summary>Lines of the shop's log.</summary>
    public IReadOnlyList<string> ServerErrors { get; set; } = [];

    /// <summary>The last line that the command prints; null for none.</summary>
    public string? LastLine { get; set; }

    public void Add(string name, double value, string unit) => Figures.Add(new Figure(name, Math.Round(value, 3), unit));

    public void Add(string name, Distribution values, string unit)
    {
        Add($"{name}, p50", values.Median, unit);
        Add($"{name}, p99", values.P99, unit);
        Add($"{name}, max", values.Max, unit);
    }

    public void Check(string name, bool holds, string detail) => Checks.Add(new Check(name, holds, detail));

    public void NoteStartsOfTransactions() => Notes.Add(
        "This database keeps no times of commits (track_commit_timestamp), so \"from the commit\" counts from the start of the transaction, which is earlier.");

    public double? Find(string name) => Figures.Find(figure => figure.Name == name)?.Value;

    public string ToJson() => JsonSerializer.Serialize(this, Format);

    public static string ToJson(IEnumerable<LoadReport> runs) => JsonSerializer.Serialize(runs, Format);
}

internal sealed record Figure(string Name, double Value, string Unit);

internal sealed record Check(string Name, bool Holds, string Detail);

/// <param name="Across">What the points' first number is, with its unit.</param>
/// <param name="Up">What the second is.</param>
internal sealed record Plot(string Title, string Across, string Up, IReadOnlyList<Curve> Curves)
{
    /// <summary>For which part of all the value is at most so much.</summary>
    public static Plot OfShares(string title, string across, params (string Name, Distribution Values)[] curves) =>
        new(title, across, "% of all", [.. curves.Select(curve => new Curve(curve.Name, Shares(curve.Values)))]);

    private static List<Point> Shares(Distribution values)
    {
        const int Points = 200;
        return values.Count == 0 ? [] : [.. Enumerable.Range(0, Points + 1).Select(i => new Point(Math.Round(values.At((double)i / Points), 3), 100.0 * i / Points))];
    }
}

internal sealed record Curve(string Name, IReadOnlyList<Point> Points);

internal readonly record struct Point(double X, double Y);
