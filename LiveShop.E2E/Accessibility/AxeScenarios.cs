using LiveShop.E2E.Checkout;
using LiveShop.E2E.Harness;
using Microsoft.Playwright;

namespace LiveShop.E2E.Accessibility;

/// <summary>axe finds no violation of WCAG 2.2 AA on any page, on a desk and on a phone, in the light and in the dark.</summary>
public sealed class AxeScenarios(Chrome chrome, OpenShop shop) : CheckoutScenario(chrome, shop)
{
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

        await tab.ExpectNoViolationAsync();

        await tab.GotoAsync("/checkout");
        await Expect(tab.PlaceOrder()).ToBeVisibleAsync();
        await tab.ExpectNoViolationAsync();
    }

    [Fact]
    public async Task A_store_that_is_coming_soon_with_a_countdown()
    {
        var soon = await FreshShopAsync();
        await using var store = await soon.OpenStoreAsync();
        await store.ScheduleAsync(1, DateTimeOffset.UtcNow.AddHours(1));
        var tab = await (await NewShopperAsync(soon)).OpenStoreAsync();
        await Expect(tab.Product(1).Locator(".countdown")).ToBeVisibleAsync();

        await tab.ExpectNoViolationAsync();
    }

    [Fact]
    public async Task The_confirmation_of_an_order()
    {
        var tab = await BuyAsync();
        await ExpectOrderNumberAsync(tab);

        await tab.ExpectNoViolationAsync();
    }

    [Theory]
    [InlineData("/nothing-here")]
    [InlineData("/error")]
    [InlineData("/admin/login")]
    public async Task A_plain_page(string path)
    {
        var tab = await (await NewShopperAsync()).NewTabAsync();
        await tab.GotoAsync(path);

        await tab.ExpectNoViolationAsync();
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task The_drop_orders_audit_engine_and_account(Screen screen)
    {
        var order = await ExpectOrderNumberAsync(await BuyAsync());
        var tab = await (await NewShopperAsync(Shop.Process, screen)).OpenDashboardAsync();
        await tab.ExpectNoViolationAsync();
        foreach (var dialog in new[] { "pause", "stock" })
        {
            await tab.Locator($".actions [name={dialog}]").First.ClickAsync();
            await Expect(tab.Locator(".mud-dialog")).ToBeVisibleAsync();
            await tab.ExpectNoViolationAsync();
            await tab.ConfirmAsync("not-now");
        }

        foreach (var path in new[]
        {
            "/admin?wall=true", "/admin/orders", $"/admin/orders?open={order}", $"/admin/orders/{order}", "/admin/audit", "/admin/engine",
        })
        {
            await tab.GotoAsync(path);
            await Expect(tab.Locator("main[data-live]")).ToBeVisibleAsync(new() { Timeout = Tab.Patiently.Timeout });
            await Expect(tab.Locator(".list-skeleton")).ToHaveCountAsync(0);
            await tab.ExpectNoViolationAsync();
        }

        await tab.GotoAsync("/admin/account");
        await tab.ExpectNoViolationAsync();
    }

    private async Task<IPage> BuyAsync()
    {
        var tab = await GoToCheckoutWithAsync(await NewShopperAsync(), 1);
        await tab.PlaceOrder().ClickAsync();
        return tab;
    }
}
