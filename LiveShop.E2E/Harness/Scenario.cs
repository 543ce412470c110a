using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace LiveShop.E2E.Harness;

/// <summary>A scenario in the browser: its shops and shoppers go when it ends.</summary>
/// <remarks>
/// What a shopper sees "within a second" has <see cref="Chrome"/>'s default deadline of ten: the command that makes the
/// change takes its time, and the machine is busy with other scenarios.
/// </remarks>
[Collection(Scenarios.Name)]
public abstract class Scenario(Chrome chrome) : IAsyncLifetime
{
    private readonly ConcurrentStack<IAsyncDisposable> things = new();

    public virtual Task InitializeAsync() => Task.CompletedTask;

    protected async Task<ShopProcess> StartShopAsync(Backend backend = Backend.Postgres, params string[] settings) =>
        Keep(await ShopProcess.StartAsync(backend, settings));

    /// <inheritdoc cref="FreshShop"/>
    protected static Task<ShopProcess> FreshShopAsync() => FreshShop.BeginAsync();

    protected async Task<TestStore> OpenStoreAsync(ShopProcess shop) => Keep(await shop.OpenStoreAsync());

    /// <summary>A shopper with a browser of their own.</summary>
    protected Task<Shopper> NewShopperAsync(ShopProcess shop, Screen screen = Screen.Desk) => NewShopperAsync(shop.Url, screen);

    protected async Task<Shopper> NewShopperAsync(string url, Screen screen = Screen.Desk) => Keep(new Shopper(await chrome.NewContextAsync(url, screen)));

    protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    protected static IPageAssertions Expect(IPage page) => Assertions.Expect(page);

    public async Task DisposeAsync()
    {
        while (things.TryPop(out var thing)) await thing.DisposeAsync();
    }

    protected T Keep<T>(T thing)
        where T : IAsyncDisposable
    {
        things.Push(thing);
        return thing;
    }
}
