using System.Text.RegularExpressions;
using LiveShop.E2E.Harness;

namespace LiveShop.E2E.Operators;

/// <summary>A1, in a shop of its own: its operator gets locked out.</summary>
public sealed partial class AccessScenarios(Chrome chrome) : Scenario(chrome)
{
    [Fact]
    public async Task A1_only_who_knows_the_password_gets_in_and_logging_out_ends_every_tab()
    {
        var shop = await StartShopAsync(settings: Operator.Setting);
        var browser = await NewShopperAsync(shop);
        var tab = await browser.NewTabAsync();
        await tab.GotoAsync("/admin");
        await Expect(tab).ToHaveURLAsync(Login());
        await Expect(tab.Metric("shoppers")).ToHaveCountAsync(0);

        await tab.SignInAsync("wrong password");
        await Expect(tab.Locator(".login__notice")).ToContainTextAsync("The name or the password is wrong.");
        await tab.SignInAsync(Operator.Password);
        await Expect(tab.Metric("shoppers")).ToHaveTextAsync("0");

        var second = await browser.OpenDashboardAsync();
        await tab.Locator(".operators__logout button").ClickAsync();
        await Expect(tab).ToHaveURLAsync(Login());
        await Expect(second).ToHaveURLAsync(Login());
        await Expect(second.Metric("shoppers")).ToHaveCountAsync(0);

        for (var i = 0; i < 4; i++)
        {
            await tab.GotoAsync("/admin/login");
            await tab.SignInAsync($"wrong {i} password");
            await Expect(tab.Locator(".login__notice")).ToContainTextAsync("The name or the password is wrong.");
        }
        foreach (var password in new[] { "the fifth wrong one", Operator.Password })
        {
            await tab.GotoAsync("/admin/login");
            await tab.SignInAsync(password);
            await Expect(tab.Locator(".login__notice")).ToContainTextAsync("Too many tries. Wait a minute");
        }
    }

    [GeneratedRegex("/admin/login")]
    private static partial Regex Login();
}
