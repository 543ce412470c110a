using Microsoft.Playwright;

namespace LiveShop.E2E.Harness;

/// <summary>A shopper: one browser with its cookies and any number of tabs.</summary>
public sealed class Shopper(IBrowserContext context) : IAsyncDisposable
{
    public IBrowserContext Context => context;

    /// <summary>A new tab with nothing in it yet.</summary>
    public Task<IPage> NewTabAsync() => context.NewPageAsync();

    /// <summary>A new tab on the store, returned when it is live.</summary>
    /// <param name="at">Of the node to ask, where it is not the one that the browser is on.</param>
    public async Task<IPage> OpenStoreAsync(string at = "")
    {
        var tab = await NewTabAsync();
        await tab.GoToStoreAsync(at);
        return tab;
    }

    /// <summary>A new tab on the checkout, returned when it is live.</summary>
    /// <inheritdoc cref="OpenStoreAsync"/>
    public async Task<IPage> OpenCheckoutAsync(string at = "")
    {
        var tab = await NewTabAsync();
        await tab.GotoAsync(at + "/checkout");
        await Assertions.Expect(tab.PlaceOrder()).ToBeEnabledAsync(Tab.Patiently);
        return tab;
    }

    /// <summary>Posts a form by hand, with this browser's cookies and without any page.</summary>
    /// <returns>The answer to the post itself, or to the page that it redirects to.</returns>
    public async Task<IAPIResponse> PostAsync(string path, int itemId, string? origin = null)
    {
        var form = context.APIRequest.CreateFormData();
        form.Set("item_id", itemId);
        return await context.APIRequest.PostAsync(path, new() { Form = form, Headers = origin is null ? [] : [new("Origin", origin)] });
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();
}

/// <summary>What scenarios do with a shopper's tab and read from it.</summary>
internal static class Tab
{
    /// <summary>How long a page has to come up, which no scenario sets a time for.</summary>
    public static LocatorAssertionsToBeEnabledOptions Patiently { get; } = new() { Timeout = 30_000 };

    public static async Task GoToStoreAsync(this IPage tab, string at = "")
    {
        await tab.GotoAsync(at + "/");
        await tab.WaitUntilLiveAsync();
    }

    /// <summary>Waits until the store's circuit has rendered; before that, clicks are ordinary posts.</summary>
    public static Task WaitUntilLiveAsync(this IPage tab) =>
        Assertions.Expect(tab.Locator("main.product-list[data-live]")).ToBeVisibleAsync(new() { Timeout = Patiently.Timeout });

    public static Task GoToAnotherSiteAsync(this IPage tab) => tab.GotoAsync("data:text/html,<h1>Another site</h1>");

    public static ILocator Product(this IPage tab, int productId) => tab.Locator($".product-listing[data-product-id='{productId}']");

    public static ILocator Size(this IPage tab, int itemId) => tab.Locator($"button[name='item_id'][value='{itemId}'].size-container__entry");

    public static ILocator Cart(this IPage tab) => tab.Locator("#cart-container .cart-item");

    public static ILocator CartItem(this IPage tab, int itemId) => tab.Locator($"#cart-container .cart-item[data-item-id='{itemId}']");

    public static ILocator CheckoutLine(this IPage tab, int itemId) => tab.Locator($".checkout-line[data-item-id='{itemId}']");

    public static ILocator PlaceOrder(this IPage tab) => tab.Locator("#place-order");

    public static ILocator OrderNumber(this IPage tab) => tab.Locator("#order-number");

    public static ILocator Notice(this IPage tab) => tab.Locator("#notice[role=status]");

    public static async Task AddAsync(this IPage tab, int itemId)
    {
        await tab.Size(itemId).ClickAsync();
        await Assertions.Expect(tab.CartItem(itemId)).ToHaveCountAsync(1);
    }

    public static Task RemoveAsync(this IPage tab, int itemId) => tab.CartItem(itemId).Locator(".cart-item__remove").ClickAsync();

    public static async Task FillDeliveryAsync(this IPage tab)
    {
        await tab.FillAsync("#checkout-email", "ana@example.org");
        await tab.FillAsync("#checkout-name", "Ana Lima");
        await tab.FillAsync("#checkout-address", "Rua das Flores 1");
        await tab.FillAsync("#checkout-city", "Porto");
        await tab.FillAsync("#checkout-postal-code", "4000-123");
        await tab.FillAsync("#checkout-country", "Portugal");
    }
}
