using System.Diagnostics;
using System.Net;
using LiveShop.Tests.Harness;
using LiveShop.Web.Health;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace LiveShop.Tests;

public sealed class HealthEndpointsTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task A_node_that_has_its_inventory_and_its_database_is_live_and_ready()
    {
        await using var host = await ShopHost.StartAsync(await NewNode().WatchAsync());

        await Eventually.TrueAsync(async () => await AnswerAsync(host, "ready") == (HttpStatusCode.OK, "ready"));
        Assert.Equal((HttpStatusCode.OK, "live"), await AnswerAsync(host, "live"));
    }

    [Fact]
    public async Task Before_it_has_loaded_its_inventory_a_node_is_live_and_not_ready_for_reasons_that_are_not_for_the_public()
    {
        await using var host = await ShopHost.StartAsync(NewNode());

        Assert.Equal((HttpStatusCode.OK, "live"), await AnswerAsync(host, "live"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready"), await AnswerAsync(host, "ready"));
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "not ready\nThe inventory has not been loaded yet.\nThe database is out of reach."), await AnswerAsync(host, "ready", isPublic: false));
    }

    [Fact]
    public async Task While_its_database_is_away_a_node_is_live_and_not_ready_and_then_ready_again()
    {
        await using var link = new DatabaseLink(Database);
        await using var host = await ShopHost.StartAsync(await NewNode(connectionString: link.ConnectionString).WatchAsync());

        link.Cut();
        await Eventually.TrueAsync(async () => await AnswerAsync(host, "ready") == (HttpStatusCode.ServiceUnavailable, "not ready"));
        Assert.Equal((HttpStatusCode.OK, "live"), await AnswerAsync(host, "live"));

        link.Mend();
        await Eventually.TrueAsync(async () => await AnswerAsync(host, "ready") == (HttpStatusCode.OK, "ready"));
    }

    [Fact]
    public async Task While_its_database_hangs_a_crowd_of_questions_is_answered_at_once_and_opens_no_connections()
    {
        await using var link = new DatabaseLink(Database);
        await using var host = await ShopHost.StartAsync(await NewNode(connectionString: link.ConnectionString).WatchAsync());
        await Eventually.TrueAsync(async () => await AnswerAsync(host, "ready") == (HttpStatusCode.OK, "ready"));
        var longest = TimeSpan.Zero;

        link.Freeze();
        await Eventually.TrueAsync(
            async () =>
            {
                var begun = Stopwatch.GetTimestamp();
                var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AnswerAsync(host, "ready")));
                longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(begun).Ticks));
                return answers.All(answer => answer == (HttpStatusCode.ServiceUnavailable, "not ready"));
            },
            within: DependencyProbe.TimeOut + TimeSpan.FromSeconds(3));

        Assert.InRange(longest, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.InRange(link.ConnectionCount, 1, 10);
        link.Thaw();
        await Eventually.TrueAsync(async () => await AnswerAsync(host, "ready") == (HttpStatusCode.OK, "ready"));
    }

    [Fact]
    public async Task A_database_that_answers_the_sweep_and_hangs_for_the_check_is_out_of_reach_until_the_check_succeeds()
    {
        await using var link = new DatabaseLink(Database);
        await using var checkedOnly = NpgsqlDataSource.Create(link.ConnectionString);
        var node = await NewNode().WatchAsync();
        await using var host = await ShopHost.StartAsync(node, services => services.AddSingleton(checkedOnly));
        await Eventually.TrueAsync(() => link.ConnectionCount == 1);

        link.Freeze();
        await Eventually.TrueAsync(
            async () => await AnswerAsync(host, "ready", isPublic: false) == (HttpStatusCode.ServiceUnavailable, "not ready\nThe database is out of reach."),
            within: DependencyProbe.TimeOut + TimeSpan.FromSeconds(3));
        Assert.True(node.Inventory.IsDatabaseReachable);
        link.Thaw();

        await Eventually.TrueAsync(async () => await AnswerAsync(host, "ready") == (HttpStatusCode.OK, "ready"));
    }

    private static async Task<(HttpStatusCode, string)> AnswerAsync(ShopHost host, string question, bool isPublic = true)
    {
        using var browser = host.NewBrowser();
        // What the balancer adds for others, and who asks from this machine itself has not.
        if (isPublic) browser.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        var answer = await browser.GetAsync($"/health/{question}");
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
