using System.Text.RegularExpressions;
using LiveShop.E2E.Harness;

namespace LiveShop.E2E.Operators;

public sealed partial class EngineScenarios(Chrome chrome, OpenShop shop) : OpenShopScenario(chrome, shop)
{
    [Fact]
    public async Task An_operator_sees_a_shoppers_circuit_and_closes_it_and_the_tab_comes_back_with_its_cart()
    {
        var shopper = await NewShopperAsync();
        var tab = await shopper.OpenStoreAsync();
        await tab.AddAsync(1);
        var desk = await (await NewShopperAsync()).OpenDashboardAsync();
        await desk.GotoAsync("/admin/engine?browser=here");
        // The only open tab on the store. Circuits of tabs that are gone are away for a while, and would crowd it out of sight.
        var circuit = desk.Locator(".circuits tbody tr").Filter(new() { Has = desk.GetByText("/", new() { Exact = true }) });
        await Expect(circuit).ToHaveCountAsync(1, new() { Timeout = Tab.Patiently.Timeout });
        await Expect(desk.Locator("[data-metric='database']")).ToHaveTextAsync("within reach");
        await Expect(desk.Locator("[data-metric='queue']")).ToHaveTextAsync("0 of 10000");
        var id = await circuit.Locator(".circuits__id").InnerTextAsync();

        // Selected, and the focus on its button: both outlast the readings that come every two seconds.
        await circuit.GetByRole(Microsoft.Playwright.AriaRole.Checkbox).ClickAsync();
        await desk.GetByLabel($"Close circuit {id}").FocusAsync();
        var cost = await desk.Locator(".circuits__cost").InnerTextAsync();
        await Expect(desk.Locator(".circuits__cost")).Not.ToHaveTextAsync(cost);
        await Expect(desk.GetByLabel($"Close circuit {id}")).ToBeFocusedAsync();
        await Expect(circuit.GetByRole(Microsoft.Playwright.AriaRole.Checkbox)).ToBeCheckedAsync();
        await desk.Keyboard.PressAsync("Enter");
        await desk.Locator("[name=confirm]").ClickAsync();

        await Expect(desk.Locator(".bulk__summary")).ToHaveTextAsync("1 of 1 done.");
        await desk.Locator("[name=close]").ClickAsync();
        await Expect(desk.Locator(".circuits tbody tr").Filter(new() { HasText = id })).ToHaveCountAsync(0);
        await tab.WaitUntilLiveAsync();
        await Expect(tab.CartItem(1)).ToBeVisibleAsync();
        await Expect(desk.Locator("[data-metric='commit-to-screen-p99']")).ToHaveTextAsync(Figure());
    }

    [GeneratedRegex("^(–|[0-9]+ ms)$")]
    private static partial Regex Figure();
}
