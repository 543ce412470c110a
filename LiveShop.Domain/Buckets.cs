using System.Diagnostics.Metrics;

namespace LiveShop.Domain;

/// <summary>Where histograms draw their lines. The finer they are, the more series each one has.</summary>
public static class Buckets
{
    /// <summary>From half a millisecond, which a sale takes at best, to a minute, which a drop lasts.</summary>
    public static InstrumentAdvice<double> Seconds { get; } = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 0.75, 1, 2.5, 5, 10, 30, 60],
    };

    /// <summary>Up to the largest batch of purchases.</summary>
    internal static InstrumentAdvice<int> Purchases { get; } = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] };
}
