using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace LiveShop.Web.Metrics;

/// <summary>
/// Writes metrics in Prometheus' text format 0.0.4, under the names that prometheus-net would give them: underscores, the unit,
/// and <c>_total</c> for what only grows.
/// </summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder text = new();

    /// <summary>Each name is added once.</summary>
    public void Add(Metric metric)
    {
        var isCounter = MetricValue.IsCounter(metric);
        var name = NameOf(metric.Name, metric.Unit, isCounter);
        text.Append("# HELP ").Append(name).Append(' ').Append(Escape(metric.Description)).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(metric.MetricType is MetricType.Histogram ? "histogram" : isCounter ? "counter" : "gauge").Append('\n');
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = Labels(point.Tags);
            if (metric.MetricType is MetricType.Histogram) AddHistogram(name, labels, point);
            else AddSample(name, labels, MetricValue.Of(metric.MetricType, point));
        }
    }

    public override string ToString() => text.ToString();

    internal static string NameOf(string instrument, string unit, bool isCounter)
    {
        var name = new StringBuilder(instrument).Replace('.', '_').Replace('-', '_').ToString();
        // The format keeps this ending for histograms.
        if (!isCounter && name.EndsWith("_count", StringComparison.Ordinal)) name = name[..^"_count".Length];
        if (Suffix(unit) is { } suffix && !name.EndsWith(suffix, StringComparison.Ordinal)) name += suffix;
        return isCounter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    /// <summary>Base units are spelt out; what is counted, such as <c>{purchase}</c>, is in the name already.</summary>
    private static string? Suffix(string unit) => unit switch
    {
        "s" => "_seconds",
        "ms" => "_milliseconds",
        "By" => "_bytes",
        _ => null,
    };

    private void AddHistogram(string name, string labels, in MetricPoint point)
    {
        var cumulative = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            cumulative += bucket.BucketCount;
            var bound = double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : Number(bucket.ExplicitBound);
            AddSample(name + "_bucket", Join(labels, $"le=\"{bound}\""), cumulative);
        }
        AddSample(name + "_sum", labels, point.GetHistogramSum());
        AddSample(name + "_count", labels, point.GetHistogramCount());
    }

    private void AddSample(string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0) text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Labels(ReadOnlyTagCollection tags)
    {
        var labels = "";
        foreach (var (key, value) in tags)
        {
            var written = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            labels = Join(labels, $"{key.Replace('.', '_')}=\"{Escape(written).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        }
        return labels;
    }

    private static string Join(string labels, string label) => labels.Length == 0 ? label : $"{labels},{label}";

    private static string Escape(string written) => written.Replace("\\", "\\\\", StringComparison.Ordinal).ReplaceLineEndings("\\n");

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
