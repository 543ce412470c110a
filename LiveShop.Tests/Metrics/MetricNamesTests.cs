using System.Diagnostics.Metrics;
using LiveShop.Web.Metrics;

namespace LiveShop.Tests;

public sealed class MetricNamesTests : IDisposable
{
    private readonly Meter meter = new("names");

    public void Dispose() => meter.Dispose();

    [Theory]
    [InlineData("liveshop.purchases", "{purchase}", "liveshop_purchases_total")]
    [InlineData("dotnet.gc.pause.time", "s", "dotnet_gc_pause_time_seconds_total")]
    [InlineData("http.total", "", "http_total")]
    public void A_counter_is_named_after_its_unit_and_ends_with_total(string instrument, string unit, string name) =>
        Assert.Equal(name, MetricNames.Of(meter.CreateCounter<long>(instrument, unit)));

    [Theory]
    [InlineData("liveshop.commit_to_screen", "s", "liveshop_commit_to_screen_seconds")]
    [InlineData("dotnet.process.memory.working_set", "By", "dotnet_process_memory_working_set_bytes")]
    [InlineData("db.client.connection.count", "{connection}", "db_client_connection")]
    [InlineData("upload_bytes", "By", "upload_bytes")]
    public void Anything_else_is_named_after_its_unit_and_never_ends_with_count(string instrument, string unit, string name) =>
        Assert.Equal(name, MetricNames.Of(meter.CreateGauge<long>(instrument, unit)));

    [Fact]
    public void A_counter_of_the_runtime_that_falls_is_a_gauge()
    {
        var threads = meter.CreateObservableCounter("dotnet.thread_pool.thread.count", () => 1L, "{thread}");

        Assert.Equal(InstrumentKind.Gauge, MetricNames.KindOf(threads));
        Assert.Equal("dotnet_thread_pool_thread", MetricNames.Of(threads));
    }
}
