using LiveShop.E2E.Harness;

namespace LiveShop.E2E.Failure;

public sealed class NetworkScenarios(Chrome chrome) : Scenario(chrome)
{
    /// <summary>Milliseconds in which a tab is to find the shop again: the browser asks at growing intervals.</summary>
    private const float Recovery = 60_000;

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(30)]
    public async Task F2_a_tab_that_lost_the_network_during_a_release_and_a_sell_out_shows_the_present_state_afterwards(int seconds)
    {
        var shop = await StartShopAsync();
        await shop.ReleaseAsync(1);
        var store = await OpenStoreAsync(shop);
        await store.SetEveryAvailabilityAsync(300);
        var network = Keep(new CuttableNetwork(shop.Url));
        var shopper = await NewShopperAsync(network.Url);
        var tab = await shopper.OpenStoreAsync();
        await tab.AddAsync(1);

        network.Cut();
        await store.ReleaseAsync(2);
        await store.SetEveryAvailabilityAsync(0);
        await Outage.LastAsync(seconds);
        network.Restore();

        await Expect(tab.Locator(".size-container__entry--level-out:disabled")).ToHaveCountAsync(26, new() { Timeout = Recovery });
        await Expect(tab.Locator("#cart-container .cart-item--out-of-stock[data-item-id='1']")).ToBeVisibleAsync();
        await tab.WaitUntilLiveAsync();
        await store.SetAvailabilityAsync(14, 20);
        await tab.AddAsync(14);
    }
}
