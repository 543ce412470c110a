using System.Text.RegularExpressions;
using LiveShop.E2E.Harness;

namespace LiveShop.E2E.Operators;

/// <summary>In a shop of its own: the last pair of a size is sold in it and comes back.</summary>
public sealed partial class OrderScenarios(Chrome chrome) : Scenario(chrome)
{
    private const int Item = 1;

    [Fact]
    public async Task An_order_is_found_by_its_address_and_cancelled_and_its_pair_is_on_sale_again_at_once()
    {
        var shop = await StartShopAsync(settings: Operator.Setting);
        var store = await OpenStoreAsync(shop);
        await store.SetAvailabilityAsync(Item, 1);
        await shop.ReleaseAsync(1);
        var buyer = await (await NewShopperAsync(shop)).OpenStoreAsync();
        var watcher = await (await NewShopperAsync(shop)).OpenStoreAsync();
        await buyer.AddAsync(Item);
        await buyer.Locator("a.cart__checkout").ClickAsync();
        await buyer.FillDeliveryAsync();
        await buyer.PlaceOrder().ClickAsync();
        await Expect(buyer.Locator("#order-state")).ToHaveTextAsync("is placed.");
        await Expect(watcher.Size(Item)).ToHaveClassAsync(Out());
        var number = await buyer.OrderNumber().InnerTextAsync();

        var desk = await (await NewShopperAsync(shop)).OpenDashboardAsync();
        await desk.GetByText("Orders", new() { Exact = true }).First.ClickAsync();
        await Expect(desk.Locator("main.orders[data-live]")).ToBeVisibleAsync(new() { Timeout = Tab.Patiently.Timeout });
        await desk.FillAsync("[name=email]", "ANA@");
        await desk.GetByText("Search", new() { Exact = true }).ClickAsync();
        await Expect(desk).ToHaveURLAsync(Search());
        var file = await desk.RunAndWaitForDownloadAsync(() => desk.GetByText("All of these as CSV").ClickAsync());
        Assert.Contains(number, await File.ReadAllTextAsync(await file.PathAsync()), StringComparison.Ordinal);

        await desk.GetByText(number).ClickAsync();
        await Expect(desk.Locator("main.order[data-live]")).ToBeVisibleAsync(new() { Timeout = Tab.Patiently.Timeout });
        await desk.FillAsync("[name=reason]", "Ana called us");
        await desk.GetByText("Cancel the order…").ClickAsync();
        await desk.GetByText("Cancel the order", new() { Exact = true }).ClickAsync();

        await Expect(desk.Locator(".order__state")).ToHaveTextAsync("cancelled");
        await Expect(watcher.Size(Item)).ToBeEnabledAsync();
        await Expect(watcher.Size(Item)).ToHaveClassAsync(Low());
        await Expect(desk.Locator(".order-history")).ToContainTextAsync("Ana called us");
        await buyer.ReloadAsync();
        await Expect(buyer.Locator("#order-state")).ToContainTextAsync("was cancelled on");
        await Expect(buyer.Locator(".confirmation__line")).ToHaveCountAsync(1);
        Assert.Equal(1, await store.AvailabilityAsync(Item));
        Assert.Equal(0, await store.LedgerMismatchesAsync());

        await desk.GoBackAsync();
        await Expect(desk).ToHaveURLAsync(Search());
        await Expect(desk.Locator("[name=email]")).ToHaveValueAsync("ANA@");
        await Expect(desk.Locator("tbody tr").Filter(new() { HasText = number })).ToContainTextAsync("cancelled");
    }

    [GeneratedRegex("level-out")]
    private static partial Regex Out();

    [GeneratedRegex("level-low")]
    private static partial Regex Low();

    [GeneratedRegex(@"/admin/orders\?.*email=ANA%40")]
    private static partial Regex Search();
}
