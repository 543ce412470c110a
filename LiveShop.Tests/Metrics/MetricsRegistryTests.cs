using System.Diagnostics.Metrics;
using System.Text;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveShop.Tests;

/// <summary>Together with tests of nodes, because the OpenTelemetry SDK of one would listen to these instruments too.</summary>
[Collection(PostgresServer.Collection)]
public sealed class MetricsRegistryTests : IDisposable
{
    private readonly Meter meter = new(Telemetry.Name);
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MetricsRegistry registry;

    public MetricsRegistryTests() => registry = New(meter);

    public void Dispose()
    {
        registry.Dispose();
        services.Dispose();
        meter.Dispose();
    }

    [Fact]
    public async Task A_counter_adds_up_and_an_observable_one_is_taken_as_it_is()
    {
        var counter = meter.CreateCounter<long>("sold");
        meter.CreateObservableCounter("received", () => 7L);

        counter.Add(1);
        counter.Add(2);

        var reading = await registry.ReadAsync(default);
        Assert.Equal(3, reading["sold_total"]);
        Assert.Equal(7, reading["received_total"]);
        Assert.Equal(7, (await registry.ReadAsync(default))["received_total"]);
    }

    [Fact]
    public async Task A_gauge_has_its_last_value_and_an_up_down_counter_the_sum()
    {
        var (gauge, open) = (meter.CreateGauge<int>("reachable"), meter.CreateUpDownCounter<int>("open"));

        gauge.Record(1);
        gauge.Record(0);
        open.Add(3);
        open.Add(-1);

        var reading = await registry.ReadAsync(default);
        Assert.Equal(0, reading.Find("reachable"));
        Assert.Equal(2, reading["open"]);
    }

    [Fact]
    public async Task A_histogram_has_the_buckets_that_its_instrument_advises()
    {
        var (seconds, sizes) = (meter.CreateHistogram("wait", "s", advice: Buckets.Seconds), meter.CreateHistogram("batch", advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2] }));

        seconds.Record(0.02);
        sizes.Record(2);
        sizes.Record(3);

        var reading = await registry.ReadAsync(default);
        Assert.Equal([.. Buckets.Seconds.HistogramBucketBoundaries!, double.PositiveInfinity], reading.DistributionOf("wait_seconds").Bounds);
        Assert.Equal(1, reading.DistributionOf("wait_seconds").Count);
        Assert.Equal([0, 1, 1], reading.DistributionOf("batch").Counts);
        Assert.Equal(5, reading.DistributionOf("batch").Sum);
    }

    [Fact]
    public async Task Tags_become_labels_but_for_addresses_and_may_differ_from_one_measurement_to_the_next()
    {
        var requests = meter.CreateCounter<long>("requests");

        requests.Add(1, new("http.route", "/{id}"), new("server.address", "10.0.0.1"));
        requests.Add(2, new("http.route", "/{id}"), new("server.address", "10.0.0.2"));
        requests.Add(4, new("http.route", "say \"x\""), new("error.type", null));
        requests.Add(5, new("error.type", null), new("http.route", "say \"x\""));
        requests.Add(8);

        var series = (await registry.ReadAsync(default)).Series.Where(one => one.Metric == "requests_total").ToDictionary(one => one.Labels, one => one.Value);
        Assert.Equal(3, series["""http_route="/{id}" """.TrimEnd()]);
        Assert.Equal(9, series["""error_type="",http_route="say \"x\"" """.TrimEnd()]);
        Assert.Equal(8, series[""]);
        Assert.Equal(3, series.Count);
    }

    [Fact]
    public async Task A_tag_that_follows_traffic_does_not_fill_the_memory()
    {
        var counter = meter.CreateCounter<long>("visits");

        for (var visitor = 0; visitor < 2 * InstrumentSeries.Most; visitor++) counter.Add(1, new KeyValuePair<string, object?>("visitor", visitor));

        Assert.Equal(InstrumentSeries.Most, (await registry.ReadAsync(default)).Series.Count(series => series.Metric == "visits_total"));
    }

    [Fact]
    public async Task A_gauge_that_fails_keeps_its_value_and_takes_no_other_with_it()
    {
        var broken = false;
        meter.CreateObservableGauge("one", () => broken ? throw new InvalidOperationException() : 1);
        meter.CreateObservableGauge("other", () => broken ? 2 : 1);
        await registry.ReadAsync(default);

        broken = true;

        var reading = await registry.ReadAsync(default);
        Assert.Equal(1, reading["one"]);
        Assert.Equal(2, reading["other"]);
    }

    [Fact]
    public async Task Many_threads_that_measure_at_once_lose_nothing()
    {
        var counter = meter.CreateCounter<long>("sold");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                counter.Add(1);
                counter.Add(1, new KeyValuePair<string, object?>("outcome", i % 3));
                counter.Add(1, new("outcome", i % 3), new("thread", thread));
            }
        })));

        Assert.Equal(8 * 3000, (await registry.ReadAsync(default))["sold_total"]);
    }

    [Fact]
    public async Task Nothing_is_gathered_when_metrics_are_off()
    {
        using var off = New(meter, enabled: false);
        var counter = meter.CreateCounter<long>("sold");
        registry.Dispose();

        counter.Add(1);

        Assert.False(counter.Enabled);
        using var text = new MemoryStream();
        await off.Registry.CollectAndExportAsTextAsync(text);
        Assert.Equal("", Encoding.UTF8.GetString(text.ToArray()));
    }

    [Fact]
    public async Task Hosts_in_one_process_gather_only_what_is_theirs_and_nothing_after_their_end()
    {
        using var otherMeter = new Meter(Telemetry.Name);
        await using var otherServices = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var other = New(otherMeter, services: otherServices);
        var (mine, others) = (meter.CreateCounter<long>("sold"), otherMeter.CreateCounter<long>("sold"));
        var frameworks = FrameworkCounter(services);
        var othersFrameworks = FrameworkCounter(otherServices);

        mine.Add(1);
        others.Add(2);
        frameworks.Add(3);
        othersFrameworks.Add(4);

        Assert.Equal((1, 3), await ReadAsync(registry));
        Assert.Equal((2, 4), await ReadAsync(other));

        other.Dispose();

        Assert.False(others.Enabled);
        Assert.False(othersFrameworks.Enabled);
        Assert.True(mine.Enabled);
        Assert.True(frameworks.Enabled);
    }

    private static Counter<long> FrameworkCounter(ServiceProvider host) => host.GetRequiredService<IMeterFactory>().Create("Microsoft.AspNetCore.Hosting").CreateCounter<long>("requests");

    private static async Task<(double Sold, double Requests)> ReadAsync(MetricsRegistry host)
    {
        var reading = await host.ReadAsync(default);
        return (reading["sold_total"], reading["requests_total"]);
    }

    private MetricsRegistry New(Meter shop, bool enabled = true, ServiceProvider? services = null) =>
        new(ShopHost.Metrics with { Enabled = enabled }, shop, (services ?? this.services).GetRequiredService<IMeterFactory>(), NullLogger<MetricsRegistry>.Instance);
}
