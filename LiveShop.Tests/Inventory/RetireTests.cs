using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class RetireTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task A_retired_product_leaves_the_store_of_every_node_and_comes_back_as_it_was()
    {
        var (node, other) = (await NewNode().WatchAsync(), await NewNode().WatchAsync());
        var product = await node.AddProductAsync("A", stock: 5);
        var listed = node.Inventory.Shelf.Listings[0];
        await Eventually.TrueAsync(() => other.Inventory.Shelf.Listings is [{ IsReleased: true }]);

        Assert.Equal(RetireOutcome.Done, await node.CatalogDesk.RetireAsync(product.Id, "ana"));
        Assert.Empty(node.Inventory.Shelf.Listings);
        // The other node hears nothing: it learns by its sweep.
        await Eventually.TrueAsync(() => other.Inventory.Shelf.Listings.IsEmpty);
        Assert.Equal(["A"], other.Inventory.Shelf.RetiredProducts.Select(retired => retired.Sku));

        Assert.Equal(RetireOutcome.Done, await node.CatalogDesk.BringBackAsync(product.Id, "ana"));
        Assert.Equal(listed, node.Inventory.Shelf.Listings.Single());
        await Eventually.TrueAsync(() => other.Inventory.Shelf.Listings is [{ IsReleased: true }]);
    }

    [Fact]
    public async Task A_node_that_starts_later_does_not_list_it()
    {
        var product = await NewNode().AddProductAsync("A", stock: 5);
        await NewNode().CatalogDesk.RetireAsync(product.Id, "ana");

        var node = await NewNode().WatchAsync();

        Assert.Empty(node.Inventory.Shelf.Listings);
        Assert.Empty(node.Inventory.Shelf.Products);
    }

    [Fact]
    public async Task What_is_retired_or_in_the_store_already_stays_so_and_is_not_logged_again()
    {
        var node = NewNode();
        var product = await node.AddProductAsync("A", stock: 5);

        Assert.Equal(RetireOutcome.AlreadySo, await node.CatalogDesk.BringBackAsync(product.Id, "ana"));
        await node.CatalogDesk.RetireAsync(product.Id, "ana");
        Assert.Equal(RetireOutcome.AlreadySo, await node.CatalogDesk.RetireAsync(product.Id, "bo"));
        await node.CatalogDesk.BringBackAsync(product.Id, "cy");
        Assert.Equal(RetireOutcome.Unknown, await node.CatalogDesk.RetireAsync(404, "ana"));

        Assert.Equal(["ana retire product A", "cy bring back product A"], await Database.ReadAllAsync<string>(
            "select concat_ws(' ', actor, action, subject) from audit_entries where action <> 'import' order by id"));
    }

    [Fact]
    public async Task Nothing_of_it_goes_into_a_cart_on_a_node_that_knows_and_on_one_that_does_not()
    {
        var (node, unaware) = (await NewNode().WatchAsync(), NewNode());
        var item = await node.AddItemAsync(stock: 5);
        await node.CatalogDesk.RetireAsync(1, "ana");

        Assert.Equal(AddOutcome.SoldOut, await node.Carts.AddAsync(CartId.New(), item));
        Assert.Equal(AddOutcome.SoldOut, await unaware.Carts.AddAsync(CartId.New(), item));
    }

    [Fact]
    public async Task What_a_cart_holds_of_it_is_gone_and_not_sold_until_it_is_back()
    {
        var node = await NewNode().Sell().WatchAsync();
        var product = await node.AddProductAsync("A", stock: 5);
        var cart = await node.FillCartAsync(product.Items[0].Id);

        await node.CatalogDesk.RetireAsync(product.Id, "ana");
        Assert.Equal(StockLevel.Out, node.Inventory.Shelf.LevelOf(product.Items[0].Id));
        Assert.IsType<PurchaseOutcome.NotForSale>(await node.Checkout.PlaceOrderAsync(Some.Request(cart)));
        Assert.Equal([5], await Database.AvailableAsync());

        await node.CatalogDesk.BringBackAsync(product.Id, "ana");
        Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(Some.Request(cart)));
    }

    [Fact]
    public async Task Of_purchases_that_race_with_the_retirement_none_is_placed_after_it()
    {
        var node = await NewNode().Sell().WatchAsync();
        var product = await node.AddProductAsync("A", stock: 500);
        var carts = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => node.FillCartAsync(product.Items[0].Id)));
        var buying = carts.Take(30).Select(cart => node.Checkout.PlaceOrderAsync(Some.Request(cart))).ToList();

        var retiring = node.CatalogDesk.RetireAsync(product.Id, "ana");
        buying.AddRange(carts.Skip(30).Take(15).Select(cart => node.Checkout.PlaceOrderAsync(Some.Request(cart))));
        Assert.Equal(RetireOutcome.Done, await retiring);
        var soldByThen = await Database.ReadAsync<long>("select count(*) from orders");
        buying.AddRange(carts.Skip(45).Select(cart => node.Checkout.PlaceOrderAsync(Some.Request(cart))));
        var outcomes = await Task.WhenAll(buying);

        Assert.All(outcomes[45..], outcome => Assert.IsType<PurchaseOutcome.NotForSale>(outcome));
        Assert.Equal(soldByThen, outcomes.Count(outcome => outcome is PurchaseOutcome.Placed));
        Assert.Equal([500 - (int)soldByThen], await Database.AvailableAsync());
    }

    [Fact]
    public async Task A_purchase_that_waits_behind_the_retirement_finds_it()
    {
        var node = await NewNode().Sell().WatchAsync();
        var product = await node.AddProductAsync("A", stock: 5);
        var cart = await node.FillCartAsync(product.Items[0].Id);
        await using var retirement = await Database.OpenSessionAsync();
        await retirement.ExecuteAsync("begin; select 1 from availabilities for update; update products set retired_at = now()");

        var buying = node.Checkout.PlaceOrderAsync(Some.Request(cart));
        await Database.UntilSomebodyWaitsForALockAsync();
        await retirement.ExecuteAsync("commit");

        Assert.IsType<PurchaseOutcome.NotForSale>(await buying);
    }

    [Fact]
    public async Task A_retirement_waits_for_the_purchases_that_are_being_decided()
    {
        var node = NewNode();
        var product = await node.AddProductAsync("A", stock: 5);
        await using var purchase = await Database.OpenSessionAsync();
        await purchase.ExecuteAsync("begin; select 1 from availabilities for update");

        var retiring = node.CatalogDesk.RetireAsync(product.Id, "ana");
        await Database.UntilSomebodyWaitsForALockAsync();
        Assert.True(await Database.ReadAsync<bool>("select retired_at is null from products"));
        await purchase.ExecuteAsync("commit");

        Assert.Equal(RetireOutcome.Done, await retiring);
    }

    [Fact]
    public async Task It_is_neither_released_nor_scheduled_and_its_schedule_goes_with_it()
    {
        var node = await NewNode().WatchAsync();
        var product = await node.AddProductAsync("A", stock: 5, release: false);
        await node.DropControl.ScheduleAsync(product.Id, DateTimeOffset.UtcNow.AddHours(1), "ana");

        await node.CatalogDesk.RetireAsync(product.Id, "ana");

        Assert.Equal(ReleaseOutcome.UnknownProduct, await node.Inventory.ReleaseAsync(product.Id, "ana"));
        Assert.Equal(ScheduleOutcome.UnknownProduct, await node.DropControl.ScheduleAsync(product.Id, DateTimeOffset.UtcNow.AddHours(1), "ana"));
        await Database.ExecuteAsync("update products set scheduled_at = now() - interval '1 minute'");
        Assert.Equal(0, await node.Inventory.ReleaseDueAsync(default));
        await node.CatalogDesk.BringBackAsync(product.Id, "ana");
        Assert.True(node.Inventory.Shelf.Listings is [{ IsReleased: false, ScheduledAt: null }]);
    }

    [Fact]
    public async Task A_file_updates_it_and_leaves_it_retired()
    {
        var node = await NewNode().WatchAsync();
        var product = await node.AddProductAsync("A", stock: 5, release: false);
        await node.CatalogDesk.RetireAsync(product.Id, "ana");

        await node.Inventory.ImportAsync([Some.Spec("A") with { Name = "Renamed", ScheduledAt = DateTimeOffset.UtcNow.AddHours(1) }], release: true, "ana");

        Assert.Empty(node.Inventory.Shelf.Listings);
        Assert.True(node.Inventory.Shelf.FindProduct(product.Id) is { Name: "Renamed", IsReleased: false, ScheduledAt: null });
    }

    [Fact]
    public async Task The_demos_crowd_leaves_it_alone()
    {
        var node = await NewNode().WatchAsync();
        var product = await node.AddProductAsync("A", stock: 5);
        await node.CatalogDesk.RetireAsync(product.Id, "ana");

        Assert.Equal(0, await node.SellOutAsync());
    }
}
