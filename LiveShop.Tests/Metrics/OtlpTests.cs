using System.Collections.Concurrent;
using System.Text;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace LiveShop.Tests;

public sealed class OtlpTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task A_collector_receives_the_metrics_and_the_traces_of_a_purchase()
    {
        var received = new ConcurrentBag<(string Path, string Body)>();
        await using var collector = await StartCollectorAsync(received);
        var node = await NewNode().Sell().WatchAsync();

        // Ending the host sends what is left.
        await using (await ShopHost.StartAsync(node, null, ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.Single()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")))
        {
            using (Telemetry.Begin("place order", cause: null)) await node.BuyAsync(await node.AddItemAsync(stock: 1));
        }

        Assert.Contains(received, sent => sent.Path == "/v1/metrics" && sent.Body.Contains("liveshop.purchases", StringComparison.Ordinal));
        Assert.Contains(received, sent => sent.Path == "/v1/metrics" && sent.Body.Contains("dotnet.gc.collections", StringComparison.Ordinal));
        Assert.DoesNotContain(received, sent => sent.Body.Contains("update_parameters", StringComparison.Ordinal));
        Assert.Contains(received, sent => sent.Path == "/v1/traces" && sent.Body.Contains("place order", StringComparison.Ordinal));
        Assert.Contains(received, sent => sent.Path == "/v1/traces" && sent.Body.Contains("purchase", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_SDK_does_not_run_without_a_collector()
    {
        await using var host = await ShopHost.StartAsync(await NewNode().WatchAsync());

        Assert.Null(host.Services.GetService<TracerProvider>());
        Assert.Null(host.Services.GetService<MeterProvider>());
        Assert.DoesNotContain(host.Services.GetServices<IHostedService>(), service => service.GetType().Assembly.GetName().Name!.StartsWith("OpenTelemetry", StringComparison.Ordinal));
        // Tests of this collection run one after the other, so no other host listens.
        Assert.False(Telemetry.Activities.HasListeners());
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
