using LiveShop.Domain;
using LiveShop.Tests.Harness;
using Npgsql;

namespace LiveShop.Tests;

public sealed class StopTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task A_stop_shows_on_the_Shelf_of_every_node_until_it_is_taken_back()
    {
        var (node, other) = (await NewNode().WatchAsync(), await NewNode().WatchAsync());
        var product = await node.AddProductAsync("A", stock: 5, sizes: [8, 9]);

        Assert.Equal(StopOutcome.Done, await node.DropControl.StopAsync(product.Id, null, " Wrong price\0 ", "ana"));
        Assert.Equal("Wrong price", node.Inventory.Shelf.Listings.Single().StopReason);
        await Eventually.TrueAsync(() => other.Inventory.Shelf.Listings is [{ StopReason: "Wrong price" }]);

        Assert.Equal(StopOutcome.Done, await node.DropControl.ResumeAsync(product.Id, null, "ana"));
        Assert.Null(node.Inventory.Shelf.Listings.Single().StopReason);
        await Eventually.TrueAsync(() => other.Inventory.Shelf.Listings is [{ StopReason: null }]);
    }

    [Fact]
    public async Task A_stop_of_one_size_reaches_every_node_and_leaves_the_others_on_sale()
    {
        var (node, other) = (await NewNode().WatchAsync(), await NewNode().WatchAsync());
        var product = await node.AddProductAsync("A", stock: 5, sizes: [8, 9]);

        Assert.Equal(StopOutcome.Done, await node.DropControl.StopAsync(product.Id, product.Items[1].Id, "Damaged", "ana"));

        await Eventually.TrueAsync(() => other.Inventory.Shelf.Listings is [{ StopReason: null, Sizes: [{ IsStopped: false }, { IsStopped: true }] }]);
        Assert.Equal("Damaged", other.Inventory.Shelf.FindProduct(product.Id)!.Items[1].StopReason);

        Assert.Equal(StopOutcome.Done, await node.DropControl.ResumeAsync(product.Id, product.Items[1].Id, "ana"));
        await Eventually.TrueAsync(() => other.Inventory.Shelf.Listings is [{ Sizes: [{ IsStopped: false }, { IsStopped: false }] }]);
    }

    [Fact]
    public async Task What_is_stopped_or_sells_already_stays_as_it_is_and_is_not_logged_again()
    {
        // It does not sweep, which reads the whole Shelf anew after the first import of all.
        var node = NewNode();
        var product = await node.AddProductAsync("A", stock: 5);
        Assert.Equal(StopOutcome.AlreadySo, await node.DropControl.ResumeAsync(product.Id, null, "ana"));
        await node.DropControl.StopAsync(product.Id, null, "First", "ana");
        var shelf = node.Inventory.Shelf;

        Assert.Equal(StopOutcome.AlreadySo, await node.DropControl.StopAsync(product.Id, null, "Second", "bo"));

        Assert.Equal(["First"], await Database.ReadAllAsync<string>("select stop_reason from products"));
        Assert.Same(shelf, node.Inventory.Shelf);
        Assert.Equal(["ana stop"], await LoggedAsync());
    }

    [Fact]
    public async Task Of_two_operators_who_stop_at_once_one_does()
    {
        var (left, right) = (NewNode(), NewNode());
        var product = await left.AddProductAsync("A", stock: 5, sizes: [8, 9]);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
            (i % 2 == 0 ? left : right).DropControl.StopAsync(product.Id, product.Items[0].Id, $"Reason {i}", $"operator {i}")));

        Assert.Single(outcomes, StopOutcome.Done);
        Assert.Equal(9, outcomes.Count(outcome => outcome == StopOutcome.AlreadySo));
        Assert.Single(await LoggedAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \0\t")]
    public async Task A_stop_needs_a_reason(string reason)
    {
        var node = NewNode();
        var product = await node.AddProductAsync("A", stock: 5);

        Assert.Equal(StopOutcome.ReasonMissing, await node.DropControl.StopAsync(product.Id, null, reason, "ana"));
        Assert.Empty(await LoggedAsync());
    }

    [Fact]
    public async Task What_the_shop_does_not_have_is_neither_stopped_nor_resumed()
    {
        var node = NewNode();
        var product = await node.AddProductAsync("A", stock: 5);
        var ofAnother = (await node.AddProductAsync("B", stock: 5)).Items[0].Id;

        Assert.Equal(StopOutcome.Unknown, await node.DropControl.StopAsync(404, null, "Reason", "ana"));
        Assert.Equal(StopOutcome.Unknown, await node.DropControl.StopAsync(product.Id, 404, "Reason", "ana"));
        Assert.Equal(StopOutcome.Unknown, await node.DropControl.StopAsync(product.Id, ofAnother, "Reason", "ana"));
        Assert.Equal(StopOutcome.Unknown, await node.DropControl.ResumeAsync(product.Id, ofAnother, "ana"));
        Assert.Empty(await LoggedAsync());
    }

    [Fact]
    public async Task A_product_that_is_coming_soon_tells_nothing_of_its_stop_before_its_release()
    {
        var node = await NewNode().WatchAsync();
        var product = await node.AddProductAsync("SOON", stock: 5, release: false);
        await node.DropControl.StopAsync(product.Id, product.Items[0].Id, "Size", "ana");
        await node.DropControl.StopAsync(product.Id, null, "Product", "ana");
        Assert.True(node.Inventory.Shelf.Listings is [{ StopReason: null, Sizes.IsEmpty: true }]);

        await node.Inventory.ReleaseAsync(product.Id, "ana");

        Assert.True(node.Inventory.Shelf.Listings is [{ StopReason: "Product", Sizes: [{ IsStopped: true }] }]);
    }

    [Fact]
    public async Task The_log_says_who_did_what_to_which_with_the_state_before_and_after()
    {
        var node = NewNode();
        var product = await node.AddProductAsync("A", stock: 5);
        await node.DropControl.StopAsync(product.Id, product.Items[0].Id, "Damaged", "ana");
        await node.DropControl.ResumeAsync(product.Id, product.Items[0].Id, "bo");
        await node.DropControl.StopAsync(product.Id, null, "Wrong price", "cy");

        Assert.Equal(
            [
                """cy stop product A {"stopReason": null} {"stopReason": "Wrong price"}""",
                """bo resume item A-8 {"stopReason": "Damaged"} {"stopReason": null}""",
                """ana stop item A-8 {"stopReason": null} {"stopReason": "Damaged"}""",
            ],
            (await node.Audit.FindAsync())!.Take(3).Select(entry => $"{entry.Actor} {entry.Action} {entry.Subject} {entry.Before} {entry.After}"));
    }

    [Fact]
    public async Task A_stop_that_cannot_be_logged_is_not_made()
    {
        var node = NewNode();
        var product = await node.AddProductAsync("A", stock: 5);
        await Database.ExecuteAsync("alter table audit_entries add constraint no check (action <> 'stop')");

        await Assert.ThrowsAnyAsync<Exception>(() => node.DropControl.StopAsync(product.Id, null, "Reason", "ana"));

        Assert.True(await Database.ReadAsync<bool>("select stopped_at is null from products"));
    }

    [Fact]
    public async Task A_stop_that_is_not_made_is_not_logged()
    {
        var node = NewNode();
        var product = await node.AddProductAsync("A", stock: 5);
        await Database.ExecuteAsync("alter table products add constraint no check (stop_reason is null)");

        await Assert.ThrowsAnyAsync<Exception>(() => node.DropControl.StopAsync(product.Id, null, "Reason", "ana"));

        Assert.Empty(await LoggedAsync());
    }

    [Fact]
    public async Task A_stop_waits_for_the_purchases_that_are_being_decided()
    {
        var node = NewNode();
        var product = await node.AddProductAsync("A", stock: 5);
        await using var purchase = await Database.OpenSessionAsync();
        await purchase.ExecuteAsync("begin; select 1 from availabilities for update");

        var stopping = node.DropControl.StopAsync(product.Id, null, "Reason", "ana");
        await Database.UntilSomebodyWaitsForALockAsync();
        Assert.True(await Database.ReadAsync<bool>("select stopped_at is null from products"));
        await purchase.ExecuteAsync("commit");

        Assert.Equal(StopOutcome.Done, await stopping);
    }

    [Fact]
    public async Task The_database_keeps_no_stop_without_a_reason()
    {
        await NewNode().AddProductAsync("A", stock: 5);

        foreach (var table in new[] { "products", "items" })
        {
            var refusal = await Assert.ThrowsAsync<PostgresException>(() => Database.ExecuteAsync($"update {table} set stopped_at = now()"));
            Assert.Equal($"ck_{table}_stop", refusal.ConstraintName);
        }
    }

    [Fact]
    public async Task While_the_database_is_away_it_is_refused_and_afterwards_it_works()
    {
        await using var link = new DatabaseLink(Database);
        var product = await NewNode().AddProductAsync("A", stock: 1);
        var node = NewNode(connectionString: link.ConnectionString);

        link.Cut();
        Assert.Equal(StopOutcome.Unavailable, await node.DropControl.StopAsync(product.Id, null, "Reason", "ana"));
        Assert.Equal(StopOutcome.Unavailable, await node.DropControl.ResumeAsync(product.Id, null, "ana"));
        link.Mend();

        Assert.Equal(StopOutcome.Done, await node.DropControl.StopAsync(product.Id, null, "Reason", "ana"));
    }

    private Task<List<string>> LoggedAsync() =>
        Database.ReadAllAsync<string>("select actor || ' ' || action from audit_entries where action <> 'import' order by id");
}
