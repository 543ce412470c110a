using LiveShop.E2E.Harness;
using Microsoft.Playwright;

namespace LiveShop.E2E.Checkout;

/// <summary>A scenario that begins with shoppers at the checkout.</summary>
public abstract class CheckoutScenario(Chrome chrome, OpenShop shop) : OpenShopScenario(chrome, shop)
{
    /// <summary>A tab on the checkout with these items in the cart and the form filled in.</summary>
    protected static async Task<IPage> GoToCheckoutWithAsync(Shopper shopper, params int[] items)
    {
        var tab = await shopper.OpenStoreAsync();
        foreach (var item in items) await tab.AddAsync(item);
        await tab.Locator("a.cart__checkout").ClickAsync();
        await tab.FillDeliveryAsync();
        return tab;
    }

    protected static async Task<string> ExpectOrderNumberAsync(IPage tab)
    {
        await Expect(tab.OrderNumber()).ToBeVisibleAsync();
        return await tab.OrderNumber().InnerTextAsync();
    }
}
