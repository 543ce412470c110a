using Bunit;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Pages.Shop;
using LiveShop.Web.Components.Shared;
using LiveShop.Web.Shopper;
using Microsoft.AspNetCore.Components.Web;

namespace LiveShop.Tests;

/// <summary>What the store shows, and what becomes of clicks. <see cref="StorePageLiveTests"/> has what changes by itself.</summary>
public sealed class StorePageTests(PostgresServer postgres) : PageTests(postgres)
{
    [Fact]
    public async Task A_store_without_products_says_so()
    {
        var page = await OpenStoreAsync();

        Assert.Equal("Nothing here yet.", page.Find("h1").TextContent);
        Assert.Equal("Closed", page.Find(".header__status").TextContent);
        Assert.Empty(page.FindAll(".product-listing"));
    }

    [Fact]
    public async Task It_shows_every_product_in_the_order_of_their_ids()
    {
        var soon = await Node.AddProductAsync("A", stock: 5, release: false);
        var released = await Node.AddProductAsync("B", stock: 5, sizes: [8, 9]);

        var page = await OpenStoreAsync();

        Assert.Equal([$"{soon.Id}", $"{released.Id}"], page.FindAll("main.product-list .product-listing").Select(product => product.GetAttribute("data-product-id")));
        Assert.Single(page.FindAll($"[data-product-id='{soon.Id}'] .product-soon"));
        Assert.Equal(released.Items.Select(item => $"{item.Id}"), page.FindAll("button[name=item_id]").Select(button => button.GetAttribute("value")));
    }

    [Fact]
    public async Task No_count_of_pairs_is_anywhere_in_it()
    {
        await Node.AddProductAsync("A", stock: 4711);
        await Node.AddProductAsync("B", stock: 4711, release: false);

        var page = await OpenStoreAsync();

        Assert.DoesNotContain("4711", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("4,711", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_title_is_the_name_of_the_shop()
    {
        var tab = OpenTab();
        tab.JSInterop.Setup<string>("Blazor._internal.PageTitle.getAndRemoveExistingTitle").SetResult("");
        var head = tab.Render<HeadOutlet>();

        await OpenStoreAsync(tab);

        await head.WaitForAssertionAsync(() => Assert.Equal("Sneakers23", head.Find("title").TextContent));
    }

    [Fact]
    public async Task Only_the_first_product_with_sizes_explains_the_bars()
    {
        await Node.AddProductAsync("A", stock: 5, release: false);
        var first = await Node.AddProductAsync("B", stock: 5);
        await Node.AddProductAsync("C", stock: 5);

        var page = await OpenStoreAsync();

        Assert.Single(page.FindAll(".level-key"));
        Assert.Single(page.FindAll($"[data-product-id='{first.Id}'] .level-key"));
    }

    [Fact]
    public async Task A_click_on_a_size_puts_it_into_the_cart()
    {
        var product = await Node.AddProductAsync("A", stock: 5, sizes: [8.5m]);
        var page = await OpenStoreAsync();

        await ClickAsync(page, product.Items[0].Id);

        await page.WaitForAssertionAsync(() =>
        {
            Assert.Equal($"{product.Items[0].Id}", page.Find("#cart-container .cart-item").GetAttribute("data-item-id"));
            Assert.Equal($"{product.Items[0].Id}", page.Find(".size-container__entry--in-cart").GetAttribute("value"));
            Assert.Equal("Size 8.5 is in your cart. It is yours when you check out.", page.Notice());
        });
        Assert.Equal(product.Items[0].Id, Assert.Single((await Node.CartAsync(Shopper)).ItemIds));
    }

    [Fact]
    public async Task A_click_on_what_is_in_the_cart_already_adds_nothing()
    {
        var item = await Node.AddItemAsync(stock: 5);
        await AddElsewhereAsync(item);
        var page = await OpenStoreAsync();

        await ClickAsync(page, item);

        Assert.Equal("Size 8 is in your cart already. One of each per shopper.", page.Notice());
        Assert.Single(page.FindAll(".cart-item"));
    }

    [Fact]
    public async Task A_full_cart_takes_no_more()
    {
        var product = await Node.AddProductAsync("A", stock: 5, sizes: [6, 7, 8, 9, 10]);
        await AddElsewhereAsync([.. product.Items.Take(4).Select(item => item.Id)]);
        var page = await OpenStoreAsync();

        await ClickAsync(page, product.Items[4].Id);

        Assert.Equal("Your cart is full. Remove a pair to add another.", page.Notice());
        Assert.Equal(4, page.FindAll(".cart-item").Count);
    }

    [Fact]
    public async Task A_click_that_comes_after_the_last_pair_says_that_it_is_gone()
    {
        var item = await Node.AddItemAsync(stock: 1);
        var page = await OpenStoreAsync();
        await BuyElsewhereAsync(item);

        await PickAsync(page, item);

        Assert.Equal("Size 8 is gone. Pick another.", page.Notice());
        Assert.Empty((await Node.CartAsync(Shopper)).ItemIds);
    }

    [Fact]
    public async Task A_click_on_what_is_not_on_sale_any_more_says_so()
    {
        var item = await Node.AddItemAsync(stock: 5);
        var page = await OpenStoreAsync();
        await Database.ExecuteAsync("update products set released_at = null");

        await PickAsync(page, item);

        Assert.Equal("This one is not on sale yet.", page.Notice());
    }

    [Fact]
    public async Task While_the_database_is_away_a_click_changes_nothing_and_says_so_plainly()
    {
        var item = await Node.AddItemAsync(stock: 5);
        var page = await OpenStoreAsync();

        Link.Cut();
        await ClickAsync(page, item);

        Assert.Equal(Words.Unavailable, page.Notice());
        Assert.Empty(page.FindAll(".cart-item"));
    }

    [Fact]
    public async Task The_remove_button_takes_it_out_of_the_cart()
    {
        var item = await Node.AddItemAsync(stock: 5);
        await AddElsewhereAsync(item);
        var page = await OpenStoreAsync();

        await page.PressAsync($"button.cart-item__remove[data-item-id='{item}']");

        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("#cart-container, .size-container__entry--in-cart")));
        Assert.Empty((await Node.CartAsync(Shopper)).ItemIds);
    }

    [Fact]
    public async Task While_the_database_is_away_removing_changes_nothing_and_says_so_plainly()
    {
        var item = await Node.AddItemAsync(stock: 5);
        await AddElsewhereAsync(item);
        var page = await OpenStoreAsync();

        Link.Cut();
        await page.PressAsync("button.cart-item__remove");

        Assert.Equal(Words.Unavailable, page.Notice());
        Assert.Single(page.FindAll(".cart-item"));
    }

    [Fact]
    public async Task A_browser_that_keeps_no_cookies_is_told_so_at_its_first_click()
    {
        var item = await Node.AddItemAsync(stock: 5);
        var page = await OpenStoreAsync(OpenTab(keepsCookies: false));
        Assert.Contains("Nothing in it yet", page.Find(".cart").TextContent, StringComparison.Ordinal);

        await ClickAsync(page, item);

        Assert.Equal(Words.NoCookies, page.Notice());
    }

    [Theory]
    [InlineData("Added", "This size is in your cart. It is yours when you check out.")]
    [InlineData("AlreadyInCart", "This size is in your cart already. One of each per shopper.")]
    [InlineData("SoldOut", "This size is gone. Pick another.")]
    [InlineData("<b>", "")]
    public async Task It_tells_what_became_of_a_click_from_before_there_was_a_circuit(string outcome, string said)
    {
        var tab = OpenTab();
        tab.Navigation.NavigateTo($"/?{CartForms.OutcomeKey}={Uri.EscapeDataString(outcome)}");

        var page = await OpenStoreAsync(tab);

        Assert.Equal(said, page.Notice());
    }

    [Fact]
    public async Task Without_a_circuit_the_sizes_post_to_the_cart()
    {
        await Node.AddItemAsync(stock: 5);

        var page = await OpenStoreAsync(OpenTab(isLive: false));

        var form = page.Find("main form:has(button[name=item_id][type=submit])");
        Assert.Equal(("post", CartForms.AddPath), (form.GetAttribute("method"), form.GetAttribute("action")));
    }

    private static Task ClickAsync(IRenderedComponent<StorePage> page, int itemId) => page.PressAsync($"button[name=item_id].size-container__entry[value='{itemId}']");

    /// <summary>As a click that was on its way while the button vanished from the page.</summary>
    private static Task PickAsync(IRenderedComponent<StorePage> page, int itemId) =>
        page.InvokeAsync(() => page.FindComponent<ProductListing>().Instance.OnPick.InvokeAsync(itemId));
}
