using System.Text.RegularExpressions;
using LiveShop.E2E.Harness;

namespace LiveShop.E2E.Cart;

public sealed partial class CartScenarios(Chrome chrome, OpenShop shop) : OpenShopScenario(chrome, shop)
{
    /// <summary>Size 6 of product 1; size 10 of product 2 is the ninth of its thirteen.</summary>
    private const int SizeSixOfOne = 1;
    private const int SizeTenOfTheOther = 13 + 9;

    [Fact]
    public async Task C1_a_cart_follows_its_shopper_from_tab_to_tab_and_back_from_another_site()
    {
        var shopper = await NewShopperAsync();
        var first = await shopper.OpenStoreAsync();
        await first.AddAsync(SizeSixOfOne);
        await first.AddAsync(SizeTenOfTheOther);
        await Expect(first.Cart()).ToHaveCountAsync(2);
        await Expect(first.CartItem(SizeSixOfOne)).ToContainTextAsync("Size 6");
        await Expect(first.CartItem(SizeTenOfTheOther)).ToContainTextAsync("Size 10");

        await first.RemoveAsync(SizeSixOfOne);
        await Expect(first.Cart()).ToHaveCountAsync(1);

        await first.GoToAnotherSiteAsync();
        await first.GoToStoreAsync();
        await Expect(first.Cart()).ToHaveCountAsync(1);
        await Expect(first.CartItem(SizeTenOfTheOther)).ToBeVisibleAsync();

        var second = await shopper.OpenStoreAsync();
        await Expect(second.CartItem(SizeTenOfTheOther)).ToBeVisibleAsync();
        await second.RemoveAsync(SizeTenOfTheOther);
        foreach (var tab in new[] { first, second }) await Expect(tab.Cart()).ToHaveCountAsync(0);

        int[] four = [1, 2, 14, 15];
        foreach (var item in four) await first.AddAsync(item);
        await first.Locator("a.cart__checkout").ClickAsync();
        await Expect(first.Locator(".checkout-line")).ToHaveCountAsync(4);
        foreach (var item in four) await Expect(first.CheckoutLine(item)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task C2_the_same_item_twice_is_refused_with_a_message()
    {
        var shopper = await NewShopperAsync();
        var tab = await shopper.OpenStoreAsync();
        await tab.AddAsync(3);

        await tab.Size(3).ClickAsync();

        await Expect(tab.Notice()).ToContainTextAsync("in your cart already");
        await Expect(tab.Cart()).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task C2_one_more_than_the_cart_may_hold_is_refused_with_a_message()
    {
        var shopper = await NewShopperAsync();
        var tab = await shopper.OpenStoreAsync();
        foreach (var item in new[] { 1, 2, 3, 4 }) await tab.AddAsync(item);

        await tab.Size(5).ClickAsync();

        await Expect(tab.Notice()).ToContainTextAsync("Your cart is full");
        await Expect(tab.Cart()).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task C2_an_item_that_is_out_has_a_disabled_button_and_hand_made_requests_for_it_are_refused()
    {
        await Store.SetAvailabilityAsync(6, 0);
        var shopper = await NewShopperAsync();
        var tab = await shopper.OpenStoreAsync();
        await Expect(tab.Size(6)).ToBeDisabledAsync();

        await tab.Size(6).EvaluateAsync("button => { button.disabled = false; button.click(); }");
        await Expect(tab.Notice()).ToContainTextAsync("Size 8.5 is gone");

        var answer = await shopper.PostAsync("/cart/add", 6);
        Assert.Contains("is gone", await answer.TextAsync(), StringComparison.Ordinal);
        await Expect(tab.Cart()).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task C3_two_browsers_never_see_each_others_cart()
    {
        var (ana, ben) = (await NewShopperAsync(), await NewShopperAsync());
        var (anasTab, bensTab) = (await ana.OpenStoreAsync(), await ben.OpenStoreAsync());

        await anasTab.AddAsync(7);
        await bensTab.AddAsync(8);

        foreach (var reload in new[] { false, true })
        {
            if (reload) await Task.WhenAll(anasTab.ReloadAsync(), bensTab.ReloadAsync());
            await Expect(anasTab.CartItem(7)).ToBeVisibleAsync();
            await Expect(bensTab.CartItem(8)).ToBeVisibleAsync();
            foreach (var tab in new[] { anasTab, bensTab }) await Expect(tab.Cart()).ToHaveCountAsync(1);
        }
    }

    [Fact]
    public async Task C4_an_item_in_the_cart_that_sells_out_is_greyed_and_announced_in_every_tab_and_cannot_be_bought()
    {
        var shopper = await NewShopperAsync();
        var first = await shopper.OpenStoreAsync();
        foreach (var item in new[] { 9, 10 }) await first.AddAsync(item);
        var second = await shopper.OpenStoreAsync();
        var checkout = await shopper.OpenCheckoutAsync();
        await checkout.FillDeliveryAsync();

        await Store.SetAvailabilityAsync(9, 0);

        foreach (var tab in new[] { first, second, checkout })
        {
            await Expect(tab.CartItem(9)).ToHaveClassAsync(OutOfStock());
            await Expect(tab.CartItem(10)).Not.ToHaveClassAsync(OutOfStock());
            await Expect(tab.Notice()).ToContainTextAsync("size 10, is gone");
        }
        await Expect(checkout.CheckoutLine(9)).ToHaveClassAsync(new Regex("checkout-line--out-of-stock"));

        await checkout.PlaceOrder().ClickAsync();
        await Expect(checkout.Notice()).ToContainTextAsync("Not sold");
        Assert.Equal(0, await Shop.OrdersAsync());

        await checkout.RemoveAsync(9);
        foreach (var tab in new[] { first, second, checkout })
        {
            await Expect(tab.CartItem(9)).ToHaveCountAsync(0);
            await Expect(tab.CartItem(10)).ToBeVisibleAsync();
        }
    }

    [GeneratedRegex("cart-item--out-of-stock")]
    private static partial Regex OutOfStock();
}
