using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using LiveShop.Web.Settings;
using Prometheus;

namespace LiveShop.Web.Metrics;

/// <summary>Gathers the measurements of one host in a registry of prometheus-net, from its construction until it is disposed.</summary>
/// <remarks>
/// Takes the place of prometheus-net's MeterAdapter, which publishes counters as gauges, ignores <see cref="System.Diagnostics.Metrics.Gauge{T}"/>,
/// removes a series that was not measured for a while, cannot leave out a tag, and spends several times as long on a measurement.
/// </remarks>
internal sealed class MetricsRegistry : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<string, Instrument> instruments = [];
    private readonly MeterListener listener = new();
    private readonly MetricFactory factory;
    private readonly ILogger<MetricsRegistry> logger;

    /// <param name="shop">The meter of the shop's own instruments.</param>
    /// <param name="meters">The factory of the framework's meters in this host.</param>
    public MetricsRegistry(MetricsSettings settings, Meter shop, IMeterFactory meters, ILogger<MetricsRegistry> logger)
    {
        this.logger = logger;
        factory = Prometheus.Metrics.WithCustomRegistry(Registry);
        factory.ExemplarBehavior = ExemplarBehavior.NoExemplars();
        if (!settings.Enabled) return;
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (InstrumentFilter.Gathers(instrument, shop, meters)) listening.EnableMeasurementEvents(instrument, NewSeries(instrument));
        };
        listener.SetMeasurementEventCallback<int>(static (_, value, tags, series) => ((InstrumentSeries)series!).Record(value, tags));
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, series) => ((InstrumentSeries)series!).Record(value, tags));
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, series) => ((InstrumentSeries)series!).Record(value, tags));
        listener.Start();
        Registry.AddBeforeCollectCallback(Observe);
    }

    public CollectorRegistry Registry { get; } = Prometheus.Metrics.NewCustomRegistry();

    /// <summary>The instrument that is published under this name of Prometheus.</summary>
    public Instrument InstrumentOf(string metric) => instruments[metric];

    /// <summary>Reads all series as they are now.</summary>
    public async Task<MetricsReading> ReadAsync(CancellationToken cancel)
    {
        using var text = new MemoryStream();
        await Registry.CollectAndExportAsTextAsync(text, cancel);
        text.Position = 0;
        return MetricsReading.Of(text);
    }

    /// <summary>Does nothing. The host constructs this before the other services that it starts.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => listener.Dispose();

    private InstrumentSeries NewSeries(Instrument instrument)
    {
        var (name, help) = (MetricNames.Of(instrument), instrument.Description ?? "");
        instruments[name] = instrument;
        return MetricNames.KindOf(instrument) switch
        {
            InstrumentKind.Counter => new InstrumentSeries<ICounter>(labels => factory.CreateCounter(name, help, labels), static (counter, value) => counter.Inc(value)),
            InstrumentKind.ObservableCounter => new InstrumentSeries<ICounter>(labels => factory.CreateCounter(name, help, labels), static (counter, value) => counter.IncTo(value)),
            InstrumentKind.UpDownCounter => new InstrumentSeries<IGauge>(labels => factory.CreateGauge(name, help, labels), static (gauge, value) => gauge.Inc(value)),
            InstrumentKind.Histogram => new InstrumentSeries<IHistogram>(labels => factory.CreateHistogram(name, help, labels, BucketsOf(instrument)), static (histogram, value) => histogram.Observe(value)),
            _ => new InstrumentSeries<IGauge>(labels => factory.CreateGauge(name, help, labels), static (gauge, value) => gauge.Set(value)),
        };
    }

    /// <summary>The boundaries that the instrument's author advises; prometheus-net's own without such advice.</summary>
    private static HistogramConfiguration BucketsOf(Instrument instrument) => new()
    {
        Buckets = instrument switch
        {
            Histogram<double> histogram => histogram.Advice?.HistogramBucketBoundaries?.ToArray(),
            Histogram<int> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound).ToArray(),
            Histogram<long> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound).ToArray(),
            _ => null,
        },
    };

    /// <summary>Measures the observable instruments. One that fails keeps its last value and does not affect the others.</summary>
    private void Observe()
    {
        try
        {
            listener.RecordObservableInstruments();
        }
        catch (AggregateException exception)
        {
            MetricsLog.NotObserved(logger, exception);
        }
    }
}
