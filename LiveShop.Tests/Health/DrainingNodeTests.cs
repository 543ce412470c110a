using System.Net;
using System.Net.Http.Headers;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Cluster;
using LiveShop.Web.Health;
using LiveShop.Web.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace LiveShop.Tests;

/// <summary>What a node of a cluster answers while it drains.</summary>
public sealed class DrainingNodeTests(PostgresServer postgres) : HostTests(postgres)
{
    /// <summary>It never passes: the node drains for as long as the test looks.</summary>
    private readonly FakeTimeProvider time = new();

    private const string Token = "a token of some length";

    private protected override void Configure(IServiceCollection services) => services
        .AddSingleton(new MetricsSettings(ManagementPort: null, Token, StatsD: null, SendsOtlp: false))
        .AddSingleton(NewCluster())
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<Draining>(provider, time));

    private ClusterPresence NewCluster()
    {
        var cluster = new ClusterPresence(new InMemoryPresence(time, Some.Meter), new NodeId("a"), time);
        cluster.Receive(new PresenceMessage { Node = "b", State = Readiness.Ready });
        return cluster;
    }

    [Fact]
    public async Task Only_insiders_can_have_it_drained()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/health/drain") { Headers = { { "X-Forwarded-For", "203.0.113.7" } } };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        // Whoever has the token may read, and no more.
        Assert.Equal(HttpStatusCode.NotFound, (await Browser.SendAsync(request)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Post, "/health/drain", "https://elsewhere.example")).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await SendAsync(HttpMethod.Get, "/health/drain")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Browser.GetAsync("/health/ready")).StatusCode);

        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(HttpMethod.Post, "/health/drain")).StatusCode);

        Assert.Equal("not ready\nThis node is draining.", await (await Browser.GetAsync("/health/ready")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task It_takes_no_new_page_and_no_new_circuit_and_serves_those_it_has()
    {
        await SendAsync(HttpMethod.Post, "/health/drain");

        var page = await Browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.StatusCode);
        Assert.False(page.Headers.Contains("Set-Cookie"));
        Assert.Contains("moving to another machine", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", OwnOrigin)).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Browser.GetAsync("/_blazor")).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await Browser.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Browser.GetAsync(ShopHost.File)).StatusCode);
        Assert.NotEqual(HttpStatusCode.ServiceUnavailable, (await Browser.GetAsync("/_blazor?id=promised")).StatusCode);
    }
}
