using Microsoft.Playwright;

namespace LiveShop.E2E.Harness;

/// <summary>A shopper: one browser with its cookies and any number of tabs.</summary>
public sealed class Shopper(IBrowserContext context) : IAsyncDisposable
{
    public IBrowserContext Context => context;

    /// <summary>A new tab on the store, returned when it is live.</summary>
    public async Task<IPage> OpenStoreAsync()
    {
        var tab = await context.NewPageAsync();
        await tab.GotoAsync("/");
        await tab.WaitUntilLiveAsync();
        return tab;
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();
}

/// <summary>What scenarios say of a tab, in SPEC's words.</summary>
internal static class Tab
{
    /// <summary>Waits until the store's circuit has rendered; before that, clicks are ordinary posts.</summary>
    public static Task WaitUntilLiveAsync(this IPage tab) => Assertions.Expect(tab.Locator("main.product-list[data-live]")).ToBeVisibleAsync();

    public static ILocator Product(this IPage tab, int productId) => tab.Locator($".product-listing[data-product-id='{productId}']");

    public static ILocator Size(this IPage tab, int itemId) => tab.Locator($"button[name='item_id'][value='{itemId}'].size-container__entry");

    public static ILocator Cart(this IPage tab) => tab.Locator("#cart-container .cart-item");

    public static ILocator CartItem(this IPage tab, int itemId) => tab.Locator($"#cart-container .cart-item[data-item-id='{itemId}']");

    public static ILocator Notice(this IPage tab) => tab.Locator("#notice[role=status]");

    public static async Task AddAsync(this IPage tab, int itemId)
    {
        await tab.Size(itemId).ClickAsync();
        await Assertions.Expect(tab.CartItem(itemId)).ToHaveCountAsync(1);
    }

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
