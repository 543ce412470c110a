using Microsoft.Playwright;

namespace LiveShop.E2E.Harness;

/// <summary>A scenario of ACCEPTANCE.md: its shops and shoppers go when it ends.</summary>
[Collection(Scenarios.Name)]
public abstract class Scenario(Chrome chrome) : IAsyncLifetime
{
    private readonly Stack<IAsyncDisposable> things = new();

    /// <summary>How long a shopper waits for a change: "within a second", with the command that makes it and a busy machine.</summary>
    protected const float Soon = 5_000;

    public Task InitializeAsync() => Task.CompletedTask;

    protected async Task<ShopProcess> StartShopAsync(Backend backend = Backend.Postgres, params string[] settings) =>
        Keep(await ShopProcess.StartAsync(backend, settings));

    protected async Task<TestStore> OpenStoreAsync(ShopProcess shop) => Keep(await shop.OpenStoreAsync());

    /// <summary>A shopper with a browser of their own.</summary>
    protected async Task<Shopper> NewShopperAsync(ShopProcess shop) => Keep(new Shopper(await chrome.NewContextAsync(shop.Url)));

    protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    protected static IPageAssertions Expect(IPage page) => Assertions.Expect(page);

    public async Task DisposeAsync()
    {
        while (things.TryPop(out var thing)) await thing.DisposeAsync();
    }

    private T Keep<T>(T thing)
        where T : IAsyncDisposable
    {
        things.Push(thing);
        return thing;
    }
}
