using Bunit;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Pages.Admin;

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
        var dashboard = await OpenDashboardAsync();

        await PressButtonAsync(dashboard, "Release now…");
        Assert.False(Node.Inventory.Shelf.FindProduct(product.Id)!.IsReleased);
        Assert.Contains("Everybody can buy", dashboard.Find(".confirm").TextContent, StringComparison.Ordinal);
        await PressButtonAsync(dashboard, "Release now");

        await dashboard.WaitForAssertionAsync(() => Assert.Contains("is released", NoticeOf(dashboard), StringComparison.Ordinal));
        Assert.True(Node.Inventory.Shelf.FindProduct(product.Id)!.IsReleased);
        Assert.Equal("ana", Assert.Single((await Node.Audit.FindAsync())!, entry => entry.Action == "release").Actor);
    }

    [Fact]
    public async Task Saying_not_now_does_nothing()
    {
        await Node.AddProductAsync("A", stock: 5, release: false);
        var dashboard = await OpenDashboardAsync();

        await PressButtonAsync(dashboard, "Release now…");
        await PressButtonAsync(dashboard, "Not now");

        Assert.Empty(dashboard.FindAll(".confirm"));
        Assert.False(Node.Inventory.Shelf.Products.Single().IsReleased);
    }

    [Fact]
    public async Task Stock_is_changed_for_one_size_with_a_reason_and_the_reason_stays_while_it_is_missing_something()
    {
        var item = await Node.AddItemAsync(stock: 5);
        var dashboard = await OpenDashboardAsync();

        await dashboard.ChangeAsync("[name=size]", item.ToString());
        await dashboard.ChangeAsync("[name=reason]", "found a box");
        await ConfirmAsync(dashboard, "Change stock");
        await dashboard.WaitForAssertionAsync(() => Assert.Contains("Say how many pairs", NoticeOf(dashboard), StringComparison.Ordinal));
        Assert.Equal("found a box", dashboard.Find("[name=reason]").GetAttribute("value"));

        await dashboard.ChangeAsync("[name=delta]", "7");
        await ConfirmAsync(dashboard, "Change stock");

        await dashboard.WaitForAssertionAsync(() => Assert.Equal("12", dashboard.Find($"[data-metric=available][data-item-id='{item}']").TextContent));
        Assert.Equal([12], await Database.AvailableAsync());
    }

    [Fact]
    public async Task A_sale_is_stopped_with_a_reason_and_resumed()
    {
        await Node.AddItemAsync(stock: 5);
        var dashboard = await OpenDashboardAsync();

        await ConfirmAsync(dashboard, "Stop sale");
        await dashboard.WaitForAssertionAsync(() => Assert.Equal("Say why: shoppers read it.", NoticeOf(dashboard)));
        await dashboard.ChangeAsync("[name=reason]", "counting");
        await ConfirmAsync(dashboard, "Stop sale");

        await dashboard.WaitForAssertionAsync(() => Assert.Equal("Sale paused: counting", dashboard.Find(".controls__stopped").TextContent));
        await dashboard.PressAsync("[name=resume]");
        await dashboard.WaitForAssertionAsync(() => Assert.Empty(dashboard.FindAll(".controls__stopped")));
    }

    [Fact]
    public async Task A_time_that_is_past_is_refused_and_stays_in_its_field()
    {
        await Node.AddProductAsync("A", stock: 5, release: false);
        var dashboard = await OpenDashboardAsync();

        await dashboard.ChangeAsync("[name=at]", "2020-01-01T10:00:00");
        await dashboard.SubmitAsync("form");

        await dashboard.WaitForAssertionAsync(() => Assert.Contains("That time is past", NoticeOf(dashboard), StringComparison.Ordinal));
        Assert.Equal("2020-01-01T10:00:00", dashboard.Find("[name=at]").GetAttribute("value"));
    }

    [Fact]
    public async Task On_the_wall_there_is_nothing_to_press()
    {
        await Node.AddItemAsync(stock: 5);
        var tab = OpenOperatorTab();
        tab.Navigation.NavigateTo("/admin?wall=true");

        var dashboard = await OpenDashboardAsync(tab);

        Assert.Empty(dashboard.FindAll("button, input, select"));
        Assert.NotEmpty(dashboard.FindAll(".dashboard--wall [data-metric=sold]"));
    }

    [Fact]
    public async Task While_the_database_is_away_it_says_so_and_keeps_what_it_showed()
    {
        var item = await Node.AddItemAsync(stock: 5);
        var dashboard = await OpenDashboardAsync();

        Link.Cut();
        await PressButtonAsync(dashboard, "Stop sale…");
        await PressButtonAsync(dashboard, "Stop sale");

        await dashboard.WaitForAssertionAsync(() => Assert.Contains("out of reach", NoticeOf(dashboard), StringComparison.Ordinal));
        Assert.Equal("5", dashboard.Find($"[data-metric=available][data-item-id='{item}']").TextContent);
    }

    private Task<IRenderedComponent<DashboardPage>> OpenDashboardAsync(ShopTab? tab = null) => OpenDeskPageAsync<DashboardPage>(tab);

    private static string Metric(IRenderedComponent<DashboardPage> dashboard, string metric) => dashboard.Find($"[data-metric='{metric}']").TextContent;
}
