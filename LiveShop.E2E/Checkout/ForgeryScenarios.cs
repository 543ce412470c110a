using System.Text.RegularExpressions;
using LiveShop.E2E.Harness;

namespace LiveShop.E2E.Checkout;

public sealed class ForgeryScenarios(Chrome chrome, OpenShop shop) : CheckoutScenario(chrome, shop)
{
    [Fact]
    public async Task O4_the_checkout_with_an_empty_cart_leads_back_to_the_store()
    {
        var shopper = await NewShopperAsync();
        var tab = await shopper.OpenStoreAsync();

        await tab.GotoAsync("/checkout");

        await Expect(tab).ToHaveURLAsync(new Regex(@"^http://[^/]+/$"));
        await Expect(tab.Locator("main.product-list")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_shopper_whose_answer_was_lost_is_led_to_the_confirmation_once()
    {
        var shopper = await NewShopperAsync();
        var lost = await GoToCheckoutWithAsync(shopper, 1);
        // The answer leads to a page that never comes.
        await lost.RouteAsync("**/checkout/complete/**", route => route.AbortAsync());
        await lost.PlaceOrder().ClickAsync();
        await Eventually.EqualAsync(1, Shop.OrdersAsync);
        var tab = await shopper.NewTabAsync();

        await tab.GotoAsync("/checkout");
        await ExpectOrderNumberAsync(tab);

        await tab.GotoAsync("/checkout");
        await Expect(tab.Locator("main.product-list")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("/checkout")]
    [InlineData("/checkout/complete")]
    [InlineData("/checkout/complete/AAAA-AAAA")]
    public async Task O4_a_forged_or_replayed_post_buys_nothing(string path)
    {
        var shopper = await NewShopperAsync();
        var tab = await GoToCheckoutWithAsync(shopper, 1);
        var stranger = await NewShopperAsync();

        foreach (var (sender, origin) in new[] { (shopper, null), (shopper, "https://elsewhere.example"), (stranger, null) })
        {
            var answer = await sender.PostAsync(path, 1, origin);
            Assert.InRange(answer.Status, 400, 499);
            Assert.DoesNotContain("   at ", await answer.TextAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(0, await Shop.OrdersAsync());
        Assert.Equal(OpenShop.Pairs, await Store.AvailabilityAsync(1));
        await Expect(tab.CheckoutLine(1)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task O4_forms_that_another_site_sends_change_no_cart()
    {
        var shopper = await NewShopperAsync();
        var tab = await shopper.OpenStoreAsync();
        await tab.AddAsync(1);

        foreach (var path in new[] { "/cart/add", "/cart/remove" })
        {
            foreach (var origin in new[] { "https://elsewhere.example", "null" })
            {
                Assert.Equal(403, (await shopper.PostAsync(path, path == "/cart/add" ? 2 : 1, origin)).Status);
            }
        }

        await tab.ReloadAsync();
        await Expect(tab.Cart()).ToHaveCountAsync(1);
        await Expect(tab.CartItem(1)).ToBeVisibleAsync();
    }
}
