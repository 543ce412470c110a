using Bunit;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Pages.Shop;

namespace LiveShop.Tests;

/// <summary>What the checkout shows and what changes in it by itself. <see cref="CheckoutPageOrderTests"/> has the buying.</summary>
public sealed class CheckoutPageTests(PostgresServer postgres) : PageTests(postgres)
{
    private static readonly string[] Fields = ["email", "name", "address", "city", "postal-code", "country"];

    [Fact]
    public async Task Before_there_is_a_circuit_an_empty_cart_leads_back_to_the_store()
    {
        var tab = OpenTab(isLive: false);
        tab.Navigation.NavigateTo("/checkout");

        await OpenCheckoutAsync(tab);

        Assert.Equal("/", tab.Address);
    }

    [Fact]
    public async Task Before_there_is_a_circuit_a_browser_without_cookies_is_led_back_to_the_store()
    {
        var tab = OpenTab(isLive: false, keepsCookies: false);
        tab.Navigation.NavigateTo("/checkout");

        await OpenCheckoutAsync(tab);

        Assert.Equal("/", tab.Address);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task In_a_live_page_an_empty_cart_is_said(bool keepsCookies)
    {
        var page = await OpenCheckoutAsync(OpenTab(keepsCookies: keepsCookies));

        Assert.Contains("Your cart is empty.", page.Find("main").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("form, #place-order"));
    }

    [Fact]
    public async Task A_page_that_continues_an_ended_circuit_has_what_was_typed_and_not_the_draft_and_the_price_of_now()
    {
        var product = await Node.AddProductAsync("A", stock: 5, price: 99.5m, sizes: [8]);
        await AddElsewhereAsync(product.Items[0].Id);
        var before = await OpenCheckoutAsync();
        await before.TypeAsync("#checkout-name", "Ana Lima");
        var typed = Kept(before.Instance.Typed);
        await Eventually.TrueAsync(async () => (await Node.Checkout.FindDraftAsync(Shopper))?.Name == "Ana Lima");
        await Node.Checkout.SaveDraftAsync(Shopper, new DeliveryDetails { Name = "Another tab" });
        await Database.ExecuteAsync("update products set price = 120");
        await before.WaitForAssertionAsync(() => Assert.Equal("$120", before.Find(".sum strong").TextContent));

        var page = await ContinueAsync<CheckoutPage>(next => next.Typed = typed);

        Assert.Equal("Ana Lima", page.Find("#checkout-name").GetAttribute("value"));
        Assert.Equal("$120", page.Find(".sum strong").TextContent);
    }

    [Fact]
    public async Task A_page_that_continues_still_tells_of_the_order_that_another_tab_has_shown()
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));
        var before = await OpenCheckoutAsync();
        var order = Assert.IsType<PurchaseOutcome.Placed>(await Node.Checkout.PlaceOrderAsync(Some.Request(await Node.CartAsync(Shopper)))).OrderNumber;
        await before.WaitForAssertionAsync(() => Assert.Contains($"order {order}", before.Find("main").TextContent, StringComparison.Ordinal));
        Assert.NotNull(await Node.Orders.ShowAsync(order, Shopper));

        var page = await ContinueAsync<CheckoutPage>(next => next.PlacedOrder = Kept(before.Instance.PlacedOrder));

        Assert.Contains($"order {order}", page.Find("main").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_lists_what_is_to_be_bought_with_the_total()
    {
        var product = await Node.AddProductAsync("A", stock: 5, price: 99.5m, sizes: [8, 9.5m]);
        await AddElsewhereAsync([.. product.Items.Select(item => item.Id)]);

        var page = await OpenCheckoutAsync();

        Assert.Equal(product.Items.Select(item => $"{item.Id}"), page.FindAll("#cart-container .checkout-line").Select(line => line.GetAttribute("data-item-id")));
        Assert.Equal(["Size 8", "Size 9.5"], page.FindAll(".cart-item__size").Select(size => size.TextContent));
        Assert.Equal("$199", page.Find(".sum strong").TextContent);
        Assert.Empty(page.FindAll(".checkout-line--out-of-stock, .checkout__gone"));
    }

    [Fact]
    public async Task It_asks_where_to_send_it_in_fields_that_browsers_can_fill_in()
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));

        var page = await OpenCheckoutAsync();

        Assert.All(Fields, field => Assert.NotEqual("on", page.Find($"input#checkout-{field}").GetAttribute("autocomplete")));
        Assert.All(Fields, field => Assert.NotEqual("", page.Find($"label[for=checkout-{field}]").TextContent));
        Assert.Equal("email", page.Find("#checkout-email").GetAttribute("type"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_order_can_be_placed_only_once_there_is_a_circuit(bool isLive)
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));

        var page = await OpenCheckoutAsync(OpenTab(isLive: isLive));

        Assert.Equal(isLive, !page.Find("#place-order").HasAttribute("disabled"));
    }

    [Fact]
    public async Task What_goes_while_the_form_is_open_is_greyed_announced_and_left_out_of_the_total()
    {
        var kept = await Node.AddItemAsync(stock: 5);
        var lost = await Node.AddProductAsync("Lost", stock: 1, sizes: [8.5m]);
        await AddElsewhereAsync(kept, lost.Items[0].Id);
        var page = await OpenCheckoutAsync();

        await BuyElsewhereAsync(lost.Items[0].Id);

        await page.WaitForAssertionAsync(() => Assert.Equal($"{lost.Items[0].Id}", page.Find(".checkout-line--out-of-stock").GetAttribute("data-item-id")));
        Assert.Equal("Name of Lost, size 8.5, is gone. Pick another.", page.Notice());
        Assert.Equal("$120", page.Find(".sum strong").TextContent);
        Assert.Single(page.FindAll(".checkout__gone"));
    }

    [Fact]
    public async Task A_line_can_be_removed_here_and_in_another_tab()
    {
        var (first, second) = (await Node.AddItemAsync(stock: 5), await Node.AddItemAsync(stock: 5));
        await AddElsewhereAsync(first, second);
        var page = await OpenCheckoutAsync();

        await page.PressAsync($"button.cart-item__remove[data-item-id='{first}']");
        await page.WaitForAssertionAsync(() => Assert.Equal($"{second}", Assert.Single(page.FindAll(".checkout-line")).GetAttribute("data-item-id")));

        await Node.Carts.RemoveAsync(Shopper, second);
        await page.WaitForAssertionAsync(() => Assert.Contains("Your cart is empty.", page.Find("main").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cart_that_another_tab_buys_leads_to_its_order()
    {
        var item = await Node.AddItemAsync(stock: 5);
        await AddElsewhereAsync(item);
        var page = await OpenCheckoutAsync();

        var placed = Assert.IsType<PurchaseOutcome.Placed>(await Node.Checkout.PlaceOrderAsync(Some.Request(await Node.CartAsync(Shopper))));

        await page.WaitForAssertionAsync(() => Assert.Equal($"/checkout/complete/{placed.OrderNumber}", page.Find("main a").GetAttribute("href")));
        Assert.Empty(page.FindAll("form"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cart_that_was_bought_without_a_word_leads_to_its_order(bool isOpen)
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));
        var page = isOpen ? await OpenCheckoutAsync() : null;
        var placed = Assert.IsType<PurchaseOutcome.Placed>(await NewNode().Sell().Checkout.PlaceOrderAsync(Some.Request(await Node.CartAsync(Shopper))));

        if (page is null) page = await OpenCheckoutAsync();
        else Node.Bus.Publish(new CartChanged(await Node.CartAsync(Shopper)));

        await page.WaitForAssertionAsync(() => Assert.Equal($"/checkout/complete/{placed.OrderNumber}", page.Find("main a").GetAttribute("href")));
    }

    [Fact]
    public async Task A_cart_that_was_emptied_by_hand_does_not_lead_to_the_order_before()
    {
        var item = await Node.AddItemAsync(stock: 5);
        await AddElsewhereAsync(item);
        await Node.Checkout.PlaceOrderAsync(Some.Request(await Node.CartAsync(Shopper)));
        await AddElsewhereAsync(item);
        var page = await OpenCheckoutAsync();

        await page.PressAsync(".cart-item__remove");

        await page.WaitForAssertionAsync(() => Assert.Contains("Your cart is empty.", page.Find("main").TextContent, StringComparison.Ordinal));
        Assert.Equal("/", page.Find("main a").GetAttribute("href"));
    }

    [Fact]
    public async Task Before_there_is_a_circuit_a_cart_that_was_bought_leads_to_its_order()
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));
        var placed = Assert.IsType<PurchaseOutcome.Placed>(await Node.Checkout.PlaceOrderAsync(Some.Request(await Node.CartAsync(Shopper))));
        var tab = OpenTab(isLive: false);

        await OpenCheckoutAsync(tab);

        Assert.Equal($"/checkout/complete/{placed.OrderNumber}", tab.Address);
    }

    [Fact]
    public async Task After_another_tab_bought_the_cart_new_items_bring_the_form_back()
    {
        var item = await Node.AddItemAsync(stock: 5);
        await AddElsewhereAsync(item);
        var page = await OpenCheckoutAsync();
        await Node.Checkout.PlaceOrderAsync(Some.Request(await Node.CartAsync(Shopper)));

        await AddElsewhereAsync(item);

        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll(".checkout-line")));
    }

    [Fact]
    public async Task So_do_items_that_the_page_finds_when_it_asks_anew()
    {
        var item = await Node.AddItemAsync(stock: 5);
        await AddElsewhereAsync(item);
        var page = await OpenCheckoutAsync();
        await Node.Checkout.PlaceOrderAsync(Some.Request(await Node.CartAsync(Shopper)));
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("form")));

        Assert.Equal(AddOutcome.Added, await NewNode().Carts.AddAsync(Shopper, item));
        await Database.ExecuteAsync("update store set epoch = epoch + 1");

        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll(".checkout-line")));
    }

    [Fact]
    public async Task What_was_typed_is_there_again_in_a_page_that_is_opened_later()
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));
        var page = await OpenCheckoutAsync();

        await page.TypeAsync("#checkout-email", "ana@");
        await page.TypeAsync("#checkout-city", "Lisboa");
        await Eventually.TrueAsync(async () => await Node.Checkout.FindDraftAsync(Shopper) is { Email: "ana@", City: "Lisboa" });

        foreach (var isLive in new[] { false, true })
        {
            var later = await OpenCheckoutAsync(OpenTab(isLive: isLive));
            Assert.Equal("ana@", later.Find("#checkout-email").GetAttribute("value"));
            Assert.Equal("Lisboa", later.Find("#checkout-city").GetAttribute("value"));
            Assert.Equal("", later.Find("#checkout-name").GetAttribute("value"));
        }
    }

    [Fact]
    public async Task What_is_typed_is_kept_also_when_the_cart_was_empty_at_first()
    {
        var page = await OpenCheckoutAsync();
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));

        await page.WaitForElementAsync("#checkout-city");
        await page.TypeAsync("#checkout-city", "Lisboa");

        await Eventually.TrueAsync(async () => (await Node.Checkout.FindDraftAsync(Shopper))?.City == "Lisboa");
    }

    [Fact]
    public async Task While_the_database_is_away_the_cart_is_not_called_empty_and_comes_back_by_itself_with_what_was_typed()
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));
        await Node.Checkout.SaveDraftAsync(Shopper, Some.Delivery);
        Link.Cut();

        var page = await OpenCheckoutAsync();
        Assert.Contains("Your cart cannot be read just now.", page.Find("main").TextContent, StringComparison.Ordinal);

        // The sweep has to notice that the database was away before it can notice that it is back.
        await Eventually.TrueAsync(() => !Node.Inventory.IsDatabaseReachable);
        Link.Mend();
        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll(".checkout-line")));
        Assert.Equal(Some.Delivery.City, page.Find("#checkout-city").GetAttribute("value"));

        await page.TypeAsync("#checkout-city", "Porto");
        await Eventually.TrueAsync(async () => await Node.Checkout.FindDraftAsync(Shopper) == Some.Delivery with { City = "Porto" });
    }

    [Fact]
    public async Task It_watches_until_it_is_closed()
    {
        var before = Node.Bus.SubscriptionCount;
        var tab = OpenTab();
        await OpenCheckoutAsync(tab);
        Assert.Equal(before + 2, Node.Bus.SubscriptionCount);

        await tab.DisposeComponentsAsync();

        Assert.Equal(before, Node.Bus.SubscriptionCount);
    }
}
