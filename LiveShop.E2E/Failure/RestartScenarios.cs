using LiveShop.E2E.Harness;

namespace LiveShop.E2E.Failure;

[Collection(OwnProcesses.Name)]
public sealed class RestartScenarios(Chrome chrome) : Scenario(chrome)
{
    /// <summary>Milliseconds in which a tab is to find the shop again: the browser asks at growing intervals.</summary>
    private const float Recovery = 60_000;

    /// <summary>Three shops at the same time: most of it is waiting.</summary>
    [Fact]
    public Task F1_after_a_restart_of_the_server_the_tabs_work_again_by_themselves() => Task.WhenAll(
        RestartAsync(Backend.Embedded, secondsDown: 1, killed: false),
        RestartAsync(Backend.Postgres, secondsDown: 5, killed: true),
        RestartAsync(Backend.Postgres, secondsDown: 30, killed: false));

    private async Task RestartAsync(Backend backend, int secondsDown, bool killed)
    {
        var shop = await StartShopAsync(backend);
        await shop.ReleaseAsync(1);
        var before = await shop.OpenStoreAsync();
        await before.SetEveryAvailabilityAsync(300);
        var shopper = await NewShopperAsync(shop);
        var tab = await shopper.OpenStoreAsync();
        await tab.AddAsync(1);
        var checkout = await shopper.OpenCheckoutAsync();
        await checkout.FillAsync("#checkout-email", "ana@example.org");
        await checkout.Locator("#checkout-name").PressSequentiallyAsync("Ana Li");
        // A server that is killed has what it was told until a moment before.
        await Eventually.EqualAsync(1, () => before.ScalarAsync<long>("select count(*) from checkout_drafts where email <> '' and name = 'Ana Li'"));
        await before.DisposeAsync();

        await (killed ? shop.KillAsync() : shop.StopAsync());
        await Outage.LastAsync(secondsDown);
        await shop.StartAgainAsync();

        await shop.ReleaseAsync(2);
        await Expect(tab.Product(2).Locator(".size-container")).ToBeVisibleAsync(new() { Timeout = Recovery });
        await Expect(tab.CartItem(1)).ToBeVisibleAsync();
        await tab.WaitUntilLiveAsync();
        await tab.AddAsync(14);

        await Expect(checkout.CheckoutLine(14)).ToBeVisibleAsync(new() { Timeout = Recovery });
        await Expect(checkout.Locator("#checkout-email")).ToHaveValueAsync("ana@example.org");
        await Expect(checkout.Locator("#checkout-name")).ToHaveValueAsync("Ana Li");
        await checkout.FillDeliveryAsync();
        await checkout.PlaceOrder().ClickAsync();
        await Expect(checkout.OrderNumber()).ToBeVisibleAsync(new() { Timeout = Recovery });
        await Expect(tab.Cart()).ToHaveCountAsync(0);
    }
}
