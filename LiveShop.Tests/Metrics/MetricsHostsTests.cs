using LiveShop.Tests.Harness;
using LiveShop.Web.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace LiveShop.Tests;

/// <summary>Several hosts in one process.</summary>
public sealed class MetricsHostsTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task Each_publishes_its_own_purchases_and_requests()
    {
        var (one, other) = (await NewNode().Sell().WatchAsync(), await NewNode().Sell().WatchAsync());
        await using var oneHost = await ShopHost.StartAsync(one);
        await using var otherHost = await ShopHost.StartAsync(other);
        var item = await one.AddItemAsync(stock: 3);
        using var browser = oneHost.NewBrowser();
        using var otherBrowser = otherHost.NewBrowser();

        await one.BuyAsync(item);
        await other.BuyAsync(item);
        await other.BuyAsync(item);
        await browser.GetAsync("/");

        var (metrics, otherMetrics) = (await browser.GetStringAsync("/metrics"), await otherBrowser.GetStringAsync("/metrics"));
        Assert.Contains("\nliveshop_pairs_sold_total 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("\nliveshop_pairs_sold_total 2\n", otherMetrics, StringComparison.Ordinal);
        Assert.Contains("http_server_request_duration_seconds_count{", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("http_server_request_duration_seconds_count{", otherMetrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_has_ended_leaves_no_listener()
    {
        var node = await NewNode().Sell().WatchAsync();
        var measured = node.Meter.CreateCounter<int>("liveshop.measured");

        await using (await ShopHost.StartAsync(node)) Assert.True(measured.Enabled);

        Assert.False(measured.Enabled);
    }
}
