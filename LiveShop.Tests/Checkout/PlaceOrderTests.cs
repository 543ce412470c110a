using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class PlaceOrderTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task An_order_takes_one_pair_per_line_at_the_price_shown_and_empties_the_cart()
    {
        var node = NewNode().Sell();
        var cheap = (await node.AddProductAsync("CHEAP", stock: 5, price: 99.5m)).Items[0];
        var dear = (await node.AddProductAsync("DEAR", stock: 7, price: 140, sizes: 9.5m)).Items[0];
        var cart = await node.FillCartAsync(dear.Id, cheap.Id);

        var placed = await PlacedAsync(node, new PurchaseRequest(cart.Id, cart.CheckoutKey, [new(dear.Id, 140), new(cheap.Id, 99.5m)], Some.Delivery));

        Assert.False(placed.IsRepeat);
        Assert.Equal([4, 6], await Database.AvailableAsync());
        Assert.Equal([$"{placed.OrderNumber} placed ana@example.org Ana Lima 239.50"], await Database.ReadAllAsync<string>(
            "select concat_ws(' ', number, state, email, name, total) from orders"));
        Assert.Equal(["CHEAP-8 Name of CHEAP 8.0 99.50", "DEAR-9.5 Name of DEAR 9.5 140.00"], await Database.ReadAllAsync<string>(
            "select concat_ws(' ', sku, product_name, size, price) from order_lines order by sku"));
        Assert.Equal(["-1 sale shopper t", "-1 sale shopper t"], await Database.ReadAllAsync<string>(
            "select concat_ws(' ', delta, reason, actor, order_id is not null) from stock_movements where reason = 'sale'"));
        Assert.Empty(await Database.ItemsWithAWrongLedgerAsync());
        Assert.True((await node.CartAsync(cart.Id)).IsEmpty);
    }

    [Fact]
    public async Task The_cart_gets_a_new_key_so_that_it_can_buy_again()
    {
        var node = NewNode().Sell();
        var item = await node.AddItemAsync(stock: 5);
        var cart = await node.FillCartAsync(item);
        var first = await PlacedAsync(node, Some.Request(cart));

        await node.Carts.AddAsync(cart.Id, item);
        var again = await node.CartAsync(cart.Id);
        var second = await PlacedAsync(node, Some.Request(again));

        Assert.NotEqual(cart.CheckoutKey, again.CheckoutKey);
        Assert.NotEqual(first.OrderNumber, second.OrderNumber);
        Assert.Equal([3], await Database.AvailableAsync());
    }

    [Fact]
    public async Task One_of_three_items_gone_sells_nothing_names_it_and_leaves_the_cart()
    {
        var node = NewNode().Sell();
        var items = (await node.AddProductAsync("A", stock: 5, sizes: [7, 8, 9])).Items;
        var cart = await node.FillCartAsync([.. items.Select(item => item.Id)]);
        await Database.ExecuteAsync($"update availabilities set available = 0 where item_id = {items[1].Id}");

        var refused = Assert.IsType<PurchaseOutcome.SoldOut>(await node.Checkout.PlaceOrderAsync(Some.Request(cart)));

        Assert.Equal([items[1].Id], refused.ItemIds.AsEnumerable());
        Assert.Equal([5, 0, 5], await Database.AvailableAsync());
        Assert.Equal(0, await Database.ReadAsync<long>("select count(*) from orders"));
        Assert.Equal(3, (await node.CartAsync(cart.Id)).ItemIds.Length);
    }

    [Fact]
    public async Task The_same_key_again_gets_the_first_order_and_sells_nothing_more()
    {
        var (node, other) = (NewNode().Sell(), NewNode().Sell());
        var cart = await node.FillCartAsync(await node.AddItemAsync(stock: 5));
        var first = await PlacedAsync(node, Some.Request(cart));

        Assert.Equal(first with { IsRepeat = true }, await PlacedAsync(node, Some.Request(cart)));
        Assert.Equal(first with { IsRepeat = true }, await PlacedAsync(other, Some.Request(cart)));
        Assert.Equal([4], await Database.AvailableAsync());
    }

    [Fact]
    public async Task The_same_key_with_another_cart_or_other_items_is_refused()
    {
        var node = NewNode().Sell();
        var (item, other) = (await node.AddItemAsync(stock: 5), await node.AddItemAsync(stock: 5));
        var cart = await node.FillCartAsync(item);
        await PlacedAsync(node, Some.Request(cart));

        var stranger = await node.FillCartAsync(item);
        Assert.IsType<PurchaseOutcome.KeyReused>(await node.Checkout.PlaceOrderAsync(Some.Request(stranger) with { Key = cart.CheckoutKey }));
        Assert.IsType<PurchaseOutcome.KeyReused>(await node.Checkout.PlaceOrderAsync(Some.Request(cart) with { Lines = [new(other, Some.Price)] }));
        Assert.Equal([4, 5], await Database.AvailableAsync());
    }

    [Fact]
    public async Task A_cart_that_changed_since_the_form_was_shown_is_not_sold()
    {
        var node = NewNode().Sell();
        var (item, other) = (await node.AddItemAsync(stock: 5), await node.AddItemAsync(stock: 5));
        var shown = await node.FillCartAsync(item);

        await node.Carts.AddAsync(shown.Id, other);

        Assert.IsType<PurchaseOutcome.CartChanged>(await node.Checkout.PlaceOrderAsync(Some.Request(shown)));
        Assert.Equal([5, 5], await Database.AvailableAsync());
    }

    [Fact]
    public async Task A_price_that_changed_since_the_form_was_shown_is_not_charged()
    {
        var node = NewNode().Sell();
        var product = await node.AddProductAsync("A", stock: 5);
        var shown = await node.FillCartAsync(product.Items[0].Id);

        await node.AddProductAsync("A", stock: 5, price: Some.Price + 10);

        Assert.IsType<PurchaseOutcome.CartChanged>(await node.Checkout.PlaceOrderAsync(Some.Request(shown)));
        await PlacedAsync(node, Some.Request(shown, Some.Price + 10));
    }

    [Fact]
    public async Task A_product_that_is_no_longer_on_sale_is_refused()
    {
        var node = NewNode().Sell();
        var cart = await node.FillCartAsync(await node.AddItemAsync(stock: 5));
        await Database.ExecuteAsync("update products set released_at = null");

        var refused = Assert.IsType<PurchaseOutcome.NotForSale>(await node.Checkout.PlaceOrderAsync(Some.Request(cart)));

        Assert.Equal(cart.ItemIds.AsEnumerable(), refused.ItemIds);
        Assert.Equal([5], await Database.AvailableAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_of_what_was_stopped_is_sold_until_it_is_resumed(bool wholeProduct)
    {
        var (node, operatorsNode) = (NewNode().Sell(), NewNode());
        var product = await node.AddProductAsync("A", stock: 5, sizes: [8, 9]);
        var cart = await node.FillCartAsync(product.Items[0].Id, product.Items[1].Id);
        int? stopped = wholeProduct ? null : product.Items[1].Id;

        await operatorsNode.DropControl.StopAsync(product.Id, stopped, "Reason", "ana");
        var refused = Assert.IsType<PurchaseOutcome.NotForSale>(await node.Checkout.PlaceOrderAsync(Some.Request(cart)));

        Assert.Equal(wholeProduct ? cart.ItemIds : [product.Items[1].Id], refused.ItemIds.AsEnumerable());
        Assert.Equal([5, 5], await Database.AvailableAsync());

        await operatorsNode.DropControl.ResumeAsync(product.Id, stopped, "ana");
        await PlacedAsync(node, Some.Request(cart));
    }

    [Fact]
    public async Task Delivery_details_that_will_not_do_are_refused_before_anything_else()
    {
        var node = NewNode();
        var cart = await node.FillCartAsync(await node.AddItemAsync(stock: 5));

        var refused = await node.Checkout.PlaceOrderAsync(Some.Request(cart) with { Delivery = Some.Delivery with { City = " " } });

        Assert.Equal(["Enter the city."], Assert.IsType<PurchaseOutcome.Invalid>(refused).Messages);
    }

    [Fact]
    public async Task Delivery_details_are_stored_without_blanks_around_and_what_cannot_be_stored()
    {
        var node = NewNode().Sell();
        var cart = await node.FillCartAsync(await node.AddItemAsync(stock: 5));

        await PlacedAsync(node, Some.Request(cart) with { Delivery = Some.Delivery with { Name = "  Ana\0 \ud800Lima\t" } });

        Assert.Equal("Ana \ufffdLima", await Database.ReadAsync<string>("select name from orders"));
    }

    [Fact]
    public async Task An_empty_cart_and_one_that_was_never_stored_buy_nothing()
    {
        var node = NewNode().Sell();
        var item = await node.AddItemAsync(stock: 5);

        Assert.IsType<PurchaseOutcome.CartChanged>(await node.Checkout.PlaceOrderAsync(Some.Request(Cart.Empty(CartId.New()))));
        Assert.IsType<PurchaseOutcome.CartChanged>(await node.Checkout.PlaceOrderAsync(Some.Request(new Cart(CartId.New(), 1, Guid.NewGuid(), [item]))));
    }

    [Fact]
    public async Task More_lines_than_a_cart_may_hold_are_refused()
    {
        var request = Some.Request(new Cart(CartId.New(), 1, Guid.NewGuid(), [1, 2, 3, 4, 5]));

        Assert.IsType<PurchaseOutcome.LimitReached>(await NewNode().Checkout.PlaceOrderAsync(request));
    }

    private static async Task<PurchaseOutcome.Placed> PlacedAsync(ShopNode node, PurchaseRequest request) =>
        Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(request));
}
