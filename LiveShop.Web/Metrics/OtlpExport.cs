using System.Diagnostics.Metrics;
using LiveShop.Domain;
using LiveShop.Web.Settings;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LiveShop.Web.Metrics;

internal static class OtlpExport
{
    /// <summary>Sends metrics and traces to an OTLP collector when one is configured; otherwise the OpenTelemetry SDK does not run.</summary>
    public static void AddOtlpExport(this IHostApplicationBuilder builder)
    {
        var settings = MetricsSettings.Read(builder.Configuration);
        if (!settings.SendsOtlp) return;
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(Telemetry.Name, serviceInstanceId: $"{Environment.MachineName}/{Environment.ProcessId}"))
            .WithTracing(traces => traces.AddSource(Telemetry.Name, "Microsoft.AspNetCore.Components").AddAspNetCoreInstrumentation().AddOtlpExporter());
        if (!settings.Enabled) return;
        telemetry.WithMetrics(metrics => metrics
            .AddMeter(Telemetry.Name, "Npgsql", "Microsoft.AspNetCore.*").AddRuntimeInstrumentation()
            .AddView(Stream)
            .AddOtlpExporter());
    }

    private static MetricStreamConfiguration Stream(Instrument instrument) => InstrumentFilter.IsExpensive(instrument) ? MetricStreamConfiguration.Drop : new()
    {
        ExcludedTagKeys = InstrumentFilter.Addresses,
        CardinalityLimit = InstrumentSeries.Most,
    };
}
