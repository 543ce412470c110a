using Bunit;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Admin;
using LiveShop.Web.Components.Pages.Admin;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace LiveShop.Tests;

public sealed class DashboardPageTests(PostgresServer postgres) : DeskTests(postgres)
{
    [Fact]
    public async Task It_shows_what_is_sold_what_is_held_and_what_is_left()
    {
        var item = await Node.AddItemAsync(stock: 5);
        await BuyElsewhereAsync(item);
        await AddElsewhereAsync(item);
        await OpenStoreAsync();

        var dashboard = await OpenDashboardAsync();

        await dashboard.WaitForAssertionAsync(() => Assert.Equal(
            ["1", "1", "4"], new[] { "sold", "in-carts", "available" }.Select(metric => dashboard.Find($"[data-metric={metric}][data-item-id='{item}']").TextContent)));
        Assert.Equal(["1", "1", "120"], new[] { "shoppers", "orders", "revenue" }.Select(metric => Metric(dashboard, metric)));
        Assert.Equal("1", dashboard.Find("[data-metric=page][data-page='/']").TextContent);
    }

    [Fact]
    public async Task What_shoppers_are_refused_is_counted_by_reason()
    {
        var (gone, held) = (await Node.AddItemAsync(stock: 1), await Node.AddItemAsync(stock: 5));
        await BuyElsewhereAsync(gone);
        await Node.Carts.AddAsync(Shopper, gone);
        await AddElsewhereAsync(held);
        await Node.Carts.AddAsync(Shopper, held);
        await Node.Carts.AddAsync(Shopper, itemId: 404);

        var dashboard = await OpenDashboardAsync();

        Assert.Equal("3", Metric(dashboard, "refused-all"));
        Assert.Equal(
            ["1 gone", "1 limit", "1 not on sale", "0 changed", "0 busy", "0 database away"],
            dashboard.FindAll(".figure__reasons span").Select(reason => reason.TextContent));
    }

    [Fact]
    public async Task An_operator_releases_a_product_after_being_asked_once()
    {
        var product = await Node.AddProductAsync("A", stock: 5, release: false);
        var tab = OpenOperatorTab();
        var dashboard = await OpenDashboardAsync(tab);

        await OpenDialogAsync(tab, dashboard, "release");
        Assert.False(Node.Inventory.Shelf.FindProduct(product.Id)!.IsReleased);
        Assert.Contains("Everybody can buy", tab.Dialogs.Find(".mud-dialog").TextContent, StringComparison.Ordinal);
        await PressTwiceAsync(tab, "confirm-release");

        await tab.Messages.WaitForAssertionAsync(() => Assert.Contains("is released", tab.Messages.Markup, StringComparison.Ordinal));
        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Empty(tab.Dialogs.FindAll(".mud-dialog")));
        Assert.True(Node.Inventory.Shelf.FindProduct(product.Id)!.IsReleased);
        Assert.Equal("ana", Assert.Single((await Node.Audit.FindAsync())!, entry => entry.Action == "release").Actor);
    }

    [Fact]
    public async Task Saying_not_now_does_nothing()
    {
        await Node.AddProductAsync("A", stock: 5, release: false);
        var tab = OpenOperatorTab();
        var dashboard = await OpenDashboardAsync(tab);

        await OpenDialogAsync(tab, dashboard, "release");
        await PressAsync(tab, "not-now");

        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Empty(tab.Dialogs.FindAll(".mud-dialog")));
        Assert.False(Node.Inventory.Shelf.Products.Single().IsReleased);
    }

    [Fact]
    public async Task A_dialog_that_was_drawn_with_another_price_releases_nothing()
    {
        var product = await Node.AddProductAsync("A", stock: 5, price: 120, release: false);
        var tab = OpenOperatorTab();
        var dashboard = await OpenDashboardAsync(tab);
        await OpenDialogAsync(tab, dashboard, "release");
        Assert.Contains("$120 each", tab.Dialogs.Find(".mud-dialog").TextContent, StringComparison.Ordinal);

        var draft = new ProductDraft { Brand = product.Brand, Name = product.Name, Colorway = product.Colorway, Price = "12" };
        Assert.IsType<ProductOutcome.Done>(await Node.CatalogDesk.EditAsync(product.Id, product.Version, draft, "ben"));
        await PressAsync(tab, "confirm-release");

        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Contains("has another price by now", tab.Dialogs.Markup, StringComparison.Ordinal));
        Assert.False(Node.Inventory.Shelf.FindProduct(product.Id)!.IsReleased);
    }

    [Fact]
    public async Task A_dialog_is_about_the_product_that_was_drawn_when_it_opened()
    {
        var first = await Node.AddProductAsync("A", stock: 5, release: false);
        var tab = OpenOperatorTab();
        var dashboard = await OpenDashboardAsync(tab);
        await OpenDialogAsync(tab, dashboard, "release");

        var second = await Node.AddProductAsync("B", stock: 5, release: false);
        await Node.CatalogDesk.RetireAsync(first.Id, "ben");
        await PressAsync(tab, "confirm-release");

        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Contains("is not in the store any more", tab.Dialogs.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.False(Node.Inventory.Shelf.FindProduct(second.Id)!.IsReleased);
    }

    [Fact]
    public async Task Nothing_is_done_for_an_operator_whose_session_ended_while_the_dialog_was_open()
    {
        var product = await Node.AddProductAsync("A", stock: 5, release: false);
        var session = new OperatorTabSession("ana");
        var tab = OpenOperatorTab(session);
        var dashboard = await OpenDashboardAsync(tab);
        await OpenDialogAsync(tab, dashboard, "release");

        session.EndUnheard();
        await PressAsync(tab, "confirm-release");

        Assert.False(Node.Inventory.Shelf.FindProduct(product.Id)!.IsReleased);
    }

    [Fact]
    public async Task Stock_is_changed_for_one_size_with_a_reason_and_what_was_typed_stays_while_something_is_missing()
    {
        var item = await Node.AddItemAsync(stock: 5);
        var tab = OpenOperatorTab();
        var dashboard = await OpenDashboardAsync(tab);

        await OpenDialogAsync(tab, dashboard, "stock");
        await tab.Dialogs.FindComponent<SizeChoice>().InvokeAsync(() => tab.Dialogs.FindComponent<SizeChoice>().Instance.ValueChanged.InvokeAsync(item));
        await TypeAsync(tab, "stock-reason", "found a box");
        await PressAsync(tab, "confirm-stock");
        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Contains("Say how many pairs", tab.Dialogs.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal("found a box", tab.Dialogs.Find("#stock-reason").GetAttribute("value"));

        await TypeAsync(tab, "stock-delta", "7");
        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Contains("5 left now, 12 then", tab.Dialogs.Find("[role=status]").TextContent, StringComparison.Ordinal));
        await PressTwiceAsync(tab, "confirm-stock");

        await dashboard.WaitForAssertionAsync(() => Assert.Equal("12", dashboard.Find($"[data-metric=available][data-item-id='{item}']").TextContent));
        Assert.Equal([12], await Database.AvailableAsync());
    }

    [Fact]
    public async Task A_sale_is_paused_with_a_reason_and_resumed()
    {
        await Node.AddItemAsync(stock: 5);
        var tab = OpenOperatorTab();
        var dashboard = await OpenDashboardAsync(tab);

        await OpenDialogAsync(tab, dashboard, "pause");
        await PressAsync(tab, "confirm-pause");
        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Equal("Say why: shoppers read it.", tab.Dialogs.Find("[role=alert]").TextContent.Trim()));
        await TypeAsync(tab, "pause-reason", "counting");
        await PressAsync(tab, "confirm-pause");

        await dashboard.WaitForAssertionAsync(() => Assert.Equal("Sale paused: counting", dashboard.Find(".actions__stopped").TextContent));
        await dashboard.PressAsync("[name=resume]");
        await dashboard.WaitForAssertionAsync(() => Assert.Empty(dashboard.FindAll(".actions__stopped")));
    }

    [Fact]
    public async Task One_size_is_paused_and_resumed_by_itself()
    {
        var item = await Node.AddItemAsync(stock: 5);
        var tab = OpenOperatorTab();
        var dashboard = await OpenDashboardAsync(tab);

        await OpenDialogAsync(tab, dashboard, "pause");
        await tab.Dialogs.FindComponent<SizeChoice>().InvokeAsync(() => tab.Dialogs.FindComponent<SizeChoice>().Instance.ValueChanged.InvokeAsync(item));
        await TypeAsync(tab, "pause-reason", "counting");
        await PressAsync(tab, "confirm-pause");

        await dashboard.WaitForAssertionAsync(() => Assert.Contains("paused", dashboard.Find(".product__paused th").TextContent, StringComparison.Ordinal));
        Assert.Null(Node.Inventory.Shelf.Products.Single().StopReason);
        await dashboard.PressAsync("[name=resume-size]");
        await dashboard.WaitForAssertionAsync(() => Assert.Empty(dashboard.FindAll(".product__paused")));
    }

    [Fact]
    public async Task A_time_is_chosen_in_the_operators_zone_and_said_in_UTC_too()
    {
        var product = await Node.AddProductAsync("A", stock: 5, release: false);
        var tab = OpenOperatorTab();
        var dashboard = await OpenDashboardAsync(tab);

        await OpenDialogAsync(tab, dashboard, "schedule");
        var zones = tab.Dialogs.FindComponent<MudAutocomplete<string>>();
        await zones.InvokeAsync(() => zones.Instance.ValueChanged.InvokeAsync("Asia/Tokyo"));
        await TypeTimeAsync(tab, "2099-01-02", "07:30:15");
        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Contains(
            "2099-01-02 07:30:15 Asia/Tokyo · 2099-01-01 22:30:15 UTC", tab.Dialogs.Find(".action-dialog__when").TextContent, StringComparison.Ordinal));
        await PressAsync(tab, "confirm-schedule");

        await tab.Messages.WaitForAssertionAsync(() => Assert.Contains("is scheduled", tab.Messages.Markup, StringComparison.Ordinal));
        Assert.Equal(new DateTimeOffset(2099, 1, 1, 22, 30, 15, TimeSpan.Zero), Node.Inventory.Shelf.FindProduct(product.Id)!.ScheduledAt);
        await dashboard.WaitForAssertionAsync(() => Assert.Contains("07:30:15 Asia/Tokyo", dashboard.Find(".product__state").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_time_that_is_past_is_refused_and_stays_in_its_field()
    {
        await Node.AddProductAsync("A", stock: 5, release: false);
        var tab = OpenOperatorTab();
        var dashboard = await OpenDashboardAsync(tab);

        await OpenDialogAsync(tab, dashboard, "schedule");
        await TypeTimeAsync(tab, "2020-01-01", "10:00:00");
        await PressAsync(tab, "confirm-schedule");

        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Contains("That time is past", tab.Dialogs.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal("10:00:00", tab.Dialogs.Find("#schedule-time").GetAttribute("value"));
    }

    [Fact]
    public async Task A_schedule_is_taken_back()
    {
        var product = await Node.AddProductAsync("A", stock: 5, release: false);
        await Node.DropControl.ScheduleAsync(product.Id, DateTimeOffset.UtcNow.AddDays(1), "ben");
        var tab = OpenOperatorTab();
        var dashboard = await OpenDashboardAsync(tab);

        await OpenDialogAsync(tab, dashboard, "schedule");
        await PressAsync(tab, "clear-schedule");

        await tab.Messages.WaitForAssertionAsync(() => Assert.Contains("has no schedule", tab.Messages.Markup, StringComparison.Ordinal));
        Assert.Null(Node.Inventory.Shelf.FindProduct(product.Id)!.ScheduledAt);
    }

    [Fact]
    public async Task Shortcuts_open_the_dialogs_of_the_first_product_that_they_fit_and_say_so_where_none_does()
    {
        await Node.AddProductAsync("A", stock: 5, release: false);
        var tab = OpenOperatorTab();
        var dashboard = await OpenDashboardAsync(tab);

        await dashboard.InvokeAsync(dashboard.Instance.OpenPauseAsync);
        await tab.Messages.WaitForAssertionAsync(() => Assert.Contains("Nothing is on sale", tab.Messages.Markup, StringComparison.Ordinal));
        _ = dashboard.InvokeAsync(dashboard.Instance.OpenReleaseAsync);
        _ = dashboard.InvokeAsync(dashboard.Instance.OpenReleaseAsync);

        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Single(tab.Dialogs.FindAll("[name=confirm-release]")));
    }

    [Fact]
    public async Task Of_many_products_the_first_three_are_open_and_the_operator_chooses_others()
    {
        for (var product = 0; product < 10; product++) await Node.AddProductAsync($"P{product}", stock: 5, release: true);
        var dashboard = await OpenDashboardAsync();

        await dashboard.WaitForAssertionAsync(() => Assert.Equal((10, 3), (dashboard.FindAll(".product").Count, dashboard.FindAll(".product__sizes").Count)));
        var closed = dashboard.FindAll(".product--line")[2].GetAttribute("aria-label")!;
        await dashboard.InvokeAsync(() => dashboard.Find($"[aria-label='{closed}'] .product__toggle").ClickAsync());

        await dashboard.WaitForAssertionAsync(() => Assert.NotNull(dashboard.Find($"[aria-label='{closed}'] .product__sizes")));
        Assert.Equal("5", dashboard.Find("[data-metric=product-available]").TextContent);
    }

    [Fact]
    public async Task A_product_of_many_is_found_by_its_name()
    {
        for (var product = 0; product < 10; product++) await Node.AddProductAsync($"P{product}", stock: 5, release: true);
        var dashboard = await OpenDashboardAsync();

        await dashboard.InvokeAsync(() => dashboard.FindComponent<MudTextField<string>>().Instance.ValueChanged.InvokeAsync("name of p7"));

        await dashboard.WaitForAssertionAsync(() => Assert.Equal("Name of P7", Assert.Single(dashboard.FindAll(".product")).GetAttribute("aria-label")));
    }

    [Fact]
    public async Task Charts_say_in_words_what_they_show_and_switch_to_the_whole_drop()
    {
        var item = await Node.AddItemAsync(stock: 5);
        await BuyElsewhereAsync(item);
        var dashboard = await OpenDashboardAsync();

        await dashboard.WaitForAssertionAsync(() => Assert.Equal(5, dashboard.FindAll(".figure-chart [role=img]").Count));
        Assert.Contains(dashboard.FindAll(".figure-chart [role=img]"), chart => chart.GetAttribute("aria-label")!.StartsWith("Revenue, USD from", StringComparison.Ordinal) && chart.GetAttribute("aria-label")!.EndsWith("last 120.", StringComparison.Ordinal));
        var before = dashboard.Find(".figure-chart [role=img]").GetAttribute("aria-label");
        await dashboard.InvokeAsync(() => dashboard.FindComponent<MudToggleGroup<ChartRange>>().Instance.ValueChanged.InvokeAsync(ChartRange.WholeDrop));

        await dashboard.WaitForAssertionAsync(() => Assert.DoesNotContain(dashboard.FindAll(".figure-chart [role=img]"), chart => chart.GetAttribute("aria-label") == before));
    }

    [Fact]
    public async Task On_the_wall_there_is_nothing_to_press_and_escape_leaves_it()
    {
        await Node.AddItemAsync(stock: 5);
        var tab = OpenOperatorTab();
        tab.Navigation.NavigateTo("/admin?wall=true");

        var dashboard = await OpenDashboardAsync(tab);

        Assert.Empty(dashboard.FindAll("button, input, select"));
        Assert.NotEmpty(dashboard.FindAll(".dashboard--wall [data-metric=sold]"));
        await dashboard.InvokeAsync(() => dashboard.Find("main").KeyDownAsync(new KeyboardEventArgs { Key = "Escape" }));
        Assert.Equal("/admin", tab.Address);
        await dashboard.WaitForAssertionAsync(() => Assert.NotEmpty(dashboard.FindAll(".actions button")));
        tab.Navigation.NavigateTo("/admin?wall=true");
        await dashboard.WaitForAssertionAsync(() => Assert.Empty(dashboard.FindAll("button, input, select")));
    }

    [Fact]
    public async Task An_empty_store_says_what_to_do()
    {
        var dashboard = await OpenDashboardAsync();

        Assert.NotNull(dashboard.Find("a[href='/admin/products/import']"));
    }

    [Fact]
    public async Task While_the_database_is_away_it_says_so_and_keeps_what_it_showed()
    {
        var item = await Node.AddItemAsync(stock: 5);
        var tab = OpenOperatorTab();
        var dashboard = await OpenDashboardAsync(tab);

        Link.Cut();
        await OpenDialogAsync(tab, dashboard, "pause");
        await TypeAsync(tab, "pause-reason", "counting");
        await PressAsync(tab, "confirm-pause");

        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Contains("out of reach", tab.Dialogs.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        await dashboard.WaitForAssertionAsync(() => Assert.Contains("out of reach", dashboard.Find(".dashboard__notice").TextContent, StringComparison.Ordinal));
        Assert.Equal("5", dashboard.Find($"[data-metric=available][data-item-id='{item}']").TextContent);
    }

    private static async Task OpenDialogAsync(ShopTab tab, IRenderedComponent<DashboardPage> dashboard, string name)
    {
        // The handler ends with the dialog, so nobody waits for it here.
        _ = dashboard.InvokeAsync(() => dashboard.Find($".actions [name={name}]").ClickAsync());
        await tab.Dialogs.WaitForElementAsync(".mud-dialog");
    }

    private static Task PressAsync(ShopTab tab, string name) => tab.Dialogs.InvokeAsync(() => tab.Dialogs.Find($".mud-dialog [name={name}]").ClickAsync());

    /// <summary>The second press is on its way when the first is heard.</summary>
    private static Task PressTwiceAsync(ShopTab tab, string name) => tab.Dialogs.InvokeAsync(() =>
    {
        var button = tab.Dialogs.Find($".mud-dialog [name={name}]");
        return Task.WhenAll(button.ClickAsync(), button.ClickAsync());
    });

    private static Task TypeAsync(ShopTab tab, string id, string words) => tab.Dialogs.InvokeAsync(() => tab.Dialogs.Find("#" + id).InputAsync(words));

    private static async Task TypeTimeAsync(ShopTab tab, string date, string time)
    {
        await tab.Dialogs.InvokeAsync(() => tab.Dialogs.Find("#schedule-date").ChangeAsync(date));
        await tab.Dialogs.InvokeAsync(() => tab.Dialogs.Find("#schedule-time").ChangeAsync(time));
    }

    private Task<IRenderedComponent<DashboardPage>> OpenDashboardAsync(ShopTab? tab = null) => OpenDeskPageAsync<DashboardPage>(tab);

    private static string Metric(IRenderedComponent<DashboardPage> dashboard, string metric) => dashboard.Find($"[data-metric='{metric}']").TextContent;
}
