using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class CatalogDeskTests(PostgresServer postgres) : ShopTests(postgres)
{
    private static ProductDraft Typed => new()
    {
        Sku = "NEW-1",
        Brand = "Snks 23",
        Name = "Hop Man 4",
        Colorway = "red/black",
        Price = "99.50",
        Sizes = "8;8.5",
        Stock = "7",
    };

    [Fact]
    public async Task A_new_product_is_coming_soon_on_every_node_with_its_sizes_and_a_ledger()
    {
        var (node, other) = (await NewNode().WatchAsync(), await NewNode().WatchAsync());

        var done = Assert.IsType<ProductOutcome.Done>(await node.CatalogDesk.CreateAsync(Typed with { Name = " Hop Man 4 " }, "ana"));

        Assert.Equal(("NEW-1", "Hop Man 4", 99.5m), (done.Product.Sku, done.Product.Name, done.Product.Price));
        Assert.True(node.Inventory.Shelf.Listings is [{ Name: "Hop Man 4", IsReleased: false, Sizes.IsEmpty: true }]);
        await Eventually.TrueAsync(() => other.Inventory.Shelf.Listings is [{ Name: "Hop Man 4" }]);
        await node.Inventory.ReleaseAsync(done.Product.Id, "ana");
        Assert.Equal([8, 8.5m], node.Inventory.Shelf.Listings[0].Sizes.Select(size => size.Size));
        Assert.Equal([7, 7], await Database.AvailableAsync());
        Assert.Empty(await Database.ItemsWithAWrongLedgerAsync());
        Assert.Equal(["7 initial ana", "7 initial ana"], await Database.ReadAllAsync<string>("select delta || ' ' || reason || ' ' || actor from stock_movements"));
    }

    [Fact]
    public async Task A_field_that_breaks_the_rules_of_files_is_named_and_nothing_is_made()
    {
        var node = NewNode();

        var invalid = Assert.IsType<ProductOutcome.Invalid>(await node.CatalogDesk.CreateAsync(
            new ProductDraft { Sku = new string('S', 61), Brand = " ", Name = "n\u0007", Colorway = "c", Price = "free", Sizes = "8;8", Stock = "-1" }, "ana"));

        Assert.Equal(
            [
                "Sku is longer than 60 characters",
                "Brand is missing",
                "Name has a control character",
                "Price must be an amount such as 120 or 99.50",
                "Stock must be a whole number from 0 to 1000000",
                "Sizes must be different numbers from 0.5 to 60 such as 6;6.5;7",
            ],
            invalid.Errors.Select(error => $"{error.Field} {error.Reason}"));
        Assert.Empty(await Database.ReadAllAsync<int>("select id from products"));
    }

    [Fact]
    public async Task Of_several_who_make_a_product_with_one_style_code_one_does()
    {
        var (left, right) = (NewNode(), NewNode());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? left : right).CatalogDesk.CreateAsync(Typed, "ana")));

        Assert.Single(outcomes, outcome => outcome is ProductOutcome.Done);
        Assert.Equal(7, outcomes.Count(outcome => outcome is ProductOutcome.SkuTaken));
        Assert.Equal(["ana create product NEW-1"], await LoggedAsync());
    }

    [Fact]
    public async Task An_edit_reaches_every_node_and_the_log_with_what_was_before()
    {
        var (node, other) = (await NewNode().WatchAsync(), await NewNode().WatchAsync());
        var product = await node.AddProductAsync("A", stock: 5);

        var done = Assert.IsType<ProductOutcome.Done>(await node.CatalogDesk.EditAsync(product.Id, product.Version, Typed, "ana"));

        Assert.Equal(("A", "Hop Man 4", 99.5m), (done.Product.Sku, done.Product.Name, done.Product.Price));
        Assert.True(node.Inventory.Shelf.Listings is [{ Name: "Hop Man 4", Price: 99.5m, Brand: "Snks 23", Colorway: "red/black" }]);
        await Eventually.TrueAsync(() => other.Inventory.Shelf.Listings is [{ Name: "Hop Man 4" }]);
        var entry = (await node.Audit.FindAsync())![0];
        Assert.Equal("ana edit product A", $"{entry.Actor} {entry.Action} {entry.Subject}");
        Assert.Contains("\"name\": \"Name of A\"", entry.Before, StringComparison.Ordinal);
        Assert.Contains("\"name\": \"Hop Man 4\"", entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_of_what_somebody_else_changed_meanwhile_is_refused_and_says_what_it_is_now()
    {
        var node = NewNode();
        var product = await node.AddProductAsync("A", stock: 5);
        await node.CatalogDesk.EditAsync(product.Id, product.Version, Typed with { Name = "First" }, "bo");

        var refused = Assert.IsType<ProductOutcome.ChangedMeanwhile>(await node.CatalogDesk.EditAsync(product.Id, product.Version, Typed with { Name = "Second" }, "ana"));

        Assert.Equal("First", refused.Now.Name);
        Assert.Equal(["First"], await Database.ReadAllAsync<string>("select name from products"));
        Assert.IsType<ProductOutcome.Done>(await node.CatalogDesk.EditAsync(product.Id, refused.Now.Version, Typed with { Name = "Second" }, "ana"));
    }

    [Fact]
    public async Task Of_two_operators_who_edit_the_same_at_once_one_does()
    {
        var (left, right) = (NewNode(), NewNode());
        var product = await left.AddProductAsync("A", stock: 5);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            (i % 2 == 0 ? left : right).CatalogDesk.EditAsync(product.Id, product.Version, Typed with { Name = $"Name {i}" }, "ana")));

        Assert.Single(outcomes, outcome => outcome is ProductOutcome.Done);
        Assert.Equal(7, outcomes.Count(outcome => outcome is ProductOutcome.ChangedMeanwhile));
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_is_not_logged_and_announces_nothing()
    {
        // It does not sweep, which reads the whole Shelf anew after the first import of all.
        var node = NewNode();
        var product = await node.AddProductAsync("A", stock: 5);
        var shelf = node.Inventory.Shelf;

        var same = new ProductDraft { Brand = product.Brand, Name = product.Name, Colorway = product.Colorway, Price = "120.00" };
        Assert.IsType<ProductOutcome.Done>(await node.CatalogDesk.EditAsync(product.Id, product.Version, same, "ana"));

        Assert.Same(shelf, node.Inventory.Shelf);
        Assert.Empty(await LoggedAsync());
    }

    [Fact]
    public async Task After_a_change_of_price_nothing_is_sold_at_the_one_that_was_shown_before()
    {
        var node = await NewNode().Sell().WatchAsync();
        var product = await node.AddProductAsync("A", stock: 5);
        var cart = await node.FillCartAsync(product.Items[0].Id);
        await node.CatalogDesk.EditAsync(product.Id, product.Version, Typed with { Price = "140" }, "ana");

        Assert.IsType<PurchaseOutcome.CartChanged>(await node.Checkout.PlaceOrderAsync(Some.Request(cart, price: 120)));
        Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(Some.Request(cart, price: 140)));

        Assert.Equal(["Hop Man 4 140.00"], await Database.ReadAllAsync<string>("select product_name || ' ' || price from order_lines"));
    }

    [Fact]
    public async Task A_change_of_price_waits_for_the_purchases_that_are_being_decided()
    {
        var node = NewNode();
        var product = await node.AddProductAsync("A", stock: 5);
        await using var purchase = await Database.OpenSessionAsync();
        await purchase.ExecuteAsync("begin; select 1 from availabilities for update");

        var editing = node.CatalogDesk.EditAsync(product.Id, product.Version, Typed, "ana");
        await Database.UntilSomebodyWaitsForALockAsync();
        Assert.Equal(["120.00"], await Database.ReadAllAsync<string>("select price::text from products"));
        await purchase.ExecuteAsync("commit");

        Assert.IsType<ProductOutcome.Done>(await editing);
    }

    [Fact]
    public async Task New_sizes_come_with_stock_and_reach_every_node_and_the_old_ones_keep_theirs()
    {
        var (node, other) = (await NewNode().WatchAsync(), await NewNode().WatchAsync());
        var product = await node.AddProductAsync("A", stock: 5, sizes: [8]);

        var done = Assert.IsType<ProductOutcome.Done>(await node.CatalogDesk.AddSizesAsync(product.Id, new ProductDraft { Sizes = "8;9", Stock = "700" }, "ana"));

        Assert.Equal([8, 9], done.Product.Items.Select(item => item.Size));
        Assert.Equal([StockLevel.Low, StockLevel.High], node.Inventory.Shelf.Listings[0].Sizes.Select(size => size.Level));
        await Eventually.TrueAsync(() => other.Inventory.Shelf.Listings is [{ Sizes: [_, { Level: StockLevel.High }] }]);
        Assert.Equal([5, 700], await Database.AvailableAsync());
        Assert.Empty(await Database.ItemsWithAWrongLedgerAsync());
        var entry = (await node.Audit.FindAsync())![0];
        Assert.Equal("""ana add sizes product A {"sizes": [8.0]} {"sizes": [8.0, 9], "stock": 700}""", $"{entry.Actor} {entry.Action} {entry.Subject} {entry.Before} {entry.After}");
    }

    [Fact]
    public async Task Sizes_that_are_there_already_change_nothing_and_are_not_logged()
    {
        var node = NewNode();
        var product = await node.AddProductAsync("A", stock: 5, sizes: [8]);

        var done = Assert.IsType<ProductOutcome.Done>(await node.CatalogDesk.AddSizesAsync(product.Id, new ProductDraft { Sizes = "8", Stock = "700" }, "ana"));

        Assert.Equal(product.Version, done.Product.Version);
        Assert.Equal([5], await Database.AvailableAsync());
        Assert.Empty(await LoggedAsync());
    }

    [Fact]
    public async Task What_the_shop_does_not_have_is_not_changed()
    {
        var node = NewNode();

        Assert.IsType<ProductOutcome.Unknown>(await node.CatalogDesk.EditAsync(404, 1, Typed, "ana"));
        Assert.IsType<ProductOutcome.Unknown>(await node.CatalogDesk.AddSizesAsync(404, Typed, "ana"));
        Assert.Empty(await LoggedAsync());
    }

    [Fact]
    public async Task An_edit_that_cannot_be_logged_is_not_made()
    {
        var node = NewNode();
        var product = await node.AddProductAsync("A", stock: 5);
        await Database.ExecuteAsync("alter table audit_entries add constraint no check (action <> 'edit')");

        await Assert.ThrowsAnyAsync<Exception>(() => node.CatalogDesk.EditAsync(product.Id, product.Version, Typed, "ana"));

        Assert.Equal(["Name of A"], await Database.ReadAllAsync<string>("select name from products"));
    }

    [Fact]
    public async Task While_the_database_is_away_it_is_refused_and_afterwards_it_works()
    {
        await using var link = new DatabaseLink(Database);
        var product = await NewNode().AddProductAsync("A", stock: 1);
        var node = NewNode(connectionString: link.ConnectionString);

        link.Cut();
        Assert.IsType<ProductOutcome.Unavailable>(await node.CatalogDesk.CreateAsync(Typed, "ana"));
        Assert.IsType<ProductOutcome.Unavailable>(await node.CatalogDesk.EditAsync(product.Id, product.Version, Typed, "ana"));
        Assert.IsType<ProductOutcome.Unavailable>(await node.CatalogDesk.AddSizesAsync(product.Id, Typed, "ana"));
        Assert.Equal(RetireOutcome.Unavailable, await node.CatalogDesk.RetireAsync(product.Id, "ana"));
        link.Mend();

        Assert.IsType<ProductOutcome.Done>(await node.CatalogDesk.CreateAsync(Typed, "ana"));
    }

    private Task<List<string>> LoggedAsync() =>
        Database.ReadAllAsync<string>("select concat_ws(' ', actor, action, subject) from audit_entries where action <> 'import' order by id");
}
