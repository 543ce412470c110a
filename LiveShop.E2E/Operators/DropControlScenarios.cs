using LiveShop.E2E.Harness;

namespace LiveShop.E2E.Operators;

/// <summary>A3 and D4, in a shop of its own: its products are released in the course of them.</summary>
public sealed class DropControlScenarios(Chrome chrome) : Scenario(chrome)
{
    [Fact]
    public async Task A3_shoppers_see_what_the_operator_does_and_the_audit_log_has_it()
    {
        var shop = await StartShopAsync(settings: Operator.Setting);
        var store = await OpenStoreAsync(shop);
        await store.SetEveryAvailabilityAsync(100);
        var shopper = await (await NewShopperAsync(shop)).OpenStoreAsync();
        var browser = await NewShopperAsync(shop);
        var dashboard = await browser.OpenDashboardAsync();
        var (one, two) = (dashboard.ProductPanel("Hop Man 3"), dashboard.ProductPanel("Breezy Boost 600"));

        await one.GetByText("Release now…").ClickAsync();
        await one.GetByText("Release now", new() { Exact = true }).ClickAsync();
        await Expect(shopper.Size(1)).ToBeEnabledAsync();

        await one.GetByText("Stop or restock").ClickAsync();
        await one.Locator("[name=reason]").FillAsync("We check the boxes");
        await one.GetByText("Stop sale…").ClickAsync();
        await one.GetByText("Stop sale", new() { Exact = true }).ClickAsync();
        await Expect(shopper.Size(1)).ToBeDisabledAsync();
        await Expect(shopper.Product(1)).ToContainTextAsync("We check the boxes");

        await one.Locator("[name=resume]").ClickAsync();
        await Expect(shopper.Size(1)).ToBeEnabledAsync();

        await one.Locator("[name=size]").SelectOptionAsync("1");
        await one.Locator("[name=delta]").FillAsync("900");
        await one.GetByText("Change stock…").ClickAsync();
        await one.GetByText("Change stock", new() { Exact = true }).ClickAsync();
        await Expect(shopper.Size(1)).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("level-high"));
        await Expect(dashboard.Metric("available", 1)).ToHaveTextAsync("1000");

        await two.ScheduleAsync(seconds: 10);
        await Expect(shopper.Product(2)).ToContainTextAsync("Opens here on");
        await Expect(shopper.Size(14)).ToBeEnabledAsync(new() { Timeout = 15_000 });

        var log = await browser.NewTabAsync();
        await log.GotoAsync("/admin/audit");
        foreach (var (action, actor) in new[] { ("release", Operator.Name), ("stop", Operator.Name), ("resume", Operator.Name), ("restock", Operator.Name), ("schedule", Operator.Name), ("release", "schedule") })
        {
            await Expect(log.Locator("tbody tr").Filter(new() { HasText = action }).Filter(new() { HasText = actor }).First).ToBeVisibleAsync();
        }
    }
}
