using System.Collections.Concurrent;
using System.Text;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace LiveShop.Tests;

public sealed class OtlpTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task A_collector_receives_the_metrics_and_the_traces_of_a_purchase()
    {
        var received = new ConcurrentBag<(string Path, string Body)>();
        await using var collector = await StartCollectorAsync(received);
        var node = await NewNode().Sell().WatchAsync();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.Single()),
            new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ]).Build();

        using (new MetricsPipeline(ShopHost.Metrics with { SendsOtlp = true }, configuration))
        {
            using (Telemetry.Begin("place order", cause: null)) await node.BuyAsync(await node.AddItemAsync(stock: 1));
            // What is left to send is sent when it ends.
        }

        Assert.Contains(received, sent => sent.Path == "/v1/metrics" && sent.Body.Contains("liveshop.purchases", StringComparison.Ordinal));
        Assert.Contains(received, sent => sent.Path == "/v1/traces" && sent.Body.Contains("place order", StringComparison.Ordinal));
        Assert.Contains(received, sent => sent.Path == "/v1/traces" && sent.Body.Contains("purchase", StringComparison.Ordinal));
    }

    private static async Task<WebApplication> StartCollectorAsync(ConcurrentBag<(string, string)> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/v1/{signal}", async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.Add((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
        });
        await app.StartAsync();
        return app;
    }
}
