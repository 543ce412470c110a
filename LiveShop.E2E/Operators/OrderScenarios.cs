using System.Text.RegularExpressions;
using LiveShop.E2E.Harness;
using Microsoft.Playwright;

namespace LiveShop.E2E.Operators;

/// <summary>In a shop of its own: the last pair of a size is sold in it and comes back.</summary>
public sealed partial class OrderScenarios(Chrome chrome) : Scenario(chrome)
{
    private const int Item = 1;

    [Fact]
    public async Task An_order_is_found_by_its_address_and_cancelled_and_its_pair_is_on_sale_again_at_once()
    {
        var shop = await FreshShopAsync();
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
        await desk.Keyboard.PressAsync("Enter");
        await Expect(desk).ToHaveURLAsync(Search());
        var file = await desk.RunAndWaitForDownloadAsync(() => desk.GetByText("All of these as CSV").ClickAsync());
        Assert.Contains(number, await File.ReadAllTextAsync(await file.PathAsync()), StringComparison.Ordinal);

        await desk.Locator(".row-link").Filter(new() { HasText = number }).ClickAsync();
        await Expect(desk.Locator(".order-beside .order-lines")).ToBeVisibleAsync();
        await desk.GetByLabel("Open on its own page").ClickAsync();
        await Expect(desk.Locator("main.order[data-live]")).ToBeVisibleAsync();
        await desk.GetByText("Cancel the order…").ClickAsync();
        await desk.FillAsync("[name=reason]", "Ana called us");
        await desk.Locator(".order-change").ClickAsync();

        await Expect(desk.Locator(".order-panel__state .order-state")).ToHaveTextAsync("cancelled");
        await Expect(watcher.Size(Item)).ToBeEnabledAsync();
        await Expect(watcher.Size(Item)).ToHaveClassAsync(Low());
        await Expect(desk.Locator(".order-history")).ToContainTextAsync("Ana called us");
        await buyer.ReloadAsync();
        await Expect(buyer.Locator("#order-state")).ToContainTextAsync("was cancelled on");
        await Expect(buyer.Locator(".confirmation__line")).ToHaveCountAsync(1);
        Assert.Equal(1, await store.AvailabilityAsync(Item));
        Assert.Equal(0, await store.LedgerMismatchesAsync());

        await desk.GoBackAsync();
        await Expect(desk.Locator(".order-beside .order-state").First).ToHaveTextAsync("cancelled");
        // The focus follows the text of a page by a moment.
        await Expect(desk.Locator("main :focus")).ToHaveCountAsync(1);
        await desk.Keyboard.PressAsync("Escape");
        await Expect(desk.Locator(".order-beside")).ToHaveCountAsync(0);
        await Expect(desk).ToHaveURLAsync(Search());
        await Expect(desk.Locator("[name=email]")).ToHaveValueAsync("ANA@");
        await Expect(desk.Locator("tbody tr").Filter(new() { HasText = number })).ToContainTextAsync("cancelled");
        await Expect(desk.Locator(".row-link").Filter(new() { HasText = number })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Orders_are_sorted_and_paged_by_the_address_and_the_selected_ones_are_cancelled_and_exported()
    {
        var shop = await FreshShopAsync();
        var store = await OpenStoreAsync(shop);
        await store.SetAvailabilityAsync(Item, 500);
        Assert.Equal(120, await AddOrdersAsync(store, 120));
        var desk = await (await NewShopperAsync(shop)).OpenDashboardAsync();
        await desk.GotoAsync("/admin/orders");
        await Expect(desk.Locator("main.orders[data-live]")).ToBeVisibleAsync(new() { Timeout = Tab.Patiently.Timeout });
        var first = desk.Locator(".row-link").First;
        await Expect(first).ToHaveTextAsync("BUNK-0120");

        await desk.Locator("th").Filter(new() { HasText = "Total" }).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(first).ToHaveTextAsync("BUNK-0001");
        await Expect(desk).ToHaveURLAsync(SortedByTotal());
        await desk.Locator(".orders__next").ClickAsync();
        await Expect(first).ToHaveTextAsync("BUNK-0051");
        await desk.GoBackAsync();
        await Expect(first).ToHaveTextAsync("BUNK-0001");
        await desk.GoBackAsync();
        await Expect(first).ToHaveTextAsync("BUNK-0120");

        foreach (var number in new[] { "BUNK-0119", "BUNK-0117" }) await desk.GetByLabel($"Select order {number}", new() { Exact = true }).ClickAsync();
        var file = await desk.RunAndWaitForDownloadAsync(() => desk.GetByText("These as CSV").ClickAsync());
        Assert.Equal(3, (await File.ReadAllLinesAsync(await file.PathAsync())).Length);
        await desk.Locator(".order-selection__cancel").ClickAsync();
        await Expect(desk.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Back into stock at once: 2 pairs.");
        await desk.FillAsync("#bulk-reason", "Wrong price");
        await desk.Locator("[name=confirm]").ClickAsync();
        await Expect(desk.Locator(".bulk__summary")).ToHaveTextAsync("2 of 2 done.");
        await desk.Locator("[name=close]").ClickAsync();

        await Expect(desk.Locator("tbody tr").Filter(new() { HasText = "cancelled" })).ToHaveCountAsync(2);
        await Expect(desk.Locator(".order-selection")).ToHaveCountAsync(0);
        Assert.Equal(382, await store.AvailabilityAsync(Item));
        Assert.Equal(0, await store.LedgerMismatchesAsync());

        await desk.GetByRole(AriaRole.Button, new() { Name = "Columns" }).ClickAsync();
        await desk.GetByRole(AriaRole.Menuitemcheckbox, new() { Name = "Name" }).ClickAsync();
        await Expect(desk.Locator("th").Filter(new() { HasText = "Name" })).ToHaveCountAsync(0);
        await desk.ReloadAsync();
        await Expect(first).ToHaveTextAsync("BUNK-0120");
        await Expect(desk.Locator("th").Filter(new() { HasText = "Name" })).ToHaveCountAsync(0);
    }

    /// <summary>Sells a pair in each of so many orders, each a dollar dearer than the one before.</summary>
    private static Task<long> AddOrdersAsync(TestStore store, int count) => store.ScalarAsync<long>(
        $"""
        with o as (
          insert into orders (number, cart_id, idempotency_key, email, name, address, city, postal_code, country, total)
          select 'BUNK-' || lpad(i::text, 4, '0'), 'c', gen_random_uuid(), 'bo@example.org', 'Bo', 'Here 1', 'There', '1', 'Norway', 100 + i from generate_series(1, {count}) i returning id),
        l as (insert into order_lines (order_id, item_id, sku, product_name, size, price) select id, {Item}, 'SHU6001', 'Hop Man 3', 6, 120 from o returning order_id),
        m as (insert into stock_movements (item_id, delta, reason, order_id, actor) select {Item}, -1, 'sale', order_id, 'shopper' from l returning 1),
        a as (update availabilities set available = available - {count} where item_id = {Item} returning 1)
        select count(*) from m, a
        """);

    [GeneratedRegex("level-out")]
    private static partial Regex Out();

    [GeneratedRegex("level-low")]
    private static partial Regex Low();

    [GeneratedRegex(@"/admin/orders\?sort=total$")]
    private static partial Regex SortedByTotal();

    [GeneratedRegex(@"/admin/orders\?.*email=ANA(@|%40)")]
    private static partial Regex Search();
}
