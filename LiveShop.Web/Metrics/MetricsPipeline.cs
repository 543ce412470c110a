using System.Diagnostics.Metrics;
using LiveShop.Domain;
using LiveShop.Web.Settings;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LiveShop.Web.Metrics;

/// <summary>Gathers the measurements of this process from its start to its end, and passes them on to whoever is configured.</summary>
internal sealed class MetricsPipeline : IHostedService, IDisposable
{
    /// <summary>How often StatsD is told; it adds up what it is told in intervals of ten seconds by default.</summary>
    private static readonly TimeSpan StatsDInterval = TimeSpan.FromSeconds(10);

    /// <summary>Of one instrument. Routes, components and outcomes are some dozens; more would be a label that follows traffic.</summary>
    private const int MostSeries = 500;

    /// <summary>
    /// The framework's that cost more than they tell: measured for each component of each render, and for each buffer. Together half of
    /// what metrics cost in a fan-out.
    /// </summary>
    private static readonly string[] Dear = ["aspnetcore.components.update_parameters.", "aspnetcore.memory_pool."];

    private readonly Scrape scrape = new();
    private readonly MeterProvider metrics;
    private readonly TracerProvider? traces;

    public MetricsPipeline(MetricsSettings settings, IConfiguration configuration)
    {
        var builder = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(Node())
            .AddMeter(settings.Enabled ? [Telemetry.Name, "System.Runtime", "Microsoft.AspNetCore.*", "Npgsql"] : [])
            .AddView(Stream)
            .AddReader(new BaseExportingMetricReader(scrape));
        if (settings.StatsD is { } host)
        {
            builder.AddReader(new PeriodicExportingMetricReader(new StatsDExporter(host), (int)StatsDInterval.TotalMilliseconds)
            {
                TemporalityPreference = MetricReaderTemporalityPreference.Delta,
            });
        }
        if (settings.SendsOtlp)
        {
            builder.ConfigureServices(services => services.AddSingleton(configuration)).AddOtlpExporter();
            traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(Node())
                .AddSource(Telemetry.Name, "Microsoft.AspNetCore", "Microsoft.AspNetCore.Components")
                .ConfigureServices(services => services.AddSingleton(configuration))
                .AddOtlpExporter()
                .Build();
        }
        metrics = builder.Build();
    }

    /// <summary>All series at this moment in Prometheus' text format.</summary>
    public string WriteText()
    {
        var text = new PrometheusText();
        scrape.Visit(text.Add);
        return text.ToString();
    }

    /// <summary>What the shop itself measures, at this moment.</summary>
    public MetricsReading Read()
    {
        var reading = new MetricsReading();
        scrape.Visit(metric =>
        {
            if (metric.MeterName == Telemetry.Name) reading.Add(metric);
        });
        return reading;
    }

    /// <summary>Nothing to do: it gathers since it was made, which is before anything that measures.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        metrics.Dispose();
        traces?.Dispose();
    }

    private static ResourceBuilder Node() => ResourceBuilder.CreateEmpty().AddService(Telemetry.Name, serviceInstanceId: Environment.MachineName);

    /// <summary>By which address a connection came in, or where the database listens, is nothing to tell series apart by.</summary>
    private static MetricStreamConfiguration Stream(Instrument instrument) => Dear.Any(name => instrument.Name.StartsWith(name, StringComparison.Ordinal)) ? MetricStreamConfiguration.Drop : new()
    {
        ExcludedTagKeys = ["server.address", "server.port", "network.type", "network.transport"],
        CardinalityLimit = MostSeries,
    };
}
