using Bunit;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Pages.Shop;

namespace LiveShop.Tests;

/// <summary>Buying, and what the shopper is told when nothing is sold.</summary>
public sealed class CheckoutPageOrderTests(PostgresServer postgres) : PageTests(postgres)
{
    [Fact]
    public async Task Placing_the_order_leads_to_its_confirmation()
    {
        var item = await Node.AddItemAsync(stock: 5);
        await AddElsewhereAsync(item);
        var tab = OpenTab();
        var page = await OpenCheckoutAsync(tab);

        await FillInAsync(page);
        await PlaceAsync(page);

        var number = await Database.ReadAsync<string>("select number from orders");
        Assert.Equal($"/checkout/complete/{number}", tab.Address);
        Assert.Equal(item, Assert.Single((await Node.Orders.ShowAsync(number, Shopper))!.Lines).ItemId);
        Assert.Equal([4], await Database.AvailableAsync());
    }

    [Fact]
    public async Task A_browser_that_was_away_when_it_was_led_there_finds_the_way_when_it_is_back()
    {
        // On this bus the page hears of the emptied cart before it has the answer.
        var node = (await NewNode(bus: new DirectBus()).WatchAsync()).Sell();
        await node.Carts.AddAsync(Shopper, await node.AddItemAsync(stock: 5));
        var page = await OpenCheckoutAsync(OpenTab(node));

        await FillInAsync(page);
        await PlaceAsync(page);

        var number = await Database.ReadAsync<string>("select number from orders");
        Assert.Equal($"order {number}", page.Find($"main a[href='/checkout/complete/{number}']").TextContent);
    }

    [Fact]
    public async Task The_order_goes_to_where_the_form_says()
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));
        var page = await OpenCheckoutAsync();

        await FillInAsync(page);
        await PlaceAsync(page);

        Assert.Equal(
            "ana@example.org, Ana Lima, Rua Augusta 1, Lisboa, 1100-048, Portugal",
            await Database.ReadAsync<string>("select concat_ws(', ', email, name, address, city, postal_code, country) from orders"));
    }

    [Fact]
    public async Task A_form_with_gaps_says_what_is_missing_and_buys_nothing()
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));
        var page = await OpenCheckoutAsync();

        await FillInAsync(page, ("email", "ana"), ("city", ""));
        await PlaceAsync(page);

        Assert.Equal("Enter an e-mail address such as ana@example.org.", page.Find("#checkout-email-error").TextContent);
        Assert.Equal("Enter the city.", page.Find("#checkout-city-error").TextContent);
        Assert.Equal("", page.Find("#checkout-name-error").TextContent);
        Assert.Equal(0, await Database.ReadAsync<long>("select count(*) from orders"));
    }

    [Fact]
    public async Task Pressing_twice_places_one_order()
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));
        var page = await OpenCheckoutAsync();
        await FillInAsync(page);

        await Task.WhenAll(PlaceAsync(page), PlaceAsync(page));

        Assert.Equal([4], await Database.AvailableAsync());
    }

    [Fact]
    public async Task Two_tabs_that_press_at_once_come_to_the_same_order()
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));
        var (one, other) = (OpenTab(), OpenTab());
        var pages = new[] { await OpenCheckoutAsync(one), await OpenCheckoutAsync(other) };
        foreach (var page in pages) await FillInAsync(page);

        await Task.WhenAll(pages.Select(PlaceAsync));

        var number = await Database.ReadAsync<string>("select number from orders");
        // Either it pressed in time and was led there, or the other's order had reached it and it shows the way.
        foreach (var (tab, page) in new[] { (one, pages[0]), (other, pages[1]) })
        {
            await Eventually.TrueAsync(() => tab.Address == $"/checkout/complete/{number}" || page.FindAll($"a[href='/checkout/complete/{number}']").Count == 1);
        }
    }

    [Fact]
    public async Task A_pair_that_goes_while_paying_is_named_and_nothing_is_sold()
    {
        var kept = await Node.AddItemAsync(stock: 5);
        var lost = await Node.AddProductAsync("Lost", stock: 1, sizes: [8.5m]);
        await AddElsewhereAsync(kept, lost.Items[0].Id);
        var page = await OpenCheckoutAsync();
        await FillInAsync(page);
        // On another node, so that this one hears of it by its sweep, as a rule after the press.
        var elsewhere = NewNode().Sell();
        Assert.IsType<PurchaseOutcome.Placed>(await elsewhere.Checkout.PlaceOrderAsync(Some.Request(await elsewhere.FillCartAsync(lost.Items[0].Id))));

        await PlaceAsync(page);
        // The Shelf may hear of much else before it hears of that.
        Node.Bus.Publish(new ShelfChanged(Node.Inventory.Shelf, [lost.Id], Replaced: false));

        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll(".checkout-line--out-of-stock")));
        Assert.StartsWith("Not sold: Name of Lost, size 8.5, went while you paid. Nothing was charged.", page.Notice(), StringComparison.Ordinal);
        Assert.Equal(1, await Database.ReadAsync<long>("select count(*) from orders"));
    }

    [Fact]
    public async Task What_is_left_can_be_bought_after_removing_what_is_gone()
    {
        var kept = await Node.AddItemAsync(stock: 5);
        var lost = await Node.AddItemAsync(stock: 1);
        await AddElsewhereAsync(kept, lost);
        var tab = OpenTab();
        var page = await OpenCheckoutAsync(tab);
        await FillInAsync(page);
        await BuyElsewhereAsync(lost);
        await PlaceAsync(page);

        await page.PressAsync($"button.cart-item__remove[data-item-id='{lost}']");
        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll(".checkout-line")));
        await PlaceAsync(page);

        Assert.StartsWith("/checkout/complete/", tab.Address, StringComparison.Ordinal);
        Assert.Equal([4, 0], await Database.AvailableAsync());
    }

    [Fact]
    public async Task A_cart_that_is_not_what_the_form_shows_is_not_sold()
    {
        var (first, second) = (await Node.AddItemAsync(stock: 5), await Node.AddItemAsync(stock: 5));
        await AddElsewhereAsync(first, second);
        var page = await OpenCheckoutAsync();
        await FillInAsync(page);
        // Past the domain, so that this page does not hear of it.
        await Database.ExecuteAsync($"delete from cart_items where item_id = {second}");

        await PlaceAsync(page);

        Assert.Matches("^Not sold: .*, size 8, is no longer in your cart. Nothing was charged.", page.Notice());
        Assert.Equal([5, 5], await Database.AvailableAsync());
        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll(".checkout-line")));
    }

    [Fact]
    public async Task A_price_that_changed_is_announced_and_stands_beside_the_old_one()
    {
        var product = await Node.AddProductAsync("A", stock: 5, price: 120);
        await AddElsewhereAsync(product.Items[0].Id);
        var tab = OpenTab();
        var page = await OpenCheckoutAsync(tab);

        await RepriceAsync(product, "150");

        await page.WaitForAssertionAsync(() => Assert.Equal("Name of A costs $150 now, not $120.", page.Notice()));
        Assert.Equal(("It was $120", "$150"), (page.Find(".cart-item__was").TextContent, page.Find(".cart-item__price").TextContent));
        await FillInAsync(page);
        await PlaceAsync(page);
        Assert.StartsWith("/checkout/complete/", tab.Address, StringComparison.Ordinal);
        Assert.Equal(150, await Database.ReadAsync<decimal>("select total from orders"));
    }

    [Fact]
    public async Task A_price_that_the_node_has_not_heard_of_is_told_by_the_purchase_and_only_once()
    {
        var product = await Node.AddProductAsync("A", stock: 5, price: 120);
        await AddElsewhereAsync(product.Items[0].Id);
        var page = await OpenCheckoutAsync();
        await FillInAsync(page);
        // On another node, so that this one hears of it by its sweep, as a rule after the press.
        Assert.IsType<ProductOutcome.Done>(await NewNode().CatalogDesk.EditAsync(product.Id, product.Version, Draft(product, "150"), "bo"));

        await PlaceAsync(page);

        await page.WaitForAssertionAsync(() => Assert.Equal("$150", page.Find(".cart-item__price").TextContent));
        Assert.StartsWith("Not sold: Name of A costs $150 now, not $120. Nothing was charged.", page.Notice(), StringComparison.Ordinal);
        Assert.Equal([5], await Database.AvailableAsync());
    }

    [Fact]
    public async Task A_cart_that_was_deleted_under_an_open_page_is_found_empty_by_the_next_click()
    {
        var (first, second) = (await Node.AddItemAsync(stock: 5), await Node.AddItemAsync(stock: 5));
        await AddElsewhereAsync(first, second);
        var page = await OpenCheckoutAsync();
        await Database.ExecuteAsync("delete from carts");

        await page.PressAsync($"button.cart-item__remove[data-item-id='{first}']");

        await page.WaitForAssertionAsync(() => Assert.Contains("Your cart is empty.", page.Find("main").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_the_database_is_away_the_order_is_not_confirmed_and_can_be_placed_again_later()
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));
        var tab = OpenTab();
        var page = await OpenCheckoutAsync(tab);
        await FillInAsync(page);

        Link.Cut();
        await PlaceAsync(page);
        Assert.StartsWith("We could not confirm the order.", page.Notice(), StringComparison.Ordinal);
        Assert.Equal("Place order", page.Find("#place-order").TextContent.Trim());

        Link.Mend();
        await PlaceAsync(page);
        Assert.StartsWith("/checkout/complete/", tab.Address, StringComparison.Ordinal);
        Assert.Equal([4], await Database.AvailableAsync());
    }

    [Fact]
    public async Task While_the_order_is_being_placed_the_button_says_so()
    {
        var item = await Node.AddItemAsync(stock: 5);
        await AddElsewhereAsync(item);
        var page = await OpenCheckoutAsync();
        await FillInAsync(page);
        await using var other = await Database.OpenSessionAsync();
        await other.ExecuteAsync("begin; select * from availabilities for update");

        var placing = PlaceAsync(page);

        await page.WaitForAssertionAsync(() => Assert.Equal("Placing your order…", page.Find("#place-order[aria-busy=true]").TextContent.Trim()));
        await other.ExecuteAsync("commit");
        await placing;
    }

    private static Task PlaceAsync(IRenderedComponent<CheckoutPage> page) => page.SubmitAsync("form:has(#place-order)");

    private static async Task FillInAsync(IRenderedComponent<CheckoutPage> page, params (string Field, string Text)[] instead)
    {
        var given = Some.Delivery;
        var texts = new Dictionary<string, string>
        {
            ["email"] = given.Email,
            ["name"] = given.Name,
            ["address"] = given.Address,
            ["city"] = given.City,
            ["postal-code"] = given.PostalCode,
            ["country"] = given.Country,
        };
        foreach (var (field, text) in instead) texts[field] = text;
        foreach (var (field, text) in texts) await page.TypeAsync($"#checkout-{field}", text);
    }

    private async Task RepriceAsync(Product product, string price) =>
        Assert.IsType<ProductOutcome.Done>(await Node.CatalogDesk.EditAsync(product.Id, product.Version, Draft(product, price), "bo"));

    private static ProductDraft Draft(Product product, string price) => new() { Brand = product.Brand, Name = product.Name, Colorway = product.Colorway, Price = price };
}
