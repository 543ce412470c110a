using System.Globalization;
using System.Net;
using LiveShop.E2E.Harness;
using LiveShop.Load;
using Microsoft.Playwright;

namespace LiveShop.E2E.Metrics;

public sealed class MetricsScenarios(Chrome chrome) : Scenario(chrome)
{
    private const int Item = 1;
    private const int OtherItem = 2;

    /// <summary>Seconds by which the shop's figure and the browser's may differ: a busy machine is late to look at its clock.</summary>
    private const double Agreement = 0.25;

    [Fact]
    public async Task The_time_from_commit_to_screen_is_what_a_browser_sees()
    {
        var shop = await StartShopAsync();
        var store = await OpenStoreAsync(shop);
        await shop.ReleaseAsync(1);
        await store.SetAvailabilityAsync(Item, 1);
        await store.SetAvailabilityAsync(OtherItem, 2);
        // The first purchase of a shop compiles what the others take: its transaction, which placed_at is the begin of, would last too long.
        await (await OpenFormAsync(await NewShopperAsync(shop), OtherItem)).PlaceOrder().ClickAsync();
        await Eventually.EqualAsync(1, store.OrdersAsync);
        var form = await OpenFormAsync(await NewShopperAsync(shop), Item);
        var tab = await (await NewShopperAsync(shop)).OpenStoreAsync();
        await Expect(tab.Size(Item)).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("level-low"));
        var before = await ReadAsync(shop);
        // The browser itself notes when its page shows that the last pair is gone.
        await tab.EvaluateAsync(
            """
            item => new MutationObserver((_, observer) => {
              const button = document.querySelector(`button[name=item_id][value="${item}"]`);
              if (button.disabled) { window.shownAt = performance.timeOrigin + performance.now(); observer.disconnect(); }
            }).observe(document.body, { subtree: true, childList: true, attributes: true })
            """,
            Item);

        await form.PlaceOrder().ClickAsync();
        await Expect(tab.Size(Item)).ToBeDisabledAsync();

        var shownAt = DateTimeOffset.UnixEpoch.AddMilliseconds(await tab.EvaluateAsync<double>("window.shownAt"));
        var soldAt = new DateTimeOffset(await store.ScalarAsync<DateTime>($"select o.placed_at from orders o join order_lines l on l.order_id = o.id where l.item_id = {Item}"));
        await Eventually.EqualAsync(true, async () => (await ReadAsync(shop)).Count > before.Count);
        var after = await ReadAsync(shop);
        // The buyer's own tab may have shown it too before it went on to the confirmation.
        Assert.InRange(after.Count - before.Count, 1, 2);
        var measured = (after.Seconds - before.Seconds) / (after.Count - before.Count);
        Assert.InRange(measured - (shownAt - soldAt).TotalSeconds, -Agreement, Agreement);
    }

    [Fact]
    public async Task A_management_port_has_the_figures_and_the_reasons_and_no_shop_and_the_shop_has_no_figures()
    {
        var port = Ports.Free();
        var shop = await StartShopAsync(Backend.Embedded, $"--Management:Port={port}");
        using var browser = new HttpClient();

        Assert.Contains("liveshop_node_ready 1", await browser.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics")), StringComparison.Ordinal);
        Assert.Equal("ready", await browser.GetStringAsync(new Uri($"http://127.0.0.1:{port}/health/ready")));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(browser, $"http://127.0.0.1:{port}/"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(browser, $"http://127.0.0.1:{port}/admin/login"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(browser, $"{shop.Url}/metrics"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser, shop.Url));
    }

    [Fact]
    public async Task Circuits_are_counted_from_their_opening_to_their_end()
    {
        var shop = await StartShopAsync();
        var shopper = await NewShopperAsync(shop);
        var stays = await shopper.OpenStoreAsync();
        var leaves = await shopper.OpenStoreAsync();
        await Eventually.EqualAsync(2, () => ValueAsync(shop, "liveshop_circuits_open"));
        Assert.Equal(1, await ValueAsync(shop, "liveshop_shoppers"));

        await leaves.CloseAsync();

        await Eventually.EqualAsync(1, () => ValueAsync(shop, "liveshop_circuits_open"));
        Assert.Equal(2, await ValueAsync(shop, "liveshop_circuits_opened_total"));
        Assert.Equal(0, await ValueAsync(shop, "liveshop_circuits_lost_total"));
        await stays.CloseAsync();
    }

    private static async Task<IPage> OpenFormAsync(Harness.Shopper buyer, int item)
    {
        var store = await buyer.OpenStoreAsync();
        await store.AddAsync(item);
        var form = await buyer.OpenCheckoutAsync();
        await store.CloseAsync();
        await form.FillDeliveryAsync();
        return form;
    }

    private static async Task<(double Count, double Seconds)> ReadAsync(ShopProcess shop) =>
        (await ValueAsync(shop, "liveshop_commit_to_screen_seconds_count"), await ValueAsync(shop, "liveshop_commit_to_screen_seconds_sum"));

    /// <summary>0 for a series that is not there yet.</summary>
    private static async Task<double> ValueAsync(ShopProcess shop, string series)
    {
        using var http = new HttpClient();
        var line = (await http.GetStringAsync(new Uri($"{shop.Url}/metrics"))).Split('\n').SingleOrDefault(line => line.StartsWith(series + " ", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[(series.Length + 1)..], CultureInfo.InvariantCulture);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient browser, string url)
    {
        using var answer = await browser.GetAsync(new Uri(url));
        return answer.StatusCode;
    }
}
