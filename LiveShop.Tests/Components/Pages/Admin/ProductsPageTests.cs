using Bunit;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Pages.Admin;
using Microsoft.AspNetCore.Components;

namespace LiveShop.Tests;

public sealed class ProductsPageTests(PostgresServer postgres) : DeskTests(postgres)
{
    [Fact]
    public async Task It_lists_what_is_in_the_store_and_then_what_is_retired_with_the_state_of_each()
    {
        var retired = await Node.AddProductAsync("OLD", stock: 5);
        await Node.AddProductAsync("SOON", stock: 1200, release: false, price: 1099.5m, sizes: [8, 8.5m]);
        var stopped = await Node.AddProductAsync("STOPPED", stock: 5, sizes: [6, 6.5m, 7, 7.5m]);
        await Node.CatalogDesk.RetireAsync(retired.Id, "ana");
        await Node.DropControl.StopAsync(stopped.Id, null, "Reason", "ana");

        var page = await OpenAsync();

        Assert.Equal(
            ["SOON|1,099.50|Coming soon|8 8.5|2,400", "STOPPED|120.00|Paused|6 to 7.5, 4 sizes|20", "OLD|120.00|Retired|8|5"],
            RowsOf(page, "Style code", "Price, USD", "State", "Sizes", "Left"));
        Assert.Equal($"/admin/products/{retired.Id}", page.Find($"a[data-product-id='{retired.Id}']").GetAttribute("href"));
    }

    [Fact]
    public async Task It_follows_the_store()
    {
        var product = await Node.AddProductAsync("A", stock: 5, release: false);
        var page = await OpenAsync();

        await Node.Inventory.ReleaseAsync(product.Id, "ana");
        await page.WaitForAssertionAsync(() => Assert.Equal(["On sale|5"], RowsOf(page, "State", "Left")));
        await Node.DropControl.CorrectStockAsync(product.Items[0].Id, 3, "Found", "ana");
        await page.WaitForAssertionAsync(() => Assert.Equal(["On sale|8"], RowsOf(page, "State", "Left")));
    }

    [Fact]
    public async Task A_press_on_a_heading_sorts_and_stands_in_the_address()
    {
        await AddAsync("B", "C", "A");
        var tab = OpenOperatorTab();
        var page = await OpenAsync(tab);

        await PressHeadingAsync(page, "Style code");
        Assert.Equal(["A", "B", "C"], RowsOf(page, "Style code"));
        Assert.Equal("/admin/products?sort=Sku", tab.Address);
        await PressHeadingAsync(page, "Style code");

        Assert.Equal(["C", "B", "A"], RowsOf(page, "Style code"));
        Assert.Equal("/admin/products?sort=-Sku", tab.Address);
    }

    [Fact]
    public async Task A_search_narrows_the_list_and_stands_in_the_address()
    {
        await AddAsync("AIR-1", "AIR-2", "ZOOM");
        var tab = OpenOperatorTab();
        var page = await OpenAsync(tab);

        await page.TypeAsync("#products-search", "air");

        await page.WaitForAssertionAsync(() => Assert.Equal(["AIR-1", "AIR-2"], RowsOf(page, "Style code")));
        Assert.Equal("/admin/products?q=air", tab.Address);
        await page.TypeAsync("#products-search", "none of them");
        await page.WaitForAssertionAsync(() => Assert.Contains("No product is like that", page.Find(".desk__empty").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_that_somebody_shared_opens_the_same_list()
    {
        foreach (var n in Enumerable.Range(1, 12)) await AddAsync($"P{n:00}");
        var tab = OpenOperatorTab();
        tab.Navigation.NavigateTo("/admin/products?q=p&sort=-Sku&page=2&size=10");

        var page = await OpenAsync(tab);

        await page.WaitForAssertionAsync(() => Assert.Equal(["P02", "P01"], RowsOf(page, "Style code")));
        Assert.Equal("p", page.Find("#products-search").GetAttribute("value"));
        Assert.Equal("descending", Heading(page, "Style code").GetAttribute("aria-sort"));
        Assert.Equal("/admin/products?q=p&sort=-Sku&page=2&size=10", tab.Address);
        Assert.EndsWith("?list=q%3Dp%26sort%3D-Sku%26page%3D2%26size%3D10", page.Find("a[data-product-id]").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_way_back_shows_the_list_as_it_was()
    {
        await AddAsync("B", "A");
        var tab = OpenOperatorTab();
        var page = await OpenAsync(tab);
        await PressHeadingAsync(page, "Style code");

        await page.InvokeAsync(() => tab.Navigation.NavigateTo("/admin/products"));

        await page.WaitForAssertionAsync(() => Assert.Equal(["B", "A"], RowsOf(page, "Style code")));
        Assert.Null(Heading(page, "Style code").GetAttribute("aria-sort"));
    }

    [Fact]
    public async Task A_page_past_the_end_is_the_first()
    {
        await AddAsync("A");
        var tab = OpenOperatorTab();
        tab.Navigation.NavigateTo("/admin/products?page=9");

        var page = await OpenAsync(tab);

        await page.WaitForAssertionAsync(() => Assert.Equal(["A"], RowsOf(page, "Style code")));
    }

    [Fact]
    public async Task Several_products_are_released_after_one_question_that_names_them()
    {
        await AddAsync("A", "B", "C");
        await Node.Inventory.ReleaseAsync(Node.Inventory.Shelf.Listings[1].ProductId, "bo");
        var (tab, page) = await OpenAndSelectAsync("A", "B");

        await AskAsync(tab, page, "release");
        Assert.Contains("Release 2 products?", tab.Dialogs.Markup, StringComparison.Ordinal);
        Assert.Equal(["Snks 23 Name of A", "Snks 23 Name of B"], tab.Dialogs.FindAll(".bulk__names li").Select(line => line.FirstChild!.TextContent.Trim()));
        Assert.Single(Node.Inventory.Shelf.Products, product => product.IsReleased);
        await tab.Dialogs.PressAsync("[name=confirm]");

        await tab.Dialogs.WaitForElementAsync("[name=close]");
        Assert.Equal(["Name of A is released.", "Name of B was released before."], tab.Dialogs.FindAll(".bulk__names li").Select(line => line.TextContent));
        Assert.Equal(["A True", "B True", "C False"], Node.Inventory.Shelf.Products.Select(product => $"{product.Sku} {product.IsReleased}"));
        await tab.Dialogs.PressAsync("[name=close]");
        await page.WaitForAssertionAsync(() => Assert.Contains("1 product selected", page.Find(".products__bulk").TextContent, StringComparison.Ordinal));
        await tab.Messages.WaitForAssertionAsync(() => Assert.Contains("Release: 1 of 2 done, 1 refused.", tab.Messages.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pause_of_several_asks_for_the_reason_that_shoppers_read()
    {
        await AddReleasedAsync("A", "B");
        var (tab, page) = await OpenAndSelectAsync("A", "B");

        await AskAsync(tab, page, "pause");
        await tab.Dialogs.PressAsync("[name=confirm]");
        Assert.Contains("Say why", tab.Dialogs.Markup, StringComparison.Ordinal);
        await tab.Dialogs.TypeAsync("#bulk-reason", "Wrong price");
        await tab.Dialogs.PressAsync("[name=confirm]");

        await tab.Dialogs.WaitForElementAsync("[name=close]");
        Assert.All(Node.Inventory.Shelf.Listings, listing => Assert.Equal("Wrong price", listing.StopReason));
    }

    [Fact]
    public async Task An_outage_in_the_middle_is_told_and_the_others_are_done_when_it_is_over()
    {
        await AddReleasedAsync("A", "B", "C");
        var (tab, page) = await OpenAndSelectAsync("A", "B", "C");
        await AskAsync(tab, page, "retire");
        Link.Cut();

        await tab.Dialogs.PressAsync("[name=confirm]");
        await tab.Dialogs.WaitForElementAsync("[name=go-on]");
        Assert.Contains("0 of 3 done, 3 not tried.", tab.Dialogs.Find(".bulk__summary").TextContent, StringComparison.Ordinal);
        Assert.Contains("out of reach", tab.Dialogs.Find(".bulk__names").TextContent, StringComparison.Ordinal);
        Link.Mend();
        await tab.Dialogs.PressAsync("[name=go-on]");

        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Equal("3 of 3 done.", tab.Dialogs.Find(".bulk__summary").TextContent));
        await Eventually.TrueAsync(() => !Node.Inventory.Shelf.Products.Any());
    }

    [Fact]
    public async Task A_dialog_that_is_open_when_the_session_ends_does_nothing()
    {
        await AddAsync("A");
        var session = new OperatorTabSession("ana");
        var tab = OpenOperatorTab(session);
        var page = await OpenAsync(tab);
        await SelectAsync(page, "A");
        await AskAsync(tab, page, "release");

        session.EndUnheard();
        await tab.Dialogs.PressAsync("[name=confirm]");

        await tab.Dialogs.WaitForElementAsync("[name=close]");
        Assert.False(Node.Inventory.Shelf.Listings[0].IsReleased);
    }

    [Fact]
    public async Task A_column_is_hidden_and_shown_by_the_menu()
    {
        await AddAsync("A");
        var tab = OpenOperatorTab();
        var page = await OpenAsync(tab);
        var menu = page.FindComponent<ColumnMenu>();

        await page.InvokeAsync(() => menu.Instance.HiddenChanged.InvokeAsync(new HashSet<string> { "Colorway" }));

        await page.WaitForAssertionAsync(() => Assert.DoesNotContain(page.FindAll("thead th"), heading => heading.TextContent.Contains("Colorway", StringComparison.Ordinal)));
        Assert.Equal(["A"], RowsOf(page, "Style code"));
    }

    [Fact]
    public async Task A_store_without_products_says_what_to_do()
    {
        var page = await OpenDeskPageAsync<ProductsPage>();

        await page.WaitForAssertionAsync(() => Assert.Contains("import a CSV file", page.Find(".desk__empty").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Somebody_who_is_not_signed_in_sees_nothing_of_it()
    {
        await Node.AddProductAsync("A", stock: 5);

        Assert.Empty(OpenOperatorTab(new OperatorTabSession(null)).Render<ProductsPage>().Markup);
    }

    private async Task AddAsync(params string[] skus)
    {
        foreach (var sku in skus) await Node.AddProductAsync(sku, stock: 5, release: false);
    }

    private async Task AddReleasedAsync(params string[] skus)
    {
        foreach (var sku in skus) await Node.AddProductAsync(sku, stock: 5);
    }

    private async Task<IRenderedComponent<ProductsPage>> OpenAsync(ShopTab? tab = null)
    {
        tab ??= OpenOperatorTab();
        if (tab.Address == "/") tab.Navigation.NavigateTo("/admin/products");
        var page = await OpenDeskPageAsync<ProductsPage>(tab);
        await page.WaitForElementAsync("a[data-product-id]");
        return page;
    }

    private async Task<(ShopTab Tab, IRenderedComponent<ProductsPage> Page)> OpenAndSelectAsync(params string[] skus)
    {
        var tab = OpenOperatorTab();
        var page = await OpenAsync(tab);
        foreach (var sku in skus) await SelectAsync(page, sku);
        return (tab, page);
    }

    /// <summary>Presses the button of an action. The press is dealt with when the dialog closes; this completes when it is open.</summary>
    private static async Task AskAsync(ShopTab tab, IRenderedComponent<ProductsPage> page, string action)
    {
        _ = page.PressAsync($"[name={action}]");
        await tab.Dialogs.WaitForElementAsync("[name=confirm]");
    }

    private static Task SelectAsync(IRenderedComponent<ProductsPage> page, string sku) =>
        page.InvokeAsync(() => page.FindAll("tbody tr").Single(row => row.TextContent.Contains($"Select Snks 23 Name of {sku}", StringComparison.Ordinal)).QuerySelector("input")!.ChangeAsync(true));

    private static AngleSharp.Dom.IElement Heading(IRenderedComponent<ProductsPage> page, string title) =>
        page.FindAll("thead th").Single(heading => heading.TextContent.Trim() == title);

    private static Task PressHeadingAsync(IRenderedComponent<ProductsPage> page, string title) =>
        page.InvokeAsync(() => Heading(page, title).QuerySelector(".sortable-column-header")!.ClickAsync());

    private static IEnumerable<string> RowsOf(IRenderedComponent<ProductsPage> page, params string[] titles)
    {
        var columns = titles.Select(title => page.FindAll("thead th").ToList().FindIndex(heading => heading.TextContent.Trim() == title)).ToList();
        return page.FindAll("tbody tr").Where(row => row.QuerySelector("[data-product-id]") is not null)
            .Select(row => string.Join('|', columns.Select(column => row.Children[column].TextContent.Trim())));
    }
}
