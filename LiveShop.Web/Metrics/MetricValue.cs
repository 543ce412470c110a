using OpenTelemetry.Metrics;

namespace LiveShop.Web.Metrics;

internal static class MetricValue
{
    /// <summary>Of anything but a histogram.</summary>
    public static double Of(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        _ => point.GetGaugeLastValueDouble(),
    };
}
