using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class CartOutageTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task While_the_database_is_away_nothing_throws_and_afterwards_the_cart_is_as_it_was()
    {
        await using var link = new DatabaseLink(Database);
        var item = await NewNode().AddItemAsync(stock: 9);
        var node = NewNode(connectionString: link.ConnectionString);
        var cart = await node.FillCartAsync(item);

        link.Cut();
        Assert.Null(await node.Carts.FindAsync(cart.Id));
        Assert.Equal(AddOutcome.Unavailable, await node.Carts.AddAsync(CartId.New(), item));
        Assert.Equal(RemoveOutcome.Unavailable, await node.Carts.RemoveAsync(cart.Id, item));
        link.Mend();

        Assert.Equal(cart, await node.CartAsync(cart.Id), (left, right) => (left!.Version, left.CheckoutKey) == (right!.Version, right.CheckoutKey) && left.ItemIds.SequenceEqual(right.ItemIds));
    }

    [Fact]
    public async Task A_node_that_knows_the_database_to_be_away_has_no_page_wait_for_it()
    {
        await using var link = new DatabaseLink(Database);
        var item = await NewNode().AddItemAsync(stock: 9);
        var node = await NewNode(connectionString: link.ConnectionString).WatchAsync();
        var cart = await node.FillCartAsync(item);
        link.Cut();
        await Eventually.TrueAsync(() => !node.Inventory.IsDatabaseReachable);
        await node.StopAsync();

        link.Mend();

        Assert.Null(await node.Carts.FindAsync(cart.Id));
    }

    [Fact]
    public async Task A_database_that_hangs_is_waited_for_once_and_no_longer_than_seconds()
    {
        await using var link = new DatabaseLink(Database);
        var item = await NewNode().AddItemAsync(stock: 9);
        var node = await NewNode(connectionString: link.ConnectionString).WatchAsync();
        var cart = await node.FillCartAsync(item);

        link.Freeze();
        Assert.Null(await node.Carts.FindAsync(cart.Id).WaitAsync(TimeSpan.FromSeconds(8)));
        // A sweep may have begun a moment later.
        await Eventually.TrueAsync(() => Task.FromResult(!node.Inventory.IsDatabaseReachable), within: TimeSpan.FromSeconds(2));
        Assert.Null(await node.Carts.FindAsync(cart.Id).WaitAsync(TimeSpan.FromSeconds(1)));
        link.Thaw();

        await Eventually.TrueAsync(() => node.Inventory.IsDatabaseReachable);
        Assert.Equal(item, Assert.Single((await node.CartAsync(cart.Id)).ItemIds));
    }

    [Fact]
    public async Task An_item_that_the_Shelf_knows_to_be_gone_is_refused_without_the_database()
    {
        await using var link = new DatabaseLink(Database);
        var item = await NewNode().AddItemAsync(stock: 0);
        var node = await NewNode(connectionString: link.ConnectionString).WatchAsync();

        link.Cut();

        Assert.Equal(AddOutcome.SoldOut, await node.Carts.AddAsync(CartId.New(), item));
    }

    [Fact]
    public async Task An_item_that_the_Shelf_knows_to_be_stopped_is_refused_without_the_database()
    {
        await using var link = new DatabaseLink(Database);
        var product = await NewNode().AddProductAsync("A", stock: 5);
        await NewNode().DropControl.StopAsync(product.Id, null, "Reason", "ana");
        var node = await NewNode(connectionString: link.ConnectionString).WatchAsync();

        link.Cut();

        Assert.Equal(AddOutcome.Stopped, await node.Carts.AddAsync(CartId.New(), product.Items[0].Id));
    }
}
