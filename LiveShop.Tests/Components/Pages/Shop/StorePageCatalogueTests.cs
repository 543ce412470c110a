using Bunit;
using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

/// <summary>What an operator writes into the catalogue, on a store page that is open.</summary>
public sealed class StorePageCatalogueTests(PostgresServer postgres) : PageTests(postgres)
{
    [Fact]
    public async Task A_retired_product_goes_with_what_the_cart_holds_of_it_and_comes_back()
    {
        var product = await Node.AddProductAsync("A", stock: 5);
        await AddElsewhereAsync(product.Items[0].Id);
        var page = await OpenStoreAsync();

        await Node.CatalogDesk.RetireAsync(product.Id, "ana");
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll(".product-listing")));
        Assert.Single(page.FindAll(".cart-item--out-of-stock"));
        Assert.Equal("Name of A, size 8, is gone. Pick another.", page.Notice());

        await Node.CatalogDesk.BringBackAsync(product.Id, "ana");
        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll(".product-listing")));
        Assert.Empty(page.FindAll(".cart-item--out-of-stock"));
    }

    [Fact]
    public async Task A_new_product_shows_without_anything_to_buy_and_an_edit_with_its_new_price()
    {
        var page = await OpenStoreAsync();
        var typed = new ProductDraft { Sku = "NEW", Brand = "b", Name = "Hop Man 4", Colorway = "red", Price = "99", Sizes = "8", Stock = "7" };

        var made = Assert.IsType<ProductOutcome.Done>(await Node.CatalogDesk.CreateAsync(typed, "ana")).Product;
        await page.WaitForAssertionAsync(() => Assert.Equal("Hop Man 4", page.Find(".product-listing h2").TextContent));
        Assert.Empty(page.FindAll(".product-listing button"));
        Assert.DoesNotContain($"\"{made.Items[0].Id}\"", page.Find(".size-container, .product-listing__body").InnerHtml, StringComparison.Ordinal);

        await Node.CatalogDesk.EditAsync(made.Id, made.Version, typed with { Price = "140" }, "ana");
        await page.WaitForAssertionAsync(() => Assert.Equal("$140", page.Find(".product-listing__price").TextContent));
    }
}
