using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class ShelfSyncTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task The_first_sweep_loads_everything()
    {
        var product = await NewNode().AddProductAsync("A", stock: 700, sizes: [8, 9]);
        var node = NewNode();
        Assert.False(node.Inventory.IsLoaded);

        await node.Sync.SweepAsync(default);

        Assert.True(node.Inventory.IsLoaded);
        Assert.Equivalent(product, node.Inventory.Shelf.FindProduct(product.Id), strict: true);
        Assert.All(node.Inventory.Shelf.Listings.Single().Sizes, size => Assert.Equal(StockLevel.High, size.Level));
    }

    [Fact]
    public async Task An_empty_database_is_a_loaded_Shelf_too()
    {
        var node = await NewNode().WatchAsync();

        Assert.True(node.Inventory.IsLoaded && node.Inventory.IsDatabaseReachable);
        Assert.Empty(node.Inventory.Shelf.Listings);
    }

    [Fact]
    public async Task Changes_by_plain_SQL_are_found()
    {
        var product = await NewNode().AddProductAsync("A", stock: 700, release: false);
        var node = await NewNode().WatchAsync();

        await Database.ExecuteAsync("update products set released_at = now(), name = 'Renamed'; update availabilities set available = 0");

        await Eventually.TrueAsync(() => node.Inventory.Shelf.Listings[0] is { IsSoldOut: true, Name: "Renamed" });
        Assert.Equal(0, node.Inventory.Shelf.AvailabilityOf(product.Items[0].Id).Count);
    }

    [Fact]
    public async Task A_size_added_by_another_node_is_found()
    {
        var importer = NewNode();
        await importer.AddProductAsync("A", stock: 5, sizes: 8);
        var node = NewNode();
        await node.Sync.SweepAsync(default);

        await importer.AddProductAsync("A", stock: 5, sizes: [8, 9]);
        await node.Sync.SweepAsync(default);

        Assert.Equal([8, 9], node.Inventory.Shelf.Listings.Single().Sizes.Select(size => size.Size));
    }

    [Fact]
    public async Task A_change_committed_long_after_it_was_made_is_found_though_newer_ones_were_seen()
    {
        var node = NewNode();
        var slow = await node.AddItemAsync(stock: 10);
        var quick = await node.AddItemAsync(stock: 10);
        await node.Sync.SweepAsync(default);
        await using var session = await Database.OpenSessionAsync();
        await session.ExecuteAsync($"begin; update availabilities set available = 3 where item_id = {slow}");

        for (var count = 9; count > 5; count--)
        {
            await Database.ExecuteAsync($"update availabilities set available = {count} where item_id = {quick}");
            await node.Sync.SweepAsync(default);
            Assert.Equal((10, count), (Count(node, slow), Count(node, quick)));
        }
        await session.ExecuteAsync("commit");
        await node.Sync.SweepAsync(default);

        Assert.Equal((3, 6), (Count(node, slow), Count(node, quick)));
    }

    [Fact]
    public async Task A_sweep_reads_only_what_may_have_changed_since_the_one_before()
    {
        var node = NewNode();
        var item = await node.AddItemAsync(stock: 10);
        await node.Sync.SweepAsync(default);
        await node.Sync.SweepAsync(default);
        var shelf = node.Inventory.Shelf;
        // Past the trigger, so that the row has a new count but no new version and transaction: nothing tells of it.
        await Database.ExecuteAsync("alter table availabilities disable trigger all; update availabilities set available = 4, version = version + 1; alter table availabilities enable trigger all");

        await node.Sync.SweepAsync(default);

        Assert.Same(shelf, node.Inventory.Shelf);
        Assert.Equal(10, Count(node, item));
    }

    [Fact]
    public async Task A_reset_replaces_everything()
    {
        var operatorsNode = NewNode();
        await operatorsNode.AddProductAsync("OLD-1", stock: 5);
        await operatorsNode.AddProductAsync("OLD-2", stock: 5);
        var node = await NewNode().WatchAsync();
        using var notices = node.Record(Topic.Shelf);

        await operatorsNode.Database.ResetAsync([Some.Spec("NEW", stock: 1)]);

        await Eventually.TrueAsync(() => node.Inventory.Shelf.Listings is [{ Sku: "NEW", IsReleased: false }]);
        await Eventually.TrueAsync(() => notices.Of<ShelfChanged>().Any(notice => notice.Replaced));
        Assert.Equal([1, 2], notices.Of<ShelfChanged>().Single(notice => notice.Replaced).Products.Order());
        Assert.Null(node.Inventory.Shelf.FindProduct(2));
    }

    [Fact]
    public async Task It_goes_on_from_memory_while_the_database_is_away_and_heals_when_it_is_back()
    {
        var item = await NewNode().AddItemAsync(stock: 700);
        await using var link = new DatabaseLink(Database);
        var node = await NewNode(connectionString: link.ConnectionString).WatchAsync();

        link.Cut();
        await Eventually.TrueAsync(() => !node.Inventory.IsDatabaseReachable);
        Assert.Equal(700, Count(node, item));
        Assert.True(node.Inventory.IsLoaded);
        await Database.ExecuteAsync("update availabilities set available = 0");

        link.Mend();
        await Eventually.TrueAsync(() => node.Inventory.IsDatabaseReachable);
        Assert.Equal(0, Count(node, item));
    }

    [Fact]
    public async Task It_survives_a_server_that_throws_everybody_out_and_lets_nobody_in()
    {
        var item = await NewNode().AddItemAsync(stock: 700);
        var node = await NewNode().WatchAsync();
        var name = await Database.ReadAsync<string>("select current_database()::text");
        await using var elsewhere = new TestDatabase(Postgres.AddressOf("postgres"));

        await elsewhere.ExecuteAsync($"alter database {name} allow_connections false");
        await elsewhere.ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
        await Eventually.TrueAsync(() => !node.Inventory.IsDatabaseReachable);
        await elsewhere.ExecuteAsync($"alter database {name} allow_connections true");

        await Eventually.TrueAsync(() => node.Inventory.IsDatabaseReachable);
        await NewNode().SellOutAsync();
        await Eventually.TrueAsync(() => Count(node, item) == 0);
    }

    [Fact]
    public async Task It_survives_a_database_that_is_restored_under_it()
    {
        var item = await NewNode().AddItemAsync(stock: 700);
        var node = await NewNode().WatchAsync();

        await Database.ExecuteAsync("alter table availabilities rename to elsewhere");
        await Eventually.TrueAsync(() => !node.Inventory.IsDatabaseReachable);
        await Database.ExecuteAsync("alter table elsewhere rename to availabilities; alter table availabilities disable trigger all; update availabilities set available = 3, version = 1");

        await Eventually.TrueAsync(() => node.Inventory.IsDatabaseReachable);
        Assert.Equal(3, Count(node, item));
    }

    [Fact]
    public async Task What_a_message_told_and_the_database_does_not_have_goes_again()
    {
        var item = await NewNode().AddItemAsync(stock: 700);
        var node = await NewNode().WatchAsync();
        var ghost = new Product(999, "GHOST", "B", "N", "C", 1, null, null, Version: 1, [new Item(9999, "GHOST-8", 8)]);

        node.Inventory.Receive(new ProductChanged(ghost));
        node.Inventory.Receive(new AvailabilityChanged(item, new Availability(3, Version: 1_000_000)));
        Assert.Equal((2, 3), (node.Inventory.Shelf.Listings.Length, Count(node, item)));

        await Eventually.TrueAsync(() => node.Inventory.Shelf.FindProduct(999) is null && Count(node, item) == 700);
    }

    [Fact]
    public async Task A_comparison_of_everything_changes_nothing_where_nothing_is_wrong()
    {
        await NewNode().AddItemAsync(stock: 700);
        var node = NewNode();
        await node.Sync.SweepAsync(default);
        await node.Sync.SweepAsync(default);
        var shelf = node.Inventory.Shelf;

        await node.Sync.CompareWholeAsync(default);
        await node.Sync.SweepAsync(default);

        Assert.Same(shelf, node.Inventory.Shelf);
    }

    [Fact]
    public async Task A_node_that_starts_while_the_database_is_away_loads_when_it_is_there()
    {
        await NewNode().AddItemAsync(stock: 1);
        await using var link = new DatabaseLink(Database);
        link.Cut();
        var node = NewNode(connectionString: link.ConnectionString);
        var watching = node.WatchAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => node.Sync.SweepAsync(default));
        Assert.False(node.Inventory.IsLoaded || node.Inventory.IsDatabaseReachable);

        link.Mend();

        await watching;
        Assert.Single(node.Inventory.Shelf.Listings);
    }

    private static int Count(ShopNode node, int itemId) => node.Inventory.Shelf.AvailabilityOf(itemId).Count;
}
