using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class AbandonedCartTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task Carts_that_nobody_touched_for_seven_days_go_with_all_that_is_theirs_and_fresh_ones_stay()
    {
        var node = NewNode();
        var item = await node.AddItemAsync(stock: 9);
        var (abandoned, fresh) = (await node.FillCartAsync(item), await node.FillCartAsync(item));
        Assert.True(await node.Checkout.SaveDraftAsync(abandoned.Id, Some.Delivery));
        await TouchedAsync(abandoned, "7 days 1 minute");
        await TouchedAsync(fresh, "6 days 23 hours");

        Assert.Equal(1, await node.Carts.DeleteAbandonedAsync());

        Assert.Equal([fresh.Id.Value], await Database.ReadAllAsync<string>("select id from carts"));
        Assert.Equal([fresh.Id.Value], await Database.ReadAllAsync<string>("select cart_id from cart_items"));
        Assert.Equal(0, await Database.ReadAsync<long>("select count(*) from checkout_drafts"));
    }

    [Fact]
    public async Task Adding_and_removing_make_a_cart_fresh_again()
    {
        var node = NewNode();
        var (first, second) = (await node.AddItemAsync(stock: 9), await node.AddItemAsync(stock: 9));
        var (added, removed) = (await node.FillCartAsync(first), await node.FillCartAsync(first));
        await TouchedAsync(added, "8 days");
        await TouchedAsync(removed, "8 days");

        await node.Carts.AddAsync(added.Id, second);
        await node.Carts.RemoveAsync(removed.Id, first);

        Assert.Equal(0, await node.Carts.DeleteAbandonedAsync());
    }

    [Fact]
    public async Task An_order_outlives_the_cart_that_bought_it()
    {
        var node = NewNode().Sell();
        var cart = await node.FillCartAsync(await node.AddItemAsync(stock: 9));
        var placed = Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(Some.Request(cart)));
        await TouchedAsync(cart, "8 days");

        Assert.Equal(1, await node.Carts.DeleteAbandonedAsync());

        Assert.NotNull(await node.Orders.ShowAsync(placed.OrderNumber, cart.Id));
    }

    [Fact]
    public async Task A_shopper_who_comes_back_to_a_deleted_cart_begins_an_empty_one()
    {
        var node = NewNode();
        var item = await node.AddItemAsync(stock: 9);
        var cart = await node.FillCartAsync(item);
        await TouchedAsync(cart, "8 days");
        await node.Carts.DeleteAbandonedAsync();

        Assert.True((await node.CartAsync(cart.Id)).IsEmpty);
        Assert.Equal(AddOutcome.Added, await node.Carts.AddAsync(cart.Id, item));
    }

    private Task TouchedAsync(Cart cart, string ago) =>
        Database.ExecuteAsync($"update carts set updated_at = now() - interval '{ago}' where id = '{cart.Id.Value}'");
}
