using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveShop.Tests.Harness;
using LiveShop.Web.Metrics;
using LiveShop.Web.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace LiveShop.Tests;

public sealed class StatsDTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task A_listener_receives_what_was_measured_as_lines_with_tags()
    {
        using var listener = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var node = await NewNode().Sell().WatchAsync();
        await using (var host = await SendAsync(node, ((IPEndPoint)listener.Client.LocalEndPoint!).Port))
        {
            var item = await node.AddItemAsync(stock: 3);
            await node.BuyAsync(item);
            await node.BuyAsync(item);
            // Sends what is left.
            await host.StopAsync();
        }

        var lines = await ReceiveAsync(listener);

        Assert.Contains("liveshop.purchases:2|c|#outcome:placed", lines);
        Assert.Contains("liveshop.purchase.queue.capacity:10000|g", lines);
        Assert.Contains(lines, line => line.StartsWith("liveshop.purchase.answer:", StringComparison.Ordinal) && line.Contains("|ms", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Matches(@"^[a-z_.]+:[0-9.]+\|(c|g|h|ms)(\|@[0-9.]+)?(\|#.+)?$", line));
    }

    [Fact]
    public async Task A_listener_that_knows_no_tags_and_no_histograms_gets_them_as_names_and_timings()
    {
        using var listener = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var node = await NewNode().Sell().WatchAsync();
        await using (var host = await SendAsync(node, ((IPEndPoint)listener.Client.LocalEndPoint!).Port, StatsDDialect.Plain))
        {
            host.Services.GetRequiredService<Meter>().CreateObservableGauge("liveshop.some.depth", () => -3);
            var item = await node.AddItemAsync(stock: 3);
            await node.BuyAsync(item);
            await node.BuyAsync(item);
            await host.StopAsync();
        }

        var lines = await ReceiveAsync(listener);

        Assert.Contains("liveshop.purchases.outcome.placed:2|c", lines);
        Assert.Contains("liveshop.purchase.queue.capacity:10000|g", lines);
        Assert.Contains(lines, line => line.StartsWith("liveshop.purchase.answer:", StringComparison.Ordinal) && line.Contains("|ms", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("liveshop.purchase.batch.size:", StringComparison.Ordinal) && line.Contains("|ms", StringComparison.Ordinal));
        Assert.Contains("liveshop.some.depth:0|g\nliveshop.some.depth:-3|g", string.Join('\n', lines), StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Matches(@"^[A-Za-z0-9_.-]+:-?[0-9.]+\|(c|g|ms)(\|@[0-9.]+)?$", line));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("outcome=\"placed\"", ".outcome.placed")]
    [InlineData("route=\"/admin/orders/{Number}\",version=\"1.1\"", ".route._admin_orders__Number_.version.1_1")]
    [InlineData("text=\"a:b|c@d#e f\"", ".text.a_b_c_d_e_f")]
    [InlineData("error=\"\"", ".error.none")]
    public void A_tag_becomes_two_levels_of_the_name(string labels, string inName) => Assert.Equal(inName, StatsDSender.TagsInName(labels));

    [Fact]
    public async Task A_host_that_is_not_there_hurts_nothing()
    {
        var node = await NewNode().Sell().WatchAsync();
        await using var host = await SendAsync(node, port: 9);
        await node.BuyAsync(await node.AddItemAsync(stock: 1));

        await host.StopAsync();
    }

    [Fact]
    public void Lines_are_packed_into_datagrams_that_fit_a_packet()
    {
        string[] lines = [.. Enumerable.Range(0, 100).Select(number => $"liveshop.some.counter:{number}|c|#outcome:placed")];

        var datagrams = StatsDSender.Pack(lines).ToList();

        Assert.All(datagrams.SkipLast(1), datagram => Assert.InRange(datagram.Length, 1000, 1432));
        Assert.Equal(lines, string.Join('\n', datagrams).Split('\n'));
    }

    private static Task<ShopHost> SendAsync(ShopNode node, int port, StatsDDialect dialect = StatsDDialect.DogStatsD) =>
        ShopHost.StartAsync(node, services => services.AddSingleton(ShopHost.Metrics with { StatsD = new DnsEndPoint("127.0.0.1", port), StatsDDialect = dialect }));

    private static async Task<List<string>> ReceiveAsync(UdpClient listener)
    {
        var lines = new List<string>();
        while (listener.Available > 0) lines.AddRange(Encoding.UTF8.GetString((await listener.ReceiveAsync()).Buffer).Split('\n'));
        return lines;
    }
}
