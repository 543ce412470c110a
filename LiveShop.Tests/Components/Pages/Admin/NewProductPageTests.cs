using Bunit;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Pages.Admin;

namespace LiveShop.Tests;

public sealed class NewProductPageTests(PostgresServer postgres) : DeskTests(postgres)
{
    [Fact]
    public async Task A_product_is_made_of_what_is_typed_and_its_page_opens()
    {
        var tab = OpenOperatorTab();
        var page = await OpenDeskPageAsync<NewProductPage>(tab);
        await FillAsync(page, price: "99.50");

        await page.PressAsync("[name=create]");

        Assert.True(Node.Inventory.Shelf.Listings is [{ Sku: "NEW-1", Brand: "Snks 23", Name: "Hop Man 4", Colorway: "red", Price: 99.5m }]);
        Assert.Equal($"/admin/products/{Node.Inventory.Shelf.Listings[0].ProductId}", tab.Address);
        Assert.Equal(["ana create"], await Database.ReadAllAsync<string>("select actor || ' ' || action from audit_entries"));
    }

    [Fact]
    public async Task What_is_wrong_stands_at_its_field_and_nothing_typed_is_lost()
    {
        var page = await OpenDeskPageAsync<NewProductPage>();
        await FillAsync(page, price: "free");

        await page.PressAsync("[name=create]");

        Assert.Equal("Price, USD must be an amount such as 120 or 99.50.", page.Find(".product-field:has(#product-price) .me-auto").TextContent);
        Assert.Equal("true", page.Find("#product-price").GetAttribute("aria-invalid"));
        Assert.Single(page.FindAll("[aria-invalid=true]"));
        Assert.Contains("Not saved", TroubleOf(page), StringComparison.Ordinal);
        Assert.Equal(("NEW-1", "free"), (page.Find("#product-sku").GetAttribute("value"), page.Find("#product-price").GetAttribute("value")));
        Assert.Empty(Node.Inventory.Shelf.Listings);
    }

    [Fact]
    public async Task A_style_code_that_is_taken_is_refused()
    {
        await Node.AddProductAsync("NEW-1", stock: 1);
        var page = await OpenDeskPageAsync<NewProductPage>();
        await FillAsync(page, price: "120");

        await page.PressAsync("[name=create]");

        Assert.Contains("style code already", TroubleOf(page), StringComparison.Ordinal);
        Assert.Contains("is that of another product", page.Find(".product-field:has(#product-sku) .me-auto").TextContent, StringComparison.Ordinal);
        Assert.Single(Node.Inventory.Shelf.Listings);
    }

    [Fact]
    public async Task While_the_database_is_away_it_says_so_and_nothing_typed_is_lost()
    {
        var page = await OpenDeskPageAsync<NewProductPage>();
        await FillAsync(page, price: "120");
        Link.Cut();

        await page.PressAsync("[name=create]");

        Assert.Contains("out of reach", TroubleOf(page), StringComparison.Ordinal);
        Assert.Equal("NEW-1", page.Find("#product-sku").GetAttribute("value"));
    }

    [Fact]
    public async Task It_is_left_without_a_question_while_nothing_is_typed_and_after_it_is_made()
    {
        var tab = OpenOperatorTab();
        var page = await OpenDeskPageAsync<NewProductPage>(tab);

        await page.InvokeAsync(() => tab.Navigation.NavigateTo("/admin/products"));

        Assert.Equal("/admin/products", tab.Address);
        Assert.DoesNotContain("Leave without saving?", tab.Dialogs.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Somebody_who_is_not_signed_in_sees_nothing_of_it() => Assert.Empty(OpenOperatorTab(new OperatorTabSession(null)).Render<NewProductPage>().Markup);

    private static string TroubleOf(IRenderedComponent<NewProductPage> page) => page.Find(".form-end__trouble").TextContent;

    private static async Task FillAsync(IRenderedComponent<NewProductPage> page, string price)
    {
        foreach (var (field, text) in new[] { ("sku", "NEW-1"), ("brand", "Snks 23"), ("name", "Hop Man 4"), ("colorway", "red"), ("price", price), ("sizes", "8;9") })
        {
            await page.TypeAsync($"#product-{field}", text);
        }
    }
}
