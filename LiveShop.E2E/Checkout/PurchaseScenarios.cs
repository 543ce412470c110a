using System.Text.RegularExpressions;
using LiveShop.E2E.Harness;
using Microsoft.Playwright;

namespace LiveShop.E2E.Checkout;

public sealed class PurchaseScenarios(Chrome chrome, OpenShop shop) : CheckoutScenario(chrome, shop)
{
    [Fact]
    public async Task O1_placing_an_order_shows_what_was_bought_takes_one_pair_each_and_empties_the_cart_in_every_tab()
    {
        var shopper = await NewShopperAsync();
        var other = await shopper.OpenStoreAsync();
        var tab = await GoToCheckoutWithAsync(shopper, 1, 14);
        await Expect(other.Cart()).ToHaveCountAsync(2);

        await tab.PlaceOrder().ClickAsync();

        await Expect(tab.OrderNumber()).ToHaveTextAsync(new Regex("^[0-9A-Z]{4}-[0-9A-Z]{4}$"));
        await Expect(tab.Locator(".confirmation__line")).ToHaveTextAsync([new Regex(@"Hop Man 3\s+Size 6\s+\$120"), new Regex(@"Breezy Boost 600\s+Size 6\s+\$140")]);
        await Expect(tab.Locator("#order-total")).ToHaveTextAsync("$260");
        await Expect(other.Cart()).ToHaveCountAsync(0);
        foreach (var item in new[] { 1, 14 }) Assert.Equal(OpenShop.Pairs - 1, await Store.AvailabilityAsync(item));
        Assert.Equal(OpenShop.Pairs, await Store.AvailabilityAsync(2));
        Assert.Equal(0, await Store.LedgerMismatchesAsync());
    }

    [Fact]
    public async Task O1_the_confirmation_is_for_the_buyer_only()
    {
        var tab = await GoToCheckoutWithAsync(await NewShopperAsync(), 1);
        await tab.PlaceOrder().ClickAsync();
        await ExpectOrderNumberAsync(tab);

        var stranger = await (await NewShopperAsync()).NewTabAsync();
        var answer = await stranger.GotoAsync(tab.Url);

        Assert.Equal(404, answer!.Status);
        await Expect(stranger.OrderNumber()).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task O2_when_one_of_three_items_sells_out_between_the_form_and_the_button_nothing_is_sold()
    {
        var tab = await GoToCheckoutWithAsync(await NewShopperAsync(), 1, 2, 3);

        await Store.SetAvailabilityAsync(2, 0);
        await tab.PlaceOrder().ClickAsync();

        await Expect(tab.Notice()).ToContainTextAsync("Hop Man 3, size 6.5,");
        await Expect(tab.CartItem(2)).ToHaveClassAsync(new Regex("cart-item--out-of-stock"));
        foreach (var item in new[] { 1, 3 })
        {
            await Expect(tab.CheckoutLine(item)).ToBeVisibleAsync();
            Assert.Equal(OpenShop.Pairs, await Store.AvailabilityAsync(item));
        }
        Assert.Equal(0, await Shop.OrdersAsync());

        await tab.RemoveAsync(2);
        await Expect(tab.CheckoutLine(2)).ToHaveCountAsync(0);
        await tab.PlaceOrder().ClickAsync();
        await ExpectOrderNumberAsync(tab);
        Assert.Equal(1, await Shop.OrdersAsync());
    }

    [Fact]
    public async Task O5_twelve_shoppers_at_once_get_four_pairs_and_eight_clear_refusals()
    {
        const int Item = 9;
        await Store.SetAvailabilityAsync(Item, 4);
        var shoppers = new List<Shopper>();
        for (var i = 0; i < 12; i++) shoppers.Add(await NewShopperAsync());
        var tabs = new List<IPage>();
        foreach (var shopper in shoppers) tabs.Add(await GoToCheckoutWithAsync(shopper, Item));

        await Task.WhenAll(tabs.Select(tab => tab.PlaceOrder().ClickAsync()));

        // Who was refused reads so; who bought stands before the confirmation.
        foreach (var tab in tabs) await Expect(tab.OrderNumber().Or(tab.Notice().GetByText("size 10,"))).ToBeVisibleAsync();
        await Eventually.EqualAsync(4, async () => (await Task.WhenAll(tabs.Select(tab => tab.OrderNumber().CountAsync()))).Sum());
        foreach (var tab in tabs)
        {
            if (await tab.OrderNumber().CountAsync() == 0) await Expect(tab.Notice()).ToContainTextAsync("size 10,");
        }
        Assert.Equal(4, await Shop.OrdersAsync());
        Assert.Equal(0, await Store.AvailabilityAsync(Item));
        Assert.Equal(0, await Store.LedgerMismatchesAsync());
    }
}
