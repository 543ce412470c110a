using LiveShop.E2E.Harness;

namespace LiveShop.E2E.Operators;

/// <summary>A3 and D4, in a shop of its own: its products are released in the course of them.</summary>
public sealed class DropControlScenarios(Chrome chrome) : Scenario(chrome)
{
    [Fact]
    public async Task A3_shoppers_see_what_the_operator_does_and_the_audit_log_has_it()
    {
        var shop = await FreshShopAsync();
        var store = await OpenStoreAsync(shop);
        await store.SetEveryAvailabilityAsync(100);
        var shopper = await (await NewShopperAsync(shop)).OpenStoreAsync();
        var browser = await NewShopperAsync(shop);
        var dashboard = await browser.OpenDashboardAsync();
        var (one, two) = (dashboard.ProductPanel("Hop Man 3"), dashboard.ProductPanel("Breezy Boost 600"));

        await one.Locator("[name=release]").ClickAsync();
        await dashboard.ConfirmAsync("confirm-release");
        await Expect(shopper.Size(1)).ToBeEnabledAsync();

        await one.Locator("[name=pause]").ClickAsync();
        await dashboard.Locator("#pause-reason").FillAsync("We check the boxes");
        await dashboard.ConfirmAsync("confirm-pause");
        await Expect(shopper.Size(1)).ToBeDisabledAsync();
        await Expect(shopper.Product(1)).ToContainTextAsync("We check the boxes");

        await one.Locator("[name=resume]").ClickAsync();
        await Expect(shopper.Size(1)).ToBeEnabledAsync();

        await one.Locator("[name=stock]").ClickAsync();
        await dashboard.ChooseAsync("stock-size", "Size 6");
        await dashboard.Locator("#stock-delta").FillAsync("900");
        await dashboard.Locator("#stock-reason").FillAsync("Found a box");
        await dashboard.ConfirmAsync("confirm-stock");
        await Expect(shopper.Size(1)).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("level-high"));
        await Expect(dashboard.Metric("available", 1)).ToHaveTextAsync("1000");

        await two.ScheduleAsync(seconds: 15);
        await Expect(shopper.Product(2)).ToContainTextAsync("Opens here on");
        await Expect(shopper.Size(14)).ToBeEnabledAsync(new() { Timeout = 20_000 });

        var log = await browser.NewTabAsync();
        await log.GotoAsync("/admin/audit");
        foreach (var (action, actor) in new[] { ("release", Operator.Name), ("stop", Operator.Name), ("resume", Operator.Name), ("restock", Operator.Name), ("schedule", Operator.Name), ("release", "schedule") })
        {
            await Expect(log.Locator("tbody tr").Filter(new() { HasText = action }).Filter(new() { HasText = actor }).First).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task The_wall_has_nothing_to_press_and_Escape_leaves_it()
    {
        var shop = await FreshShopAsync();
        var dashboard = await (await NewShopperAsync(shop)).OpenDashboardAsync();

        await dashboard.GetByText("Wall", new() { Exact = true }).ClickAsync();

        await Expect(dashboard.Locator("main.dashboard--wall[data-live]")).ToBeVisibleAsync();
        await Expect(dashboard.Metric("available", 1)).ToBeVisibleAsync();
        await Expect(dashboard.Locator("button, input, select, .mud-appbar, .mud-drawer")).ToHaveCountAsync(0);
        await dashboard.Locator(".dashboard__figures").ClickAsync();
        await dashboard.Keyboard.PressAsync("Escape");
        await Expect(dashboard.Locator("main.dashboard:not(.dashboard--wall)")).ToBeVisibleAsync();
        await Expect(dashboard.Locator(".mud-appbar")).ToBeVisibleAsync();
        await dashboard.GoBackAsync();
        await Expect(dashboard.Locator("main.dashboard--wall")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_chart_has_axes_and_says_the_value_under_the_pointer()
    {
        var shop = await FreshShopAsync();
        var dashboard = await (await NewShopperAsync(shop)).OpenDashboardAsync();
        var chart = dashboard.Locator(".figure-chart svg").First;

        await Expect(chart.Locator(".mud-charts-xaxis text").First).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[0-9]{2}:[0-9]{2}$"));
        await Expect(chart.Locator(".mud-charts-yaxis text").First).ToHaveTextAsync("0");
        // Neighbours cover each point in part; any of them will do.
        await chart.Locator("circle").Nth(40).HoverAsync(new() { Force = true });

        await Expect(chart.Locator(".mud-charts-tooltip")).ToContainTextAsync(new System.Text.RegularExpressions.Regex("[0-9]{2}:[0-9]{2}:[0-9]{2}"));
    }
}
