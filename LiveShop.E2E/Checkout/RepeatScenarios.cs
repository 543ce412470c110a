using LiveShop.E2E.Harness;
using Microsoft.Playwright;

namespace LiveShop.E2E.Checkout;

public sealed class RepeatScenarios(Chrome chrome, OpenShop shop) : CheckoutScenario(chrome, shop)
{
    private const int Item = 5;

    [Fact]
    public async Task O3_a_double_click_places_one_order()
    {
        var tab = await GoToCheckoutWithAsync(await NewShopperAsync(), Item);

        await tab.PlaceOrder().DblClickAsync();

        await ExpectOrderNumberAsync(tab);
        await ExpectOneOrderAsync();
    }

    [Fact]
    public async Task O3_submitting_the_form_again_and_again_and_reloading_the_confirmation_places_one_order()
    {
        var tab = await GoToCheckoutWithAsync(await NewShopperAsync(), Item);

        await tab.Locator("form.checkout__form").EvaluateAsync("form => { for (let i = 0; i < 5; i++) form.requestSubmit(); }");

        var number = await ExpectOrderNumberAsync(tab);
        await tab.ReloadAsync();
        await Expect(tab.OrderNumber()).ToHaveTextAsync(number);
        await ExpectOneOrderAsync();
    }

    [Fact]
    public async Task O3_the_back_button_after_an_order_leads_to_the_store_and_leaves_nothing_to_submit()
    {
        var tab = await GoToCheckoutWithAsync(await NewShopperAsync(), Item);
        await tab.PlaceOrder().ClickAsync();
        await ExpectOrderNumberAsync(tab);

        await tab.GoBackAsync();

        await tab.WaitUntilLiveAsync();
        await Expect(tab.PlaceOrder()).ToHaveCountAsync(0);
        await Expect(tab.Cart()).ToHaveCountAsync(0);
        await ExpectOneOrderAsync();
    }

    [Fact]
    public async Task O3_two_tabs_that_submit_at_once_place_one_order_and_both_tell_its_number()
    {
        var shopper = await NewShopperAsync();
        var first = await GoToCheckoutWithAsync(shopper, Item);
        var second = await shopper.OpenCheckoutAsync();
        await second.FillDeliveryAsync();

        await Task.WhenAll(SubmitAsync(first), SubmitAsync(second));

        await Eventually.EqualAsync(1, Shop.OrdersAsync);
        var number = await Store.ScalarAsync<string>("select number from orders order by id desc limit 1");
        foreach (var tab in new[] { first, second }) await Expect(tab.Locator("main")).ToContainTextAsync(number);
        await ExpectOneOrderAsync();
    }

    /// <summary>Presses the button if it is still there: the slower tab may have been told of the order already, and shows no form any more.</summary>
    private static Task SubmitAsync(IPage tab) => tab.EvaluateAsync("() => document.querySelector('#place-order')?.click()");

    private async Task ExpectOneOrderAsync()
    {
        Assert.Equal(1, await Shop.OrdersAsync());
        Assert.Equal(OpenShop.Pairs - 1, await Store.AvailabilityAsync(Item));
    }
}
