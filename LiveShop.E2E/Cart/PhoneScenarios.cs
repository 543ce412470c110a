using LiveShop.E2E.Harness;

namespace LiveShop.E2E.Cart;

public sealed class PhoneScenarios(Chrome chrome, OpenShop shop) : OpenShopScenario(chrome, shop)
{
    [Fact]
    public async Task On_a_phone_the_cart_is_a_bar_that_opens_to_its_list_in_which_removing_works()
    {
        var shopper = await NewShopperAsync(Shop.Process, Screen.Phone);
        var tab = await shopper.OpenStoreAsync();
        foreach (var item in new[] { 1, 2 }) await tab.AddAsync(item);
        await Expect(tab.Locator(".cart__count")).ToHaveTextAsync("2");
        await Expect(tab.Locator("a.cart__checkout")).ToBeVisibleAsync();
        await Expect(tab.CartItem(1)).ToBeHiddenAsync();
        Assert.True(await tab.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the phone.");

        await tab.Locator(".cart__toggle").TapAsync();
        await Expect(tab.CartItem(1)).ToBeVisibleAsync();
        await tab.RemoveAsync(1);

        await Expect(tab.CartItem(1)).ToHaveCountAsync(0);
        await Expect(tab.CartItem(2)).ToBeVisibleAsync();
        await Expect(tab.Locator(".cart__count")).ToHaveTextAsync("1");
    }
}
