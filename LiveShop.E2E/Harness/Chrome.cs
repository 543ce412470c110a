using Microsoft.Playwright;

namespace LiveShop.E2E.Harness;

/// <summary>One Chromium for all scenarios of a collection. Each shopper is a context of it: cookies of their own.</summary>
public sealed class Chrome : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium-headless-shell";

    /// <summary>Milliseconds that an expectation has to come true, unless it says otherwise.</summary>
    private const float Soon = 10_000;

    private static readonly SemaphoreSlim Gate = new(1);
    private static int open;

    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public async Task InitializeAsync()
    {
        if (!File.Exists(Executable)) throw new InvalidOperationException($"{Executable} is missing: apt-get install chromium-headless-shell, or run infra/test.sh.");
        Interlocked.Increment(ref open);
        Assertions.SetDefaultExpectTimeout(Soon);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    internal Task<IBrowserContext> NewContextAsync(string url, Screen screen) => browser.NewContextAsync(new BrowserNewContextOptions
    {
        BaseURL = url,
        ViewportSize = screen == Screen.Phone ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1280, Height = 900 },
        HasTouch = screen == Screen.Phone,
    });

    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await Gate.WaitAsync();
        try
        {
            // The last collection takes along what all share.
            if (Interlocked.Decrement(ref open) > 0) return;
            await FreshShop.StopAsync();
            await TestPostgres.StopAsync();
        }
        finally
        {
            Gate.Release();
        }
    }
}

public enum Screen
{
    Desk,
    Phone,
}

/// <summary>Scenarios that share the browser and what else is dear to start, and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class Scenarios : ICollectionFixture<OpenShop>, ICollectionFixture<Chrome>
{
    public const string Name = "scenarios";
}

/// <summary>
/// Scenarios that start, stop and kill processes of their own. They wait more than they work, so they run beside the others, one after
/// the other too.
/// </summary>
[CollectionDefinition(Name)]
public sealed class OwnProcesses : ICollectionFixture<ShopCluster>, ICollectionFixture<Chrome>
{
    public const string Name = "own processes";
}
