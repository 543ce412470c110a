using LiveShop.Domain;
using LiveShop.Tests.Harness;
using Microsoft.EntityFrameworkCore.Migrations;

namespace LiveShop.Tests;

public sealed class ShopDatabaseTests(PostgresServer postgres) : ShopTests(postgres)
{
    private static readonly ProductSpec[] Demo = [Some.Spec("A", stock: 3, sizes: [6, 7]), Some.Spec("B", stock: 0, sizes: [8])];

    [Fact]
    public async Task Two_nodes_that_migrate_an_empty_database_at_once_both_succeed()
    {
        await using var empty = await Postgres.CreateEmptyDatabaseAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => NewNode(connectionString: empty.ConnectionString).Database.MigrateAsync()));

        Assert.Equal(0, await empty.ReadAsync<long>("select count(*) from products"));
        var migrations = typeof(Shelf).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(Migration)));
        Assert.Equal(migrations, await empty.ReadAsync<long>("""select count(*) from "__EFMigrationsHistory" """));
    }

    [Fact]
    public async Task Migrating_creates_the_database_where_it_is_missing_also_when_two_nodes_come_first()
    {
        var address = Postgres.AddressOfMissingDatabase();

        await Task.WhenAll(NewNode(connectionString: address).Database.MigrateAsync(), NewNode(connectionString: address).Database.MigrateAsync());

        await using var database = new TestDatabase(address);
        Assert.Equal(0, await database.ReadAsync<long>("select count(*) from products"));
    }

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        var node = NewNode();
        await node.AddProductAsync("A", stock: 5);

        await node.Database.MigrateAsync();

        Assert.Equal([5], await Database.AvailableAsync());
    }

    [Fact]
    public async Task A_new_store_is_seeded_once_though_four_nodes_start_at_once()
    {
        var seeded = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => NewNode().Database.SeedAsync(Demo)));

        Assert.Single(seeded, true);
        Assert.Equal([3, 3, 0], await Database.AvailableAsync());
        Assert.Empty(await Database.ItemsWithAWrongLedgerAsync());
        Assert.Equal(["initial"], await Database.ReadAllAsync<string>("select distinct reason from stock_movements"));
    }

    [Fact]
    public async Task A_store_that_was_filled_by_an_import_is_never_seeded()
    {
        await NewNode().AddProductAsync("MINE", stock: 1);

        Assert.False(await NewNode().Database.SeedAsync(Demo));
        Assert.Equal(["MINE"], await Database.ReadAllAsync<string>("select sku from products"));
    }

    [Fact]
    public async Task Seeded_products_are_coming_soon()
    {
        await NewNode().Database.SeedAsync(Demo);

        Assert.Equal([false, false], await Database.ReadAllAsync<bool>("select released_at is not null from products"));
    }

    [Fact]
    public async Task A_reset_empties_the_store_and_counts_ids_from_1_again()
    {
        var node = NewNode().Sell();
        var cart = await node.FillCartAsync(await node.AddItemAsync(stock: 9));
        Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(Some.Request(cart)));
        await node.FillCartAsync(await node.AddItemAsync(stock: 9));

        await node.Database.ResetAsync(Demo);

        Assert.Equal(["1 A", "2 B"], await Database.ReadAllAsync<string>("select id || ' ' || sku from products order by id"));
        Assert.Equal(["1 A-6", "2 A-7", "3 B-8"], await Database.ReadAllAsync<string>("select id || ' ' || sku from items order by id"));
        Assert.Equal([3, 3, 0], await Database.AvailableAsync());
        Assert.Equal(0, await Database.ReadAsync<long>("select count(*) from orders"));
        Assert.Equal(0, await Database.ReadAsync<long>("select count(*) from emails"));
        Assert.Equal(0, await Database.ReadAsync<long>("select count(*) from carts"));
        Assert.Empty(await Database.ItemsWithAWrongLedgerAsync());
    }

    [Fact]
    public async Task A_reset_keeps_the_keys_that_protect_cookies()
    {
        await Database.ExecuteAsync("insert into data_protection_keys (friendly_name, xml) values ('key-1', '<key/>')");

        await NewNode().Database.ResetAsync(Demo);

        Assert.Equal(["<key/>"], await Database.ReadAllAsync<string>("select xml from data_protection_keys"));
    }

    [Fact]
    public async Task A_reset_begins_a_new_epoch_and_versions_go_on_growing()
    {
        var node = NewNode();
        await node.Database.SeedAsync(Demo);
        var before = await Database.ReadAsync<long>("select max(version) from availabilities");

        await node.Database.ResetAsync(Demo);

        Assert.Equal(2, await Database.ReadAsync<long>("select epoch from store"));
        Assert.True(await Database.ReadAsync<long>("select min(version) from availabilities") > before);
    }

    [Fact]
    public async Task A_store_that_was_reset_is_not_seeded_again()
    {
        var node = NewNode();
        await node.Database.ResetAsync([Some.Spec("A")]);

        Assert.False(await node.Database.SeedAsync(Demo));
    }

    [Fact]
    public async Task A_reset_waits_for_the_shoppers_who_are_at_it_and_takes_nobody_into_a_deadlock()
    {
        var node = NewNode();
        var cart = await node.FillCartAsync(await node.AddItemAsync(stock: 9));
        var second = await node.AddItemAsync(stock: 9);
        await using var shopper = await Database.OpenSessionAsync();
        await shopper.ExecuteAsync($"begin; select 1 from carts where id = '{cart.Id.Value}' for update");

        var reset = node.Database.ResetAsync(Demo);
        await Database.UntilSomebodyWaitsForALockAsync();
        await shopper.ExecuteAsync($"insert into cart_items (cart_id, item_id) values ('{cart.Id.Value}', {second})");
        await shopper.ExecuteAsync("update availabilities set available = available - 1");
        await shopper.ExecuteAsync("insert into stock_movements (item_id, delta, reason, actor) select id, -1, 'sale', 'shopper' from items; commit");

        await reset;
        Assert.Equal([3, 3, 0], await Database.AvailableAsync());
    }
}
