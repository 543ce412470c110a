using System.Globalization;
using Microsoft.Playwright;

namespace LiveShop.E2E.Harness;

/// <summary>What scenarios do with an operator's tab and read from it.</summary>
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

    /// <summary>Schedules the product of a panel, so many seconds from now.</summary>
    public static async Task ScheduleAsync(this ILocator panel, int seconds)
    {
        var time = DateTime.UtcNow.AddSeconds(seconds);
        await panel.Locator("[name=schedule]").ClickAsync();
        await panel.Page.FillPickerAsync("schedule-date", time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await panel.Page.FillPickerAsync("schedule-time", time.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
        await Assertions.Expect(panel.Page.Locator(".action-dialog__when")).ToContainTextAsync(time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        await panel.Page.ConfirmAsync("confirm-schedule");
    }

    /// <summary>Presses the button of that name in the open dialog, and waits until the dialog is gone.</summary>
    public static async Task ConfirmAsync(this IPage tab, string name)
    {
        await tab.Locator($".mud-dialog [name={name}]").ClickAsync();
        await Assertions.Expect(tab.Locator(".mud-dialog")).ToHaveCountAsync(0);
    }

    /// <summary>Chooses from the list of a select field.</summary>
    public static async Task ChooseAsync(this IPage tab, string id, string option)
    {
        await tab.Locator("#" + id).ClickAsync(new() { Force = true });
        await tab.Locator(".mud-popover-open .mud-list-item").GetByText(option, new() { Exact = true }).ClickAsync();
    }

    private static async Task FillPickerAsync(this IPage tab, string id, string text)
    {
        if (await tab.Locator("#" + id).InputValueAsync() == text) return;
        await tab.Locator("#" + id).FillAsync(text);
        await tab.Locator("#" + id).PressAsync("Tab");
    }

    public static ILocator Metric(this IPage tab, string metric) => tab.Locator($"[data-metric='{metric}']");

    public static ILocator OnPage(this IPage tab, string path) => tab.Locator($"[data-metric='page'][data-page='{path}']");

    public static ILocator Metric(this IPage tab, string metric, int itemId) => tab.Locator($"[data-metric='{metric}'][data-item-id='{itemId}']");
}
