using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class ImportTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task New_products_come_with_their_items_and_a_ledger()
    {
        var result = await NewNode().Inventory.ImportAsync([Some.Spec("A", stock: 5, sizes: [8, 9.5m]), Some.Spec("B", stock: 0)], release: false, "ana");

        Assert.Equal(new ImportResult(Created: 2, Updated: 0, ItemsAdded: 3), result);
        Assert.Equal(["A-8 8.0 5", "A-9.5 9.5 5", "B-8 8.0 0"], await Database.ReadAllAsync<string>(
            "select sku || ' ' || size || ' ' || available from items join availabilities on item_id = id order by sku"));
        Assert.Equal(["5 import ana", "5 import ana"], await Database.ReadAllAsync<string>("select delta || ' ' || reason || ' ' || actor from stock_movements"));
    }

    [Fact]
    public async Task Products_are_updated_by_style_code()
    {
        var node = NewNode();
        var before = await node.AddProductAsync("A", stock: 5);

        var spec = Some.Spec("A") with { Brand = "Other", Name = "Renamed", Colorway = "red", Price = 99.5m };
        var result = await node.Inventory.ImportAsync([spec], release: false, "ana");

        Assert.Equal(new ImportResult(Created: 0, Updated: 1, ItemsAdded: 0), result);
        Assert.Equal([$"{before.Id} Other Renamed red 99.50"], await Database.ReadAllAsync<string>(
            "select concat_ws(' ', id, brand, name, colorway, price) from products"));
    }

    [Fact]
    public async Task The_stock_of_items_that_exist_is_neither_raised_nor_lowered()
    {
        var node = NewNode();
        await node.AddProductAsync("A", stock: 5, sizes: [8, 9]);
        await node.Inventory.SellAtRandomAsync(2, "crowd");

        await node.Inventory.ImportAsync([Some.Spec("A", stock: 900, sizes: [8])], release: false, "ana");
        await node.Inventory.ImportAsync([Some.Spec("A", stock: 0, sizes: [8])], release: false, "ana");

        Assert.Equal([4, 4], await Database.AvailableAsync());
        Assert.Empty(await Database.ItemsWithAWrongLedgerAsync());
    }

    [Fact]
    public async Task New_sizes_of_a_product_are_added_and_missing_ones_stay()
    {
        var node = await NewNode().WatchAsync();
        var before = await node.AddProductAsync("A", stock: 5, sizes: [8]);

        var result = await node.Inventory.ImportAsync([Some.Spec("A", stock: 700, sizes: [9])], release: false, "ana");

        Assert.Equal(new ImportResult(Created: 0, Updated: 1, ItemsAdded: 1), result);
        var product = node.Inventory.Shelf.FindProduct(before.Id)!;
        Assert.Equal([8, 9], product.Items.Select(item => item.Size));
        Assert.True(product.Version > before.Version);
        Assert.Equal([StockLevel.Low, StockLevel.High], node.Inventory.Shelf.Listings.Single().Sizes.Select(size => size.Level));
    }

    [Fact]
    public async Task Importing_the_same_again_changes_nothing_and_announces_nothing()
    {
        // It does not sweep, which reads the whole Shelf anew after the first import of all.
        var node = NewNode();
        await node.AddProductAsync("A", stock: 5);
        var shelf = node.Inventory.Shelf;

        await node.AddProductAsync("A", stock: 5);

        Assert.Same(shelf, node.Inventory.Shelf);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Products_are_released_at_once_where_asked_to(bool release)
    {
        var node = await NewNode().WatchAsync();

        await node.Inventory.ImportAsync([Some.Spec("A"), Some.Spec("B")], release, "ana");

        Assert.All(node.Inventory.Shelf.Listings, listing => Assert.Equal(release, listing.IsReleased));
        Assert.Equal(2, node.Inventory.Shelf.Listings.Length);
    }

    [Fact]
    public async Task A_product_that_is_on_sale_stays_so_when_it_is_imported_without_release()
    {
        var node = NewNode();
        await node.AddProductAsync("A", stock: 5);

        await node.Inventory.ImportAsync([Some.Spec("A")], release: false, "ana");

        Assert.True(await Database.ReadAsync<bool>("select released_at is not null from products"));
    }

    [Fact]
    public async Task A_date_schedules_the_release_of_a_product_that_is_coming_soon_and_of_no_other()
    {
        var node = NewNode();
        var date = new DateTimeOffset(2126, 11, 21, 0, 0, 0, TimeSpan.Zero);
        await node.AddProductAsync("SOON", stock: 1, release: false);
        await node.AddProductAsync("NOW", stock: 1);

        await node.Inventory.ImportAsync([Some.Spec("SOON") with { ScheduledAt = date }, Some.Spec("NOW") with { ScheduledAt = date }], release: false, "ana");
        await node.Inventory.ImportAsync([Some.Spec("SOON")], release: false, "ana");

        Assert.Equal(["SOON"], await Database.ReadAllAsync<string>("select sku from products where scheduled_at = '2126-11-21T00:00:00Z'"));
    }

    [Fact]
    public async Task An_import_that_fails_on_its_last_product_changes_nothing()
    {
        // It does not sweep, which reads the whole Shelf anew after the first import of all.
        var node = NewNode();
        await node.AddProductAsync("A", stock: 5);
        var shelf = node.Inventory.Shelf;

        await Assert.ThrowsAnyAsync<Exception>(() => node.Inventory.ImportAsync(
            [Some.Spec("A") with { Name = "Renamed" }, Some.Spec("B"), Some.Spec("C", price: -1)], release: true, "ana"));

        Assert.Equal(["Name of A"], await Database.ReadAllAsync<string>("select name from products"));
        Assert.Same(shelf, node.Inventory.Shelf);
    }

    [Fact]
    public async Task A_catalogue_of_a_thousand_items_reaches_every_node()
    {
        var (importer, node) = (await NewNode().WatchAsync(), await NewNode().WatchAsync());
        var sizes = Enumerable.Range(1, 20).Select(size => (decimal)size).ToArray();

        await importer.Inventory.ImportAsync([.. Enumerable.Range(1, 50).Select(n => Some.Spec($"P{n:00}", 700, sizes: sizes))], release: true, "ana");

        Assert.Equal(1000, Levels(importer).Count(level => level == StockLevel.High));
        await Eventually.TrueAsync(() => Levels(node).Count(level => level == StockLevel.High) == 1000);
    }

    [Fact]
    public async Task An_import_is_logged_in_one_entry_and_one_that_fails_in_none()
    {
        var node = NewNode();

        await node.Inventory.ImportAsync([Some.Spec("A"), Some.Spec("B")], release: true, "ana");
        await Assert.ThrowsAnyAsync<Exception>(() => node.Inventory.ImportAsync([Some.Spec("C", price: -1)], release: false, "bo"));

        var entry = Assert.Single((await node.Audit.FindAsync())!);
        Assert.Equal(("ana", "import", "catalog", null), (entry.Actor, entry.Action, entry.Subject, entry.Before));
        Assert.Equal("""{"created": 2, "updated": 0, "products": ["A", "B"], "released": true, "itemsAdded": 2}""", entry.After);
    }

    private static IEnumerable<StockLevel> Levels(ShopNode node) =>
        node.Inventory.Shelf.Listings.SelectMany(listing => listing.Sizes).Select(size => size.Level);
}
