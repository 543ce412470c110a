using System.Globalization;
using Microsoft.Playwright;

namespace LiveShop.E2E.Harness;

/// <summary>What scenarios say of an operator's tab, in SPEC's words.</summary>
internal static class Operator
{
    public const string Name = "admin";
    public const string Password = "correct horse";

    /// <summary>The setting that a shop needs so that this operator can sign in.</summary>
    public const string Setting = "--Admin:Password=" + Password;

    /// <summary>A new tab on the live dashboard.</summary>
    /// <param name="at">Of the node to ask, where it is not the one that the browser is on.</param>
    public static async Task<IPage> OpenDashboardAsync(this Shopper browser, string at = "")
    {
        var tab = await browser.NewTabAsync();
        await tab.GotoAsync(at + "/admin");
        if (tab.Url.Contains("/admin/login", StringComparison.Ordinal)) await tab.SignInAsync(Password);
        await Assertions.Expect(tab.Locator("main.dashboard[data-live]")).ToBeVisibleAsync(new() { Timeout = Tab.Patiently.Timeout });
        return tab;
    }

    public static async Task SignInAsync(this IPage tab, string password)
    {
        await tab.FillAsync("#login-username", Name);
        await tab.FillAsync("#login-password", password);
        await tab.Locator(".login button[type=submit]").ClickAsync();
    }

    public static ILocator ProductPanel(this IPage tab, string name) => tab.GetByLabel(name, new() { Exact = true });

    /// <summary>Schedules the product of a panel, so many seconds from now or one more.</summary>
    public static async Task ScheduleAsync(this ILocator panel, int seconds)
    {
        var time = DateTime.UtcNow.AddSeconds(seconds);
        // Chromium writes a whole minute without its seconds, and Playwright takes that for a failure.
        if (time.Second == 0) time = time.AddSeconds(1);
        await panel.Locator("[name=at]").FillAsync(time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        await panel.Locator("[name=schedule]").ClickAsync();
    }

    public static ILocator Metric(this IPage tab, string metric) => tab.Locator($"[data-metric='{metric}']");

    public static ILocator OnPage(this IPage tab, string path) => tab.Locator($"[data-metric='page'][data-page='{path}']");

    public static ILocator Metric(this IPage tab, string metric, int itemId) => tab.Locator($"[data-metric='{metric}'][data-item-id='{itemId}']");
}
