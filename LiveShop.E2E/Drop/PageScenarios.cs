using LiveShop.E2E.Harness;
using Microsoft.Playwright;

namespace LiveShop.E2E.Drop;

public sealed class PageScenarios(Chrome chrome, OpenShop shop) : OpenShopScenario(chrome, shop)
{
    [Fact]
    public async Task D5_a_release_while_the_shopper_is_on_another_site_is_there_when_they_press_back()
    {
        var shop = await FreshShopAsync();
        var shopper = await NewShopperAsync(shop);
        var tab = await shopper.OpenStoreAsync();
        await Expect(tab.Product(2).Locator(".product-soon")).ToBeVisibleAsync();

        await tab.GoToAnotherSiteAsync();
        await shop.ReleaseAsync(1, 2);
        await tab.GoBackAsync();

        await Expect(tab.Locator(".size-container__entry")).ToHaveCountAsync(26);
        await Expect(tab.Locator(".product-soon")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task D6_pages_without_live_content_open_no_circuit()
    {
        var shopper = await NewShopperAsync();
        var confirmation = await BuyAsync(shopper);

        foreach (var path in new[] { new Uri(confirmation).AbsolutePath, "/nothing-here", "/error" })
        {
            var tab = await shopper.NewTabAsync();
            var wire = new Wire(tab);
            await tab.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
            await Expect(tab.Locator("main h1")).ToBeVisibleAsync();
            Assert.Equal(0, wire.Opened);
        }
    }

    [Fact]
    public async Task D6_going_from_the_checkout_to_the_confirmation_ends_the_circuit()
    {
        var shopper = await NewShopperAsync();
        var tab = await shopper.NewTabAsync();
        var wire = new Wire(tab);
        await tab.GoToStoreAsync();
        await tab.AddAsync(5);
        await tab.Locator(".cart__checkout").ClickAsync();
        await tab.FillDeliveryAsync();
        Assert.Equal(1, wire.Open);

        await tab.PlaceOrder().ClickAsync();

        await Expect(tab.OrderNumber()).ToBeVisibleAsync();
        await Eventually.EqualAsync(0, () => wire.Open);
    }

    [Fact]
    public async Task D6_the_checkout_keeps_the_stores_socket_hears_of_its_own_lines_only_and_the_store_is_up_to_date_on_return()
    {
        var shopper = await NewShopperAsync();
        var tab = await shopper.NewTabAsync();
        var wire = new Wire(tab);
        await tab.GoToStoreAsync();
        await tab.AddAsync(6);

        await tab.Locator(".cart__checkout").ClickAsync();
        await Expect(tab.PlaceOrder()).ToBeEnabledAsync();
        Assert.Equal((1, 1), (wire.Opened, wire.Open));

        var before = wire.RenderBatches;
        await Store.SetAvailabilityAsync(20, 20);
        await Store.NextSweepAsync();
        await Store.SetAvailabilityAsync(6, 0);
        await Expect(tab.CheckoutLine(6)).ToContainTextAsync("is gone");
        Assert.Equal(before + 1, wire.RenderBatches);

        await tab.Locator(".header__name").ClickAsync();
        await tab.WaitUntilLiveAsync();
        await Expect(tab.Locator("[value='20'].size-container__entry--level-low")).ToBeVisibleAsync();
        await Expect(tab.Size(6)).ToBeDisabledAsync();
        await Store.SetAvailabilityAsync(21, 0);
        await Expect(tab.Size(21)).ToBeDisabledAsync();
    }

    private static async Task<string> BuyAsync(Shopper shopper)
    {
        var tab = await shopper.OpenStoreAsync();
        await tab.AddAsync(4);
        await tab.GotoAsync("/checkout");
        await tab.FillDeliveryAsync();
        await tab.PlaceOrder().ClickAsync();
        await Expect(tab.OrderNumber()).ToBeVisibleAsync();
        return tab.Url;
    }
}
