using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using LiveShop.E2E.Harness;
using Microsoft.Playwright;

namespace LiveShop.E2E.Cluster;

[Collection(OwnProcesses.Name)]
public sealed class FailureScenarios(Chrome chrome, ShopCluster cluster) : ClusterScenario(chrome, cluster)
{
    /// <summary>Milliseconds in which a tab is to be live again on another node.</summary>
    private const float Recovery = 30_000;

    [Fact]
    public async Task F3_while_the_database_is_killed_pages_are_served_to_everybody_nothing_is_sold_and_a_node_that_starts_waits_for_it()
    {
        await Cluster.ReleaseAsync();
        var tab = await (await NewShopperAsync()).OpenStoreAsync();

        await Cluster.DoAsync("kill", "postgres");

        await Eventually.EqualAsync("not ready\nThe database is out of reach.", () => Cluster.ReadinessAsync(1));
        var newcomer = await (await NewShopperAsync()).OpenStoreAsync();
        foreach (var page in new[] { tab, newcomer })
        {
            await page.Size(3).ClickAsync();
            await Expect(page.Notice()).ToContainTextAsync("try again", new() { IgnoreCase = true, Timeout = 15_000 });
            await Expect(page.Cart()).ToHaveCountAsync(0);
        }
        Assert.NotEqual(0, (await Cluster.TryAsync("shop", "release", "1")).ExitCode);
        await Cluster.DoAsync("kill-node", "2");
        var starting = Cluster.DoAsync("start-node", "2");
        await Eventually.EqualAsync("not ready\nThe inventory has not been loaded yet.\nThe database is out of reach.", () => Cluster.ReadinessAsync(2), within: 30);

        await Cluster.DoAsync("start", "postgres");

        await starting;
        for (var node = 1; node <= 2; node++) await Eventually.EqualAsync("ready", () => Cluster.ReadinessAsync(node));
        foreach (var page in new[] { tab, newcomer })
        {
            await page.WaitUntilLiveAsync();
            await page.AddAsync(3);
        }
    }

    [Fact]
    public async Task F4_without_redis_each_node_goes_on_and_when_it_is_back_they_agree_at_once()
    {
        await Cluster.ReleaseAsync();
        var shopper = await NewShopperAsync();
        IPage[] tabs = [await shopper.OpenStoreAsync(Cluster.NodeUrl(1)), await shopper.OpenStoreAsync(Cluster.NodeUrl(2))];

        await Cluster.DoAsync("kill", "redis");
        await Eventually.EqualAsync("not ready\nRedis is out of reach.", () => Cluster.ReadinessAsync(1));
        await tabs[0].AddAsync(1);
        await tabs[1].AddAsync(14);
        await Store.SetAvailabilityAsync(1, 0);
        foreach (var tab in tabs)
        {
            await Expect(tab.CartItem(14)).ToBeVisibleAsync();
            await Expect(tab.CartItem(1)).ToHaveClassAsync(new Regex("cart-item--out-of-stock"));
        }
        await (await NewShopperAsync()).OpenStoreAsync();

        await Cluster.DoAsync("start", "redis");
        for (var node = 1; node <= 2; node++) await Eventually.EqualAsync("ready", () => Cluster.ReadinessAsync(node), within: 5);
        await tabs[0].RemoveAsync(1);
        await Expect(tabs[1].Cart()).ToHaveCountAsync(1);
        await Cluster.CommandAsync("sell-out", "--delay-ms", "0");
        foreach (var tab in tabs) await Expect(tab.Locator(".size-container__entry--level-out:disabled")).ToHaveCountAsync(26);
        Assert.Equal(0, await Store.LedgerMismatchesAsync());
    }

    [Fact]
    public async Task F5_the_tabs_of_a_killed_node_go_on_with_their_cart_on_the_other()
    {
        await Cluster.ReleaseAsync();
        var shopper = await NewShopperAsync();
        var tab = await shopper.OpenStoreAsync();
        await tab.AddAsync(5);
        var checkout = await shopper.OpenCheckoutAsync();
        await checkout.FillDeliveryAsync();
        await Eventually.EqualAsync(1, () => Store.ScalarAsync<long>("select count(*) from checkout_drafts where country <> ''"));
        var node = await NodeOfAsync(shopper);

        await Cluster.DoAsync("kill-node", $"{node}");

        await Eventually.EqualAsync(3 - node, () => NodeOfAsync(shopper), within: 30);
        await Expect(tab.Locator("main.product-list[data-live]")).ToBeVisibleAsync(new() { Timeout = Recovery });
        await Expect(tab.CartItem(5)).ToBeVisibleAsync();
        await Expect(checkout.Locator("#checkout-country")).ToHaveValueAsync("Portugal", new() { Timeout = Recovery });
        await checkout.PlaceOrder().ClickAsync();
        await Expect(checkout.OrderNumber()).ToBeVisibleAsync();
        await Expect(tab.Cart()).ToHaveCountAsync(0);
        Assert.Equal(1, await Store.OrdersAsync());
        await Cluster.DoAsync("start-node", $"{node}");
    }

    [Fact]
    public async Task F6_a_rolling_restart_in_a_drop_loses_no_order_and_no_tab()
    {
        await Cluster.ReleaseAsync();
        var buyers = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ => await (await NewShopperAsync()).OpenStoreAsync()));
        var watcher = await (await NewShopperAsync()).OpenStoreAsync();
        var (shown, answersLost, rolling) = (new ConcurrentBag<string>(), 0, true);
        var buying = Task.WhenAll(buyers.Select(async (tab, i) =>
        {
            while (rolling)
            {
                if (await BuyAsync(tab, item: i + 1) is { } number) shown.Add(number);
                else Interlocked.Increment(ref answersLost);
            }
        }));

        await Cluster.DoAsync("rolling");
        rolling = false;
        await buying;

        Assert.True(shown.Count > buyers.Length, $"{shown.Count} orders.");
        Assert.Equal(shown.Count + answersLost, await Store.OrdersAsync());
        Assert.Equal(shown.Count, await Store.ScalarAsync<long>($"select count(*) from orders where number in ('{string.Join("','", shown)}')"));
        Assert.Equal(0, await Store.LedgerMismatchesAsync());
        await Store.SetAvailabilityAsync(20, 0);
        await Expect(watcher.Locator("main.product-list[data-live]")).ToBeVisibleAsync(new() { Timeout = Recovery });
        await Expect(watcher.Size(20)).ToBeDisabledAsync();
    }

    [Fact]
    public async Task F8_a_sale_whose_node_dies_between_the_commit_and_its_announcement_is_seen_by_everybody()
    {
        await Cluster.ReleaseAsync();
        await Store.SetAvailabilityAsync(4, 1);
        var network = Keep(new CuttableNetwork($"http://127.0.0.1:{Cluster.PostgresPort}"));
        var third = await StartShopAsync(
            Backend.Embedded, $"--ConnectionStrings:Postgres={ShopCluster.PostgresAt(network.Port)}", $"--ConnectionStrings:Redis={Cluster.RedisAddress}", Operator.Setting);
        var shopper = await NewShopperAsync();
        var watching = await shopper.OpenStoreAsync(Cluster.NodeUrl(1));
        await watching.AddAsync(4);
        var checkout = await shopper.OpenCheckoutAsync(third.Url);
        await checkout.FillDeliveryAsync();
        network.Intercept("COMMIT\0", third.KillAsync);
        // The draft is written too; it is the purchase that is to be the next commit.
        await checkout.PlaceOrder().ClickAsync();

        await Eventually.EqualAsync(1, Store.OrdersAsync);
        await Expect(watching.Size(4)).ToBeDisabledAsync(new() { Timeout = 2_000 });
        await Expect(watching.Cart()).ToHaveCountAsync(0, new() { Timeout = 2_000 });
        Assert.Equal(0, await Store.LedgerMismatchesAsync());
    }

    /// <summary>Buys a pair as a shopper who does not give up, and reads the order's number; null when the cart was bought and the answer lost.</summary>
    private static async Task<string?> BuyAsync(IPage tab, int item)
    {
        var begun = Stopwatch.StartNew();
        for (var hasAsked = false; ;)
        {
            try
            {
                await tab.GoToStoreAsync();
                if (hasAsked && await tab.CartItem(item).CountAsync() == 0) return null;
                if (await tab.CartItem(item).CountAsync() == 0) await tab.AddAsync(item);
                await tab.GotoAsync("/checkout");
                await Expect(tab.PlaceOrder()).ToBeEnabledAsync(Tab.Patiently);
                await tab.FillDeliveryAsync();
                hasAsked = true;
                await tab.PlaceOrder().ClickAsync();
                await Expect(tab.OrderNumber()).ToBeVisibleAsync();
                return await tab.OrderNumber().InnerTextAsync();
            }
            catch (PlaywrightException) when (begun.Elapsed < TimeSpan.FromMinutes(2))
            {
                // The page went while it was used: begin again.
            }
        }
    }

    /// <summary>The node that the balancer has put this browser on.</summary>
    private static async Task<int> NodeOfAsync(Shopper shopper) =>
        int.Parse((await shopper.Context.CookiesAsync()).Single(cookie => cookie.Name == "SRV").Value[^1..], System.Globalization.CultureInfo.InvariantCulture);
}
