using System.Globalization;

namespace LiveShop.Web.Metrics;

/// <summary>All series of a host at one moment, read from Prometheus' text format.</summary>
internal sealed class MetricsReading
{
    public static readonly MetricsReading Empty = new([]);

    private readonly Dictionary<(string Metric, string Labels), SeriesReading> series;
    private readonly ILookup<string, SeriesReading> metrics;

    private MetricsReading(Dictionary<(string, string), SeriesReading> series)
    {
        this.series = series;
        metrics = series.Values.ToLookup(one => one.Metric);
    }

    public IEnumerable<SeriesReading> Series => series.Values;

    /// <summary>The sum over all labels; 0 for a metric that has no measurement.</summary>
    public double this[string metric] => metrics[metric].Sum(one => one.Value);

    /// <summary>The sum over all labels; null for a metric that has no measurement.</summary>
    public double? Find(string metric) => metrics.Contains(metric) ? this[metric] : null;

    /// <summary>The sum over all labels; empty for a histogram that has no measurement.</summary>
    public Distribution DistributionOf(string histogram) => metrics[histogram].Aggregate(Distribution.Empty, (sum, one) => sum + one.Distribution);

    /// <summary>Null when this reading does not have the series.</summary>
    public SeriesReading? Find(SeriesReading one) => series.GetValueOrDefault((one.Metric, one.Labels));

    public static MetricsReading Of(Stream text)
    {
        var (series, metric, type) = (new Dictionary<(string, string), SeriesReading>(), "", "");
        using var lines = new StreamReader(text);
        while (lines.ReadLine() is { } line)
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal) && line.Split(' ') is [_, _, var name, var kind]) (metric, type) = (name, kind);
            if (line is "" or ['#', ..]) continue;
            var (suffix, labels, bound) = (line[metric.Length..line.IndexOfAny(['{', ' '])], LabelsOf(line), "");
            // A bucket's upper bound is its last label.
            if (suffix == "_bucket" && labels.LastIndexOf("le=", StringComparison.Ordinal) is var le) (labels, bound) = (labels[..le].TrimEnd(','), labels[(le + 4)..^1]);
            if (!series.TryGetValue((metric, labels), out var one)) series.Add((metric, labels), one = new SeriesReading(metric, type, labels));
            var value = double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture);
            if (suffix == "_bucket") one.AddBucket(bound == "+Inf" ? double.PositiveInfinity : double.Parse(bound, CultureInfo.InvariantCulture), (long)value);
            else if (suffix is "" or "_sum") one.Value = value;
        }
        return new MetricsReading(series);
    }

    private static string LabelsOf(string line) => line.IndexOf('{') is >= 0 and var start ? line[(start + 1)..line.LastIndexOf('}')] : "";
}

/// <summary>One series at one moment.</summary>
/// <param name="type">counter, gauge or histogram.</param>
/// <param name="labels">As in the text format, such as <c>reason="gone"</c>.</param>
internal sealed class SeriesReading(string metric, string type, string labels)
{
    private readonly List<double> bounds = [];
    private readonly List<long> counts = [];
    private long cumulated;

    public string Metric => metric;

    public string Type => type;

    public string Labels => labels;

    /// <summary>For a histogram, the sum of its measurements.</summary>
    public double Value { get; set; }

    public Distribution Distribution => new([.. bounds], [.. counts], Value);

    /// <summary>Adds the next bucket of a histogram.</summary>
    /// <param name="cumulative">The number of measurements up to this bound.</param>
    public void AddBucket(double bound, long cumulative)
    {
        bounds.Add(bound);
        counts.Add(cumulative - cumulated);
        cumulated = cumulative;
    }
}
