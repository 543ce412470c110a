using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace LiveShop.Web.Metrics;

/// <summary>Collects when it is asked to.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class Scrape : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly Lock gate = new();
    private Action<Metric>? visit;

    /// <summary>Set by the reader that this belongs to.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>Shows every metric, as it is now, to the visitor. Calls at the same time take turns.</summary>
    public void Visit(Action<Metric> visitor)
    {
        lock (gate)
        {
            visit = visitor;
            Collect?.Invoke(Timeout.Infinite);
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        // The last collection, when the provider ends, is nobody's.
        foreach (var metric in batch) visit?.Invoke(metric);
        visit = null;
        return ExportResult.Success;
    }
}
