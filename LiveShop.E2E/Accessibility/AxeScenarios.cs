using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using LiveShop.E2E.Checkout;
using LiveShop.E2E.Harness;
using Microsoft.Playwright;

namespace LiveShop.E2E.Accessibility;

/// <summary>axe finds nothing serious on any page, in the light and in the dark; on a phone in the light, because its colours are the same.</summary>
public sealed class AxeScenarios(Chrome chrome, OpenShop shop) : CheckoutScenario(chrome, shop)
{
    private static readonly string[] Severe = ["serious", "critical"];

    public static TheoryData<Screen> Screens => [Screen.Desk, Screen.Phone];

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task The_store_with_every_level_a_pause_and_a_cart_that_lost_a_pair(Screen screen)
    {
        await Store.SetAvailabilityAsync(itemId: 1, pairs: 0);
        await Store.SetAvailabilityAsync(itemId: 2, pairs: 10);
        await Store.SetAvailabilityAsync(itemId: 3, pairs: 900);
        var tab = await (await NewShopperAsync(Shop.Process, screen)).OpenStoreAsync();
        await tab.AddAsync(4);
        await tab.AddAsync(5);
        await Store.SetAvailabilityAsync(itemId: 4, pairs: 0);
        await Expect(tab.CartItem(4)).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("cart-item--out-of-stock"));

        await ExpectNothingSevereAsync(tab);

        await tab.GotoAsync("/checkout");
        await Expect(tab.PlaceOrder()).ToBeVisibleAsync();
        await ExpectNothingSevereAsync(tab);
    }

    [Fact]
    public async Task A_store_that_is_coming_soon_with_a_countdown()
    {
        var soon = await StartShopAsync();
        await using var store = await soon.OpenStoreAsync();
        await store.ScheduleAsync(1, DateTimeOffset.UtcNow.AddHours(1));
        var tab = await (await NewShopperAsync(soon)).OpenStoreAsync();
        await Expect(tab.Product(1).Locator(".countdown")).ToBeVisibleAsync();

        await ExpectNothingSevereAsync(tab);
    }

    [Fact]
    public async Task The_confirmation_of_an_order()
    {
        var tab = await BuyAsync();
        await ExpectOrderNumberAsync(tab);

        await ExpectNothingSevereAsync(tab);
    }

    [Theory]
    [InlineData("/nothing-here")]
    [InlineData("/error")]
    [InlineData("/admin/login")]
    public async Task A_plain_page(string path)
    {
        var tab = await (await NewShopperAsync()).NewTabAsync();
        await tab.GotoAsync(path);

        await ExpectNothingSevereAsync(tab);
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Every_page_of_the_operators(Screen screen)
    {
        var order = await ExpectOrderNumberAsync(await BuyAsync());
        var tab = await (await NewShopperAsync(Shop.Process, screen)).OpenDashboardAsync();
        await ExpectNothingSevereAsync(tab);
        foreach (var dialog in new[] { "pause", "stock" })
        {
            await tab.Locator($".actions [name={dialog}]").First.ClickAsync();
            await Expect(tab.Locator(".mud-dialog")).ToBeVisibleAsync();
            await ExpectNothingSevereAsync(tab);
            await tab.ConfirmAsync("not-now");
        }

        foreach (var path in new[]
        {
            "/admin?wall=true", "/admin/products", "/admin/products/new", "/admin/products/1", "/admin/products/import",
            "/admin/orders", $"/admin/orders/{order}", "/admin/audit", "/admin/engine",
        })
        {
            await tab.GotoAsync(path);
            await Expect(tab.Locator("main[data-live]")).ToBeVisibleAsync();
            await ExpectNothingSevereAsync(tab);
        }

        await tab.GotoAsync("/admin/account");
        await ExpectNothingSevereAsync(tab);
    }

    private async Task<IPage> BuyAsync()
    {
        var tab = await GoToCheckoutWithAsync(await NewShopperAsync(), 1);
        await tab.PlaceOrder().ClickAsync();
        return tab;
    }

    private static async Task ExpectNothingSevereAsync(IPage tab)
    {
        var isPhone = tab.ViewportSize?.Width < 600;
        foreach (var scheme in isPhone ? new[] { ColorScheme.Light } : [ColorScheme.Light, ColorScheme.Dark])
        {
            await tab.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            var result = await tab.RunAxe();
            var faults = result.Violations.Where(violation => Severe.Contains(violation.Impact)).SelectMany(Describe).ToList();
            Assert.True(faults.Count == 0, $"{tab.Url} in the {scheme}:\n{string.Join('\n', faults)}");
        }
    }

    private static IEnumerable<string> Describe(AxeResultItem violation) =>
        violation.Nodes.Select(node => $"{violation.Id}: {violation.Help}: {node.Html}: {string.Join(' ', node.Any.Select(check => check.Message))}");
}
