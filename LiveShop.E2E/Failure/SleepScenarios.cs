using LiveShop.E2E.Harness;
using Microsoft.Playwright;

namespace LiveShop.E2E.Failure;

/// <summary>Tabs that are away for longer than their circuits are kept.</summary>
[Collection(OwnProcesses.Name)]
public sealed class SleepScenarios(Chrome chrome) : Scenario(chrome)
{
    /// <summary>Milliseconds in which a tab is to find the shop again: the browser asks at growing intervals.</summary>
    private const float Recovery = 60_000;

    private static readonly string[] ShortLived = ["--Shop:CircuitSeconds=1"];

    [Fact]
    public async Task F2_a_store_whose_circuit_has_ended_shows_the_present_state_and_what_went_without_a_reload()
    {
        var (shop, store, network) = await StartAsync();
        var tab = await (await NewShopperAsync(network.Url)).OpenStoreAsync();
        await tab.AddAsync(1);
        await tab.AddAsync(3);
        await store.SetAvailabilityAsync(3, 0);
        await Expect(tab.Notice()).ToContainTextAsync("is gone");
        await MarkAsync(tab);

        await EndCircuitsAsync(shop, network);
        await store.ReleaseAsync(2);
        await store.SetAvailabilityAsync(1, 0);
        await store.SetAvailabilityAsync(5, 0);
        network.Restore();

        await Expect(tab.Product(2).Locator(".size-container")).ToBeVisibleAsync(new() { Timeout = Recovery });
        await Expect(tab.Size(5)).ToBeDisabledAsync();
        await Expect(tab.Locator("#cart-container .cart-item--out-of-stock")).ToHaveCountAsync(2);
        // Item 3 was told before.
        await Expect(tab.Notice()).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[^,]*, size 6, is gone. Pick another.$"));
        await tab.AddAsync(14);
        await tab.RemoveAsync(3);
        await Expect(tab.Cart()).ToHaveCountAsync(2);
        Assert.True(await IsMarkedAsync(tab));
    }

    [Fact]
    public async Task F2_a_checkout_whose_circuit_has_ended_has_what_was_typed_and_the_present_cart_without_a_reload()
    {
        var (shop, store, network) = await StartAsync();
        var shopper = await NewShopperAsync(network.Url);
        await (await shopper.OpenStoreAsync()).AddAsync(1);
        var checkout = await shopper.OpenCheckoutAsync();
        await checkout.FillDeliveryAsync();
        await Eventually.EqualAsync(1, () => store.ScalarAsync<long>("select count(*) from checkout_drafts where country <> ''"));
        // The shopper is told something, which is on the screen when the network goes.
        await store.ScalarAsync<int>("with stop as (update items set stopped_at = now(), stop_reason = 'check' where id = 1 returning 1) select count(*)::int from stop");
        await checkout.PlaceOrder().ClickAsync();
        await Expect(checkout.Notice()).ToContainTextAsync("Not sold");
        await MarkAsync(checkout);

        await EndCircuitsAsync(shop, network);
        await store.ScalarAsync<long>("with gone as (delete from checkout_drafts returning 1) select count(*) from gone");
        await store.ScalarAsync<int>("with go as (update items set stopped_at = null, stop_reason = null where id = 1 returning 1) select count(*)::int from go");
        await store.ScalarAsync<int>("with price as (update products set price = 321 where id = 1 returning 1) select count(*)::int from price");
        network.Restore();

        await Expect(checkout.Locator(".checkout__cart .sum strong")).ToHaveTextAsync("$321", new() { Timeout = Recovery });
        await Expect(checkout.Locator("#checkout-email")).ToHaveValueAsync("ana@example.org");
        await Expect(checkout.Locator("#checkout-country")).ToHaveValueAsync("Portugal");
        // Newer than what was said before.
        await Expect(checkout.Notice()).ToHaveTextAsync("Hop Man 3 costs $321 now, not $120.");
        Assert.True(await IsMarkedAsync(checkout));
        await checkout.PlaceOrder().ClickAsync();
        await Expect(checkout.OrderNumber()).ToBeVisibleAsync();
        Assert.Equal(321, await store.ScalarAsync<decimal>("select total from orders"));
    }

    [Fact]
    public async Task F1_a_tab_whose_circuit_ended_and_whose_server_was_restarted_since_reloads_by_itself()
    {
        var (shop, _, network) = await StartAsync();
        var shopper = await NewShopperAsync(network.Url);
        var tab = await shopper.OpenStoreAsync();
        await tab.AddAsync(1);
        await MarkAsync(tab);

        await EndCircuitsAsync(shop, network);
        await shop.StopAsync();
        await shop.StartAgainAsync();
        network.Restore();

        await tab.WaitForFunctionAsync("() => !window.mark", null, new() { Timeout = Recovery });
        await tab.WaitUntilLiveAsync();
        await Expect(tab.CartItem(1)).ToBeVisibleAsync();
        await tab.AddAsync(2);
    }

    private async Task<(ShopProcess Shop, TestStore Store, CuttableNetwork Network)> StartAsync()
    {
        var shop = await StartShopAsync(Backend.Postgres, ShortLived);
        await shop.ReleaseAsync(1);
        var store = await OpenStoreAsync(shop);
        await store.SetEveryAvailabilityAsync(300);
        return (shop, store, Keep(new CuttableNetwork(shop.Url)));
    }

    /// <summary>Cuts the network and returns when the shop has given up every circuit.</summary>
    private static async Task EndCircuitsAsync(ShopProcess shop, CuttableNetwork network)
    {
        network.Cut();
        using var http = new HttpClient();
        await Eventually.EqualAsync(
            true, async () => (await http.GetStringAsync(new Uri($"{shop.Url}/metrics"))).Contains("\nliveshop_circuits_open 0\n", StringComparison.Ordinal), within: 60);
    }

    /// <summary>Leaves something in the page's window, which a reload takes away.</summary>
    private static Task MarkAsync(IPage tab) => tab.EvaluateAsync("window.mark = true");

    private static Task<bool> IsMarkedAsync(IPage tab) => tab.EvaluateAsync<bool>("window.mark === true");
}
