using LiveShop.Web.Metrics;

namespace LiveShop.Tests;

public sealed class PrometheusTextTests
{
    [Theory]
    [InlineData("liveshop.purchases", "{purchase}", true, "liveshop_purchases_total")]
    [InlineData("liveshop.commit_to_screen", "s", false, "liveshop_commit_to_screen_seconds")]
    [InlineData("dotnet.gc.pause.time", "s", true, "dotnet_gc_pause_time_seconds_total")]
    [InlineData("dotnet.process.memory.working_set", "By", false, "dotnet_process_memory_working_set_bytes")]
    [InlineData("db.client.connection.count", "{connection}", false, "db_client_connection")]
    [InlineData("http.total", "", true, "http_total")]
    [InlineData("upload_bytes", "By", false, "upload_bytes")]
    public void Names_are_those_that_prometheus_net_would_give(string instrument, string unit, bool isCounter, string name) =>
        Assert.Equal(name, PrometheusText.NameOf(instrument, unit, isCounter));
}
