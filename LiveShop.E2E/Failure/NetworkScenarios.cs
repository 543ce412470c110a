using LiveShop.E2E.Harness;

namespace LiveShop.E2E.Failure;

[Collection(OwnProcesses.Name)]
public sealed class NetworkScenarios(Chrome chrome) : Scenario(chrome)
{
    /// <summary>Milliseconds in which a tab is to find the shop again: the browser asks at growing intervals.</summary>
    private const float Recovery = 60_000;

    [Fact]
    public async Task F2_tabs_that_lost_the_network_during_a_release_and_a_sell_out_show_the_present_state_afterwards()
    {
        var shop = await StartShopAsync();
        await shop.ReleaseAsync(1);
        var store = await OpenStoreAsync(shop);
        await store.SetEveryAvailabilityAsync(300);
        var outages = new[] { 1, 5, 30 }.Select(seconds => (Seconds: seconds, Network: Keep(new CuttableNetwork(shop.Url)))).ToList();
        var tabs = await Task.WhenAll(outages.Select(async outage => await (await NewShopperAsync(outage.Network.Url)).OpenStoreAsync()));
        foreach (var tab in tabs) await tab.AddAsync(1);

        foreach (var (_, network) in outages) network.Cut();
        await store.ReleaseAsync(2);
        await store.SetEveryAvailabilityAsync(0);
        await Task.WhenAll(outages.Select(async outage =>
        {
            await Outage.LastAsync(outage.Seconds);
            outage.Network.Restore();
        }));

        foreach (var tab in tabs)
        {
            await Expect(tab.Locator(".size-container__entry--level-out:disabled")).ToHaveCountAsync(26, new() { Timeout = Recovery });
            await Expect(tab.Locator("#cart-container .cart-item--out-of-stock[data-item-id='1']")).ToBeVisibleAsync();
            await tab.WaitUntilLiveAsync();
        }
        await store.SetAvailabilityAsync(14, 20);
        foreach (var tab in tabs) await tab.AddAsync(14);
    }
}
