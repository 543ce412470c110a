using System.Diagnostics;
using LiveShop.Web.Metrics;

namespace LiveShop.Web.Engine;

/// <summary>The shop's instruments and the runtime's counters at one moment.</summary>
internal sealed class EngineReading(MetricsReading shop)
{
    public MetricsReading Shop => shop;

    /// <summary>A timestamp of <see cref="Stopwatch"/>.</summary>
    public long At { get; } = Stopwatch.GetTimestamp();

    public TimeSpan Processor { get; } = Environment.CpuUsage.TotalTime;

    public TimeSpan Pauses { get; } = GC.GetTotalPauseDuration();

    public long Allocated { get; } = GC.GetTotalAllocatedBytes();

    public long WorkItems { get; } = ThreadPool.CompletedWorkItemCount;
}
