using Bunit;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Pages.Shop;
using LiveShop.Web.Components.Shared;

namespace LiveShop.Tests;

/// <summary>What changes in an open store by itself.</summary>
public sealed class StorePageLiveTests(PostgresServer postgres) : PageTests(postgres)
{
    [Fact]
    public async Task A_release_turns_coming_soon_into_sizes_in_every_open_tab()
    {
        var product = await Node.AddProductAsync("A", stock: 600, release: false, sizes: [8, 9]);
        var pages = new[] { await OpenStoreAsync(), await OpenStoreAsync(OpenTab(keepsCookies: false)) };
        Assert.All(pages, page => Assert.Equal("Opens soon", page.Find(".header__status").TextContent));

        await Node.Inventory.ReleaseAsync(product.Id, "test");

        foreach (var page in pages)
        {
            await page.WaitForAssertionAsync(() =>
            {
                Assert.Equal(2, page.FindAll(".size-container__entry--level-high").Count);
                Assert.Empty(page.FindAll(".product-soon"));
                Assert.Equal("Live drop", page.Find(".header__status").TextContent);
            });
        }
    }

    [Fact]
    public async Task A_product_that_is_imported_appears()
    {
        var page = await OpenStoreAsync();

        await Node.AddProductAsync("A", stock: 5, release: false);

        await page.WaitForAssertionAsync(() => Assert.Equal("Name of A", page.Find(".product-listing__name").TextContent));
        Assert.Equal("One shoe. One minute.", page.Find("h1").TextContent);
    }

    [Fact]
    public async Task The_last_pair_of_a_size_greys_its_button_and_the_last_size_the_product()
    {
        var product = await Node.AddProductAsync("A", stock: 1, sizes: [8, 9]);
        var page = await OpenStoreAsync();

        await BuyElsewhereAsync(product.Items[0].Id);
        await page.WaitForAssertionAsync(() => Assert.True(page.Find($"button[value='{product.Items[0].Id}'].size-container__entry--level-out").HasAttribute("disabled")));
        Assert.False(page.Find($"button[value='{product.Items[1].Id}']").HasAttribute("disabled"));

        await BuyElsewhereAsync(product.Items[1].Id);
        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll(".product-listing--sold-out")));
        Assert.Equal("Sold out", page.Find(".header__status").TextContent);
    }

    [Fact]
    public async Task Only_products_of_which_something_to_see_changed_are_rendered()
    {
        var plenty = await Node.AddItemAsync(stock: 600);
        var last = await Node.AddItemAsync(stock: 1);
        await Node.AddItemAsync(stock: 1);
        var page = await OpenStoreAsync();
        var products = page.FindComponents<ProductListing>();

        await BuyElsewhereAsync(plenty, last);

        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll(".size-container__entry--level-out")));
        Assert.Equal([1, 2, 1], products.Select(product => product.RenderCount));
    }

    [Fact]
    public async Task The_bars_are_explained_by_one_product_also_after_an_earlier_one_opened()
    {
        var earlier = await Node.AddProductAsync("A", stock: 5, release: false);
        await Node.AddProductAsync("B", stock: 5);
        var page = await OpenStoreAsync();

        await Node.Inventory.ReleaseAsync(earlier.Id, "test");

        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll($"[data-product-id='{earlier.Id}'] .level-key")));
        Assert.Single(page.FindAll(".level-key"));
    }

    [Fact]
    public async Task What_another_tab_adds_and_removes_shows_here_too()
    {
        var item = await Node.AddItemAsync(stock: 5);
        var page = await OpenStoreAsync();

        await AddElsewhereAsync(item);
        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll($"#cart-container .cart-item[data-item-id='{item}']")));
        Assert.Single(page.FindAll($".size-container__entry--in-cart[value='{item}']"));

        await Node.Carts.RemoveAsync(Shopper, item);
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("#cart-container, .size-container__entry--in-cart")));
    }

    [Fact]
    public async Task Another_shoppers_cart_is_nowhere_to_be_seen()
    {
        var theirs = await Node.AddItemAsync(stock: 5);
        var mine = await Node.AddItemAsync(stock: 5);
        var page = await OpenStoreAsync();

        await Node.FillCartAsync(theirs);
        await AddElsewhereAsync(mine);

        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll(".cart-item")));
        Assert.Equal($"{mine}", Assert.Single(page.FindAll(".cart-item")).GetAttribute("data-item-id"));
    }

    [Fact]
    public async Task A_tab_watches_the_shelf_and_its_cart_until_it_is_closed()
    {
        var before = Node.Bus.SubscriptionCount;
        var tab = OpenTab();
        await OpenStoreAsync(tab);
        Assert.Equal(before + 2, Node.Bus.SubscriptionCount);

        await tab.DisposeComponentsAsync();

        Assert.Equal(before, Node.Bus.SubscriptionCount);
    }

    [Fact]
    public async Task A_browser_that_keeps_no_cookies_watches_the_shelf_only()
    {
        var before = Node.Bus.SubscriptionCount;

        await OpenStoreAsync(OpenTab(keepsCookies: false));

        Assert.Equal(before + 1, Node.Bus.SubscriptionCount);
    }

    [Fact]
    public async Task Prerendering_shows_everything_and_watches_nothing()
    {
        var product = await Node.AddProductAsync("A", stock: 600, sizes: [8, 9]);
        await AddElsewhereAsync(product.Items[0].Id);
        var before = Node.Bus.SubscriptionCount;

        var page = await OpenStoreAsync(OpenTab(isLive: false));

        Assert.Equal(2, page.FindAll(".size-container__entry--level-high").Count);
        Assert.Single(page.FindAll("#cart-container .cart-item"));
        Assert.Single(page.FindAll(".level-key"));
        Assert.Equal(before, Node.Bus.SubscriptionCount);
    }

    [Fact]
    public async Task What_is_prerendered_and_what_the_circuit_renders_first_are_the_same()
    {
        var product = await Node.AddProductAsync("A", stock: 600, sizes: [8, 9]);
        await Node.AddProductAsync("B", stock: 600, release: false);
        await AddElsewhereAsync(product.Items[0].Id);

        var prerendered = await OpenStoreAsync(OpenTab(isLive: false));
        var live = await OpenStoreAsync();

        Assert.Equal(TextOf(prerendered), TextOf(live));
        Assert.False(prerendered.Find("main").HasAttribute("data-live"));
        Assert.True(live.Find("main").HasAttribute("data-live"));

        static string TextOf(IRenderedComponent<StorePage> page) => string.Concat(page.Nodes.Select(node => node.TextContent));
    }
}
