using OpenTelemetry.Metrics;

namespace LiveShop.Web.Metrics;

internal static class MetricValue
{
    /// <summary>The runtime publishes these as if they only grew.</summary>
    private static readonly string[] FalseCounters = ["dotnet.thread_pool.thread.count", "dotnet.thread_pool.queue.length"];

    public static bool IsCounter(Metric metric) => metric.MetricType is MetricType.LongSum or MetricType.DoubleSum && !IsFalseCounter(metric);

    /// <summary>What is published as a counter and is none: where only its changes are known, it cannot be told.</summary>
    public static bool IsFalseCounter(Metric metric) => FalseCounters.Contains(metric.Name);

    /// <summary>Of anything but a histogram.</summary>
    public static double Of(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        _ => point.GetGaugeLastValueDouble(),
    };
}
