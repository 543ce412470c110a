using Microsoft.Playwright;

namespace LiveShop.E2E.Harness;

/// <summary>One Chromium for the whole run. Each shopper is a context of it: cookies of their own.</summary>
public sealed class Chrome : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";

    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public async Task InitializeAsync()
    {
        if (!File.Exists(Executable)) throw new InvalidOperationException($"{Executable} is missing: apt-get install chromium, or run infra/test.sh.");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public Task<IBrowserContext> NewContextAsync(string url) => browser.NewContextAsync(new BrowserNewContextOptions
    {
        BaseURL = url,
        ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
    });

    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await TestPostgres.StopAsync();
    }
}

/// <summary>All scenarios share the browser, and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class Scenarios : ICollectionFixture<Chrome>
{
    public const string Name = "scenarios";
}
