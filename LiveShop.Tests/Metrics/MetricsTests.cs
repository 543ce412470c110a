using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using LiveShop.Tests.Harness;
using LiveShop.Web.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace LiveShop.Tests;

/// <summary>What a scraper reads at <c>/metrics</c>, while shoppers shop.</summary>
public sealed partial class MetricsTests(PostgresServer postgres) : HostTests(postgres)
{
    private const string Token = "a token of some length";

    private protected override void Configure(IServiceCollection services) =>
        services.AddSingleton(new MetricsSettings(ManagementPort: null, Token, StatsD: null, SendsOtlp: false));

    [Fact]
    public async Task Prometheus_own_tool_finds_nothing_wrong_with_them()
    {
        await ShopAsync(shoppers: 2);

        await Promtool.ApprovesAsync(await ScrapeAsync(), "check", "metrics");
    }

    [Fact]
    public async Task They_tell_what_shoppers_bought_and_did_not_get()
    {
        var item = await Node.AddItemAsync(stock: 2);
        await Node.BuyAsync(item);
        var late = await Node.FillCartAsync(item);
        await Node.BuyAsync(item);
        await Node.Checkout.PlaceOrderAsync(Some.Request(late));

        var metrics = await ScrapeAsync();

        Assert.Equal(2, Value(metrics, """liveshop_purchases_total{outcome="placed"}"""));
        Assert.Equal(1, Value(metrics, """liveshop_purchases_total{outcome="sold_out"}"""));
        Assert.Equal(1, Value(metrics, """liveshop_refusals_total{reason="gone"}"""));
        Assert.Equal(3, Value(metrics, """liveshop_carts_changed_total{change="added"}"""));
        Assert.Equal(2, Value(metrics, "liveshop_pairs_sold_total"));
        Assert.Equal(3, Value(metrics, "liveshop_purchase_answer_seconds_count"));
        Assert.Equal(3, Value(metrics, "liveshop_purchase_wait_seconds_count"));
        Assert.Equal(2, Value(metrics, "liveshop_purchase_commit_seconds_count"));
        Assert.Equal(0, Value(metrics, "liveshop_purchase_queue_length"));
    }

    [Fact]
    public async Task A_release_and_its_announcement_are_counted()
    {
        var product = await Node.AddProductAsync("A", stock: 1, release: false);
        var announcements = Value(await ScrapeAsync(), "liveshop_shelf_announcements_total");

        await Node.Inventory.ReleaseAsync(product.Id, "test");

        await Eventually.TrueAsync(async () => Value(await ScrapeAsync(), "liveshop_shelf_announcements_total") > announcements);
        Assert.Equal(1, Value(await ScrapeAsync(), "liveshop_releases_total"));
    }

    [Fact]
    public async Task What_another_hand_changes_in_the_database_is_healed_by_the_sweep()
    {
        var item = await Node.AddItemAsync(stock: 5);
        // A sweep that reads a new store whole heals nothing; this one has been by then.
        await HealAsync(item, left: 4);
        var healed = Value(await ScrapeAsync(), "liveshop_sweep_healed_total");

        await HealAsync(item, left: 3);

        await Eventually.TrueAsync(async () => Value(await ScrapeAsync(), "liveshop_sweep_healed_total") == healed + 1);
    }

    [Fact]
    public async Task An_item_whose_ledger_does_not_add_up_is_seen()
    {
        var item = await Node.AddItemAsync(stock: 5);
        await Node.AddItemAsync(stock: 5);
        Assert.Equal(0, await Node.LedgerWatch.CompareAsync(default));

        await Database.ExecuteAsync($"update availabilities set available = 6 where item_id = {item}");
        await Node.LedgerWatch.CompareAsync(default);

        Assert.Equal(1, Value(await ScrapeAsync(), "liveshop_ledger_mismatches"));
    }

    [Fact]
    public async Task The_number_of_series_does_not_grow_with_traffic_and_none_tells_of_a_shopper()
    {
        await ShopAsync(shoppers: 3);
        await HealAsync(await Node.AddItemAsync(stock: 5), left: 4);
        var before = Series(await ScrapeAsync());

        var numbers = await ShopAsync(shoppers: 30);

        var text = await ScrapeAsync();
        Assert.Empty(Series(text).Except(before));
        Assert.DoesNotContain(numbers, number => text.Contains(number, StringComparison.Ordinal));
        Assert.DoesNotContain(await Database.ReadAllAsync<string>("select cart_id from orders"), cart => text.Contains(cart, StringComparison.Ordinal));
        Assert.DoesNotContain("127.0.0.1", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_frameworks_own_are_passed_on_but_for_those_that_cost_more_than_they_tell()
    {
        await ShopAsync(shoppers: 1);

        var text = await ScrapeAsync();

        Assert.Contains("\nhttp_server_request_duration_seconds_count{", text, StringComparison.Ordinal);
        Assert.Contains("\naspnetcore_components_render_diff_duration_seconds_count", text, StringComparison.Ordinal);
        Assert.DoesNotContain("update_parameters", text, StringComparison.Ordinal);
        Assert.DoesNotContain("memory_pool", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_a_proxy_this_machine_is_the_public_for_whom_there_is_no_such_page()
    {
        Browser.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");

        Assert.Equal(HttpStatusCode.NotFound, (await Browser.GetAsync("/metrics")).StatusCode);
    }

    [Theory]
    [InlineData(Token, HttpStatusCode.OK)]
    [InlineData("another token of that length", HttpStatusCode.NotFound)]
    public async Task Whoever_has_the_token_may_read_them_from_anywhere(string token, HttpStatusCode answer)
    {
        Browser.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        Browser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        Assert.Equal(answer, (await Browser.GetAsync("/metrics")).StatusCode);
    }

    /// <summary>That many shoppers look at the store, buy a pair and fail to buy another. Returns their order numbers.</summary>
    private async Task<List<string>> ShopAsync(int shoppers)
    {
        var numbers = new List<string>();
        for (var i = 0; i < shoppers; i++)
        {
            using var browser = NewBrowser();
            await browser.GetAsync("/");
            var item = await Node.AddItemAsync(stock: 1);
            var late = await Node.FillCartAsync(item);
            numbers.Add(await Node.BuyAsync(item));
            await Node.Checkout.PlaceOrderAsync(Some.Request(late));
            await Node.Carts.RemoveAsync(late.Id, item);
        }
        return numbers;
    }

    /// <summary>Lets the sweep find something that no event told of.</summary>
    private async Task HealAsync(int item, int left)
    {
        await Database.ExecuteAsync($"update availabilities set available = {left} where item_id = {item}");
        await Eventually.TrueAsync(() => Node.Inventory.Shelf.AvailabilityOf(item).Count == left);
    }

    private Task<string> ScrapeAsync() => Browser.GetStringAsync("/metrics");

    /// <summary>0 for a series that is not there.</summary>
    private static double Value(string metrics, string series) => metrics.Split('\n')
        .Where(line => line.StartsWith(series + " ", StringComparison.Ordinal))
        .Select(line => double.Parse(line[(series.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture)).SingleOrDefault();

    /// <summary>What the shop measures; what the framework measures of other tests in this process is not counted.</summary>
    private static SortedSet<string> Series(string metrics) => [.. OfShop().Matches(metrics).Select(match => match.Value)];

    [GeneratedRegex("^liveshop_[^ ]+", RegexOptions.Multiline)]
    private static partial Regex OfShop();
}
