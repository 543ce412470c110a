using LiveShop.E2E.Harness;
using LiveShop.Tests.Harness;
using Microsoft.Playwright;

namespace LiveShop.E2E.Operators;

/// <summary>In a shop of its own: its operator's second factor is on afterwards.</summary>
public sealed class SecondFactorScenarios(Chrome chrome) : Scenario(chrome)
{
    [Fact]
    public async Task An_operator_signs_in_with_password_and_code_and_with_each_recovery_code_once()
    {
        var shop = await StartShopAsync(settings: Operator.Setting);
        var tab = await (await NewShopperAsync(shop, Screen.Phone)).OpenDashboardAsync();

        await tab.GetByRole(AriaRole.Link, new() { Name = Operator.Name, Exact = true }).ClickAsync();
        await tab.FillAsync("[name='Form.Proof']", Operator.Password);
        await tab.GetByText("Set up", new() { Exact = true }).ClickAsync();
        var app = new AuthenticatorApp(await tab.Locator(".account__key").InnerTextAsync());
        await tab.FillAsync("[name='Form.Proof']", app.Code);
        await tab.GetByText("Turn on", new() { Exact = true }).ClickAsync();
        await Expect(tab.Locator(".account__codes li")).ToHaveCountAsync(10);
        var recoveryCode = await tab.Locator(".account__codes li").First.InnerTextAsync();

        await LogOutAsync(tab);
        await SignInAsync(tab, app.Code);
        await Expect(tab.Locator("main.dashboard[data-live]")).ToBeVisibleAsync();

        await LogOutAsync(tab);
        await SignInAsync(tab, recoveryCode);
        await Expect(tab.Locator("main.dashboard[data-live]")).ToBeVisibleAsync();

        await LogOutAsync(tab);
        await SignInAsync(tab, recoveryCode);
        await Expect(tab.Locator(".login__notice")).ToContainTextAsync("The code is wrong.");

        // The phone is lost, and so are the codes.
        await shop.CommandAsync("admin", "reset-second-factor", Operator.Name);
        await tab.GotoAsync("/admin/login");
        await tab.SignInAsync(Operator.Password);
        await Expect(tab.Locator("main.dashboard[data-live]")).ToBeVisibleAsync();
        var unknown = await shop.TryCommandAsync("admin", "reset-second-factor", "nobody");
        Assert.Equal((1, "There is no operator nobody."), (unknown.ExitCode, unknown.Error.Trim()));
    }

    private static async Task LogOutAsync(IPage tab)
    {
        if (!tab.Url.EndsWith("/admin/account", StringComparison.Ordinal)) await tab.GotoAsync("/admin/account");
        await tab.Locator("main .log-out button").ClickAsync();
        await Expect(tab.Locator("#login-username")).ToBeVisibleAsync();
    }

    /// <summary>The password, and then what is asked for.</summary>
    private static async Task SignInAsync(IPage tab, string code)
    {
        await tab.SignInAsync(Operator.Password);
        await tab.FillAsync("#login-code", code);
        await tab.Locator(".login button[type=submit]").ClickAsync();
    }
}
