using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace LiveShop.Web.Metrics;

/// <summary>Collects when it is asked, and gives what was collected as text.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class Scrape : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly Lock gate = new();
    private string text = "";

    /// <summary>Set by the reader that this belongs to.</summary>
    public Func<int, bool>? Collect { get; set; }

    public string Read()
    {
        lock (gate)
        {
            Collect?.Invoke(Timeout.Infinite);
            return text;
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var writer = new PrometheusText();
        foreach (var metric in batch) writer.Add(metric);
        text = writer.ToString();
        return ExportResult.Success;
    }
}
