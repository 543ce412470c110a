using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class CartsTests(PostgresServer postgres) : ShopTests(postgres)
{
    private readonly CartId shopper = CartId.New();

    [Fact]
    public async Task A_cart_that_was_never_touched_is_empty_and_not_stored()
    {
        var cart = await NewNode().CartAsync(shopper);

        Assert.Equal((shopper, 0L, true), (cart.Id, cart.Version, cart.IsEmpty));
        Assert.Equal(0, await Database.ReadAsync<long>("select count(*) from carts"));
    }

    [Fact]
    public async Task Items_are_held_in_the_order_of_adding_on_every_node()
    {
        var node = NewNode();
        var (first, second) = (await node.AddItemAsync(stock: 1), await node.AddItemAsync(stock: 1));

        Assert.Equal(AddOutcome.Added, await node.Carts.AddAsync(shopper, second));
        Assert.Equal(AddOutcome.Added, await node.Carts.AddAsync(shopper, first));

        Assert.Equal([second, first], (await NewNode().CartAsync(shopper)).ItemIds.AsEnumerable());
    }

    [Fact]
    public async Task The_same_item_twice_is_refused()
    {
        var node = NewNode();
        var item = await node.AddItemAsync(stock: 5);
        await node.Carts.AddAsync(shopper, item);

        Assert.Equal(AddOutcome.AlreadyInCart, await node.Carts.AddAsync(shopper, item));
        Assert.Equal([item], (await node.CartAsync(shopper)).ItemIds.AsEnumerable());
    }

    [Fact]
    public async Task One_item_more_than_the_limit_is_refused()
    {
        var node = NewNode(ShopSettings.Default with { MaxItemsPerCart = 2 });
        var items = (await node.AddProductAsync("A", stock: 5, sizes: [7, 8, 9])).Items;
        await node.Carts.AddAsync(shopper, items[0].Id);
        await node.Carts.AddAsync(shopper, items[1].Id);

        Assert.Equal(AddOutcome.CartFull, await node.Carts.AddAsync(shopper, items[2].Id));
        Assert.Equal(2, (await node.CartAsync(shopper)).ItemIds.Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_item_that_is_gone_is_refused_whether_the_Shelf_knows_it_or_not(bool watches)
    {
        var node = NewNode();
        var item = await node.AddItemAsync(stock: 0);
        if (watches) await node.WatchAsync();

        Assert.Equal(AddOutcome.SoldOut, await node.Carts.AddAsync(shopper, item));
        Assert.True((await node.CartAsync(shopper)).IsEmpty);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_item_of_a_product_that_is_coming_soon_is_refused(bool watches)
    {
        var node = NewNode();
        var product = await node.AddProductAsync("SOON", stock: 5, release: false);
        if (watches) await node.WatchAsync();

        Assert.Equal(AddOutcome.NotForSale, await node.Carts.AddAsync(shopper, product.Items[0].Id));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public async Task An_item_that_the_shop_does_not_have_is_refused(int itemId) =>
        Assert.Equal(AddOutcome.NotForSale, await NewNode().Carts.AddAsync(shopper, itemId));

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task An_item_that_is_stopped_is_refused_until_it_is_resumed(bool watches, bool wholeProduct)
    {
        var node = NewNode();
        var product = await node.AddProductAsync("A", stock: 5, sizes: [8, 9]);
        int? stopped = wholeProduct ? null : product.Items[0].Id;
        await node.DropControl.StopAsync(product.Id, stopped, "Reason", "ana");
        if (watches) await node.WatchAsync();

        Assert.Equal(AddOutcome.Stopped, await node.Carts.AddAsync(shopper, product.Items[0].Id));
        Assert.Equal(wholeProduct ? AddOutcome.Stopped : AddOutcome.Added, await node.Carts.AddAsync(shopper, product.Items[1].Id));

        await node.DropControl.ResumeAsync(product.Id, stopped, "ana");
        Assert.Equal(AddOutcome.Added, await node.Carts.AddAsync(shopper, product.Items[0].Id));
    }

    [Fact]
    public async Task What_is_refused_leaves_nothing_behind_and_tells_nobody()
    {
        var node = NewNode();
        using var events = node.Record(Topic.Cart(shopper));

        await node.Carts.AddAsync(shopper, await node.AddItemAsync(stock: 0));
        await node.Carts.RemoveAsync(shopper, 404);
        await node.Carts.AddAsync(shopper, await node.AddItemAsync(stock: 1));

        await events.UntilAsync(1);
        Assert.Single(Assert.Single(events.Of<CartChanged>()).Cart.ItemIds);
        Assert.Equal(1, await Database.ReadAsync<long>("select count(*) from cart_items"));
    }

    [Fact]
    public async Task Removing_takes_out_that_item_only_and_removing_it_again_is_fine()
    {
        var node = NewNode();
        var (first, second) = (await node.AddItemAsync(stock: 1), await node.AddItemAsync(stock: 1));
        var cart = await node.FillCartAsync(first, second);

        Assert.Equal(RemoveOutcome.Removed, await node.Carts.RemoveAsync(cart.Id, first));
        Assert.Equal(RemoveOutcome.NotInCart, await node.Carts.RemoveAsync(cart.Id, first));

        Assert.Equal([second], (await node.CartAsync(cart.Id)).ItemIds.AsEnumerable());
    }

    [Fact]
    public async Task Removing_from_a_cart_that_is_not_stored_stores_none()
    {
        Assert.Equal(RemoveOutcome.NotInCart, await NewNode().Carts.RemoveAsync(shopper, 1));

        Assert.Equal(0, await Database.ReadAsync<long>("select count(*) from carts"));
    }

    [Fact]
    public async Task An_item_that_sold_out_can_be_removed()
    {
        var node = NewNode();
        var cart = await node.FillCartAsync(await node.AddItemAsync(stock: 1));
        await node.SellOutAsync();

        Assert.Equal(RemoveOutcome.Removed, await node.Carts.RemoveAsync(cart.Id, cart.ItemIds[0]));
        Assert.True((await node.CartAsync(cart.Id)).IsEmpty);
    }

    [Fact]
    public async Task Two_shoppers_never_see_each_others_cart()
    {
        var node = NewNode();
        var (first, second) = (await node.AddItemAsync(stock: 9), await node.AddItemAsync(stock: 9));

        var ana = await node.FillCartAsync(first);
        var bo = await node.FillCartAsync(second);
        await node.Carts.RemoveAsync(bo.Id, first);

        Assert.Equal([first], (await node.CartAsync(ana.Id)).ItemIds.AsEnumerable());
        Assert.Equal([second], (await node.CartAsync(bo.Id)).ItemIds.AsEnumerable());
        Assert.NotEqual(ana.CheckoutKey, bo.CheckoutKey);
    }

    [Fact]
    public async Task A_cart_keeps_its_checkout_key_while_it_changes()
    {
        var node = NewNode();
        var before = await node.FillCartAsync(await node.AddItemAsync(stock: 9));

        await node.Carts.AddAsync(before.Id, await node.AddItemAsync(stock: 9));

        Assert.Equal(before.CheckoutKey, (await node.CartAsync(before.Id)).CheckoutKey);
    }

    [Fact]
    public async Task A_cart_reserves_nothing()
    {
        var node = NewNode();
        await node.FillCartAsync(await node.AddItemAsync(stock: 5));

        Assert.Equal([5], await Database.AvailableAsync());
    }
}
