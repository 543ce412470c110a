using Bunit;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Pages.Admin;

namespace LiveShop.Tests;

public sealed class ProductsPageTests(PostgresServer postgres) : DeskTests(postgres)
{
    [Fact]
    public async Task It_lists_what_is_in_the_store_and_then_what_is_retired_with_the_state_of_each()
    {
        var retired = await Node.AddProductAsync("OLD", stock: 5);
        await Node.AddProductAsync("SOON", stock: 5, release: false, price: 99.5m, sizes: [8, 8.5m]);
        var stopped = await Node.AddProductAsync("STOPPED", stock: 5, sizes: [6, 6.5m, 7, 7.5m]);
        await Node.CatalogDesk.RetireAsync(retired.Id, "ana");
        await Node.DropControl.StopAsync(stopped.Id, null, "Reason", "ana");

        var page = await OpenDeskPageAsync<ProductsPage>();

        Assert.Equal(
            ["SOON 99.5 coming soon 8 8.5", "STOPPED 120 paused 6 to 7.5, 4 sizes", $"OLD 120 retired {DateTime.UtcNow:yyyy-MM-dd} 8"],
            page.FindAll("tbody tr").Select(row => string.Join(' ', row.Children.Select(cell => cell.TextContent).Where((_, i) => i != 1))));
        Assert.Equal($"/admin/products/{retired.Id}", page.Find($"tr[data-product-id='{retired.Id}'] a").GetAttribute("href"));
    }

    [Fact]
    public async Task It_follows_the_store()
    {
        var product = await Node.AddProductAsync("A", stock: 5, release: false);
        var page = await OpenDeskPageAsync<ProductsPage>();

        await Node.Inventory.ReleaseAsync(product.Id, "ana");

        await page.WaitForAssertionAsync(() => Assert.Contains("released", page.Find("tbody tr").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Somebody_who_is_not_signed_in_sees_nothing_of_it()
    {
        await Node.AddProductAsync("A", stock: 5);

        Assert.Empty(OpenOperatorTab(new OperatorTabSession(null)).Render<ProductsPage>().Markup);
    }
}
