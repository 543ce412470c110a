using OpenTelemetry.Metrics;

namespace LiveShop.Web.Metrics;

/// <summary>The shop's own instruments at one moment, each added up over its labels.</summary>
internal sealed class MetricsReading
{
    private readonly Dictionary<string, double> values = [];
    private readonly Dictionary<string, Distribution> distributions = [];

    /// <summary>0 for an instrument that has measured nothing.</summary>
    public double this[string instrument] => Find(instrument) ?? 0;

    /// <summary>Null for an instrument that has measured nothing.</summary>
    public double? Find(string instrument) => values.TryGetValue(instrument, out var value) ? value : null;

    /// <summary>Empty for a histogram that has measured nothing.</summary>
    public Distribution DistributionOf(string histogram) => distributions.GetValueOrDefault(histogram, Distribution.Empty);

    public void Add(Metric metric)
    {
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            if (metric.MetricType is MetricType.Histogram) distributions[metric.Name] = DistributionOf(metric.Name) + Distribution.Of(point);
            else values[metric.Name] = this[metric.Name] + MetricValue.Of(metric.MetricType, point);
        }
    }
}

/// <summary>How many measurements fell into each bucket of a histogram.</summary>
/// <param name="Bounds">The upper bound of each bucket; the last is infinite.</param>
internal sealed record Distribution(double[] Bounds, long[] Counts, double Sum)
{
    public static readonly Distribution Empty = new([], [], 0);

    public long Count => Counts.Sum();

    public double Mean => Count == 0 ? 0 : Sum / Count;

    public static Distribution Of(in MetricPoint point)
    {
        var (bounds, counts) = (new List<double>(), new List<long>());
        foreach (var bucket in point.GetHistogramBuckets())
        {
            bounds.Add(bucket.ExplicitBound);
            counts.Add(bucket.BucketCount);
        }
        return new Distribution([.. bounds], [.. counts], point.GetHistogramSum());
    }

    public static Distribution operator +(Distribution one, Distribution other) => one.Combine(other, 1);

    /// <summary>What was measured since the earlier one, of the same histogram.</summary>
    public static Distribution operator -(Distribution later, Distribution earlier) => later.Combine(earlier, -1);

    /// <summary>
    /// The value below which that share of the measurements lies, interpolated within its bucket as Prometheus does. Null when nothing was
    /// measured; the last finite bound when it lies beyond that.
    /// </summary>
    /// <param name="share">0 to 1.</param>
    public double? Quantile(double share)
    {
        if (Count == 0) return null;
        var (rank, seen) = (share * Count, 0L);
        for (var i = 0; i < Counts.Length; i++)
        {
            var lower = i == 0 ? 0 : Bounds[i - 1];
            if (seen + Counts[i] >= rank && Counts[i] > 0) return double.IsPositiveInfinity(Bounds[i]) ? lower : lower + ((Bounds[i] - lower) * (rank - seen) / Counts[i]);
            seen += Counts[i];
        }
        return Bounds[^2];
    }

    private Distribution Combine(Distribution other, int sign)
    {
        if (other.Counts.Length == 0) return this;
        return Counts.Length == 0 ? other : new Distribution(Bounds, [.. Counts.Select((count, i) => count + (sign * other.Counts[i]))], Sum + (sign * other.Sum));
    }
}
