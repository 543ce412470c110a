using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class ReleaseTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task A_release_is_on_the_Shelf_of_the_node_when_it_returns_and_every_listener_is_told()
    {
        var node = await NewNode().WatchAsync();
        var product = await node.AddProductAsync("A", stock: 700, release: false);
        using var events = node.Record(Topic.Inventory);
        using var notices = node.Record(Topic.Shelf);

        Assert.Equal(ReleaseOutcome.Released, await node.Inventory.ReleaseAsync(product.Id, "ana"));

        Assert.True(node.Inventory.Shelf.FindProduct(product.Id)!.IsReleased);
        await events.UntilAsync(1);
        Assert.True(events.Of<ProductChanged>()[0].Product.IsReleased);
        await Eventually.TrueAsync(() => notices.Of<ShelfChanged>().Any(notice => notice.Shelf.Listings[0].IsReleased));
    }

    [Fact]
    public async Task The_other_products_stay_coming_soon()
    {
        var node = NewNode();
        var first = await node.AddProductAsync("A", stock: 1, release: false);
        await node.AddProductAsync("B", stock: 1, release: false);

        await node.Inventory.ReleaseAsync(first.Id, "ana");

        Assert.Equal([true, false], await Database.ReadAllAsync<bool>("select released_at is not null from products order by id"));
    }

    [Fact]
    public async Task However_often_and_from_however_many_nodes_it_is_announced_once()
    {
        var (left, right) = (NewNode(), NewNode());
        var product = await left.AddProductAsync("A", stock: 700, release: false);
        using var heardLeft = left.Record(Topic.Inventory);
        using var heardRight = right.Record(Topic.Inventory);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? left : right).Inventory.ReleaseAsync(product.Id, "ana")));

        Assert.Single(outcomes, ReleaseOutcome.Released);
        Assert.Equal(19, outcomes.Count(outcome => outcome == ReleaseOutcome.AlreadyReleased));
        await UntilEverythingIsHeardAsync(left, heardLeft);
        await UntilEverythingIsHeardAsync(right, heardRight);
        Assert.Single(heardLeft.Of<ProductChanged>().Concat(heardRight.Of<ProductChanged>()));
    }

    [Fact]
    public async Task At_another_price_than_the_one_that_was_shown_it_is_not_released()
    {
        var node = NewNode();
        var product = await node.AddProductAsync("A", stock: 1, price: 120, release: false);

        Assert.Equal(ReleaseOutcome.PriceChanged, await node.Inventory.ReleaseAsync(product.Id, "ana", price: 150));
        Assert.False(await Database.ReadAsync<bool>("select released_at is not null from products"));
        Assert.Equal(ReleaseOutcome.Released, await node.Inventory.ReleaseAsync(product.Id, "ana", price: 120));
        Assert.Equal(ReleaseOutcome.AlreadyReleased, await node.Inventory.ReleaseAsync(product.Id, "ana", price: 150));
    }

    [Fact]
    public async Task The_time_of_the_first_release_stays()
    {
        var node = NewNode();
        var product = await node.AddProductAsync("A", stock: 1);
        var first = await Database.ReadAsync<DateTime>("select released_at from products");

        Assert.Equal(ReleaseOutcome.AlreadyReleased, await node.Inventory.ReleaseAsync(product.Id, "ana"));

        Assert.Equal(first, await Database.ReadAsync<DateTime>("select released_at from products"));
    }

    [Fact]
    public async Task A_product_that_does_not_exist_is_not_released() =>
        Assert.Equal(ReleaseOutcome.UnknownProduct, await NewNode().Inventory.ReleaseAsync(404, "ana"));

    [Fact]
    public async Task While_the_database_is_away_it_is_refused_and_afterwards_it_works()
    {
        await using var link = new DatabaseLink(Database);
        var product = await NewNode().AddProductAsync("A", stock: 1, release: false);
        var node = NewNode(connectionString: link.ConnectionString);

        link.Cut();
        Assert.Equal(ReleaseOutcome.Unavailable, await node.Inventory.ReleaseAsync(product.Id, "ana"));
        link.Mend();

        Assert.Equal(ReleaseOutcome.Released, await node.Inventory.ReleaseAsync(product.Id, "ana"));
    }

    [Fact]
    public async Task A_release_is_logged_once_however_often_it_is_asked_for()
    {
        var node = NewNode();
        var product = await node.AddProductAsync("A", stock: 1, release: false);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => node.Inventory.ReleaseAsync(product.Id, "ana")));
        await node.Inventory.ReleaseAsync(404, "ana");

        var entry = Assert.Single((await node.Audit.FindAsync())!, entry => entry.Action == "release");
        Assert.Equal(("ana", "product A", null), (entry.Actor, entry.Subject, entry.Before));
        Assert.StartsWith("""{"releasedAt": "2""", entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_release_that_cannot_be_logged_is_not_made()
    {
        var node = NewNode();
        var product = await node.AddProductAsync("A", stock: 1, release: false);
        await Database.ExecuteAsync("alter table audit_entries add constraint no check (action <> 'release')");

        await Assert.ThrowsAnyAsync<Exception>(() => node.Inventory.ReleaseAsync(product.Id, "ana"));

        Assert.True(await Database.ReadAsync<bool>("select released_at is null from products"));
    }

    /// <summary>What is published now comes after all that was published before.</summary>
    private static async Task UntilEverythingIsHeardAsync(ShopNode node, Recorder recorder)
    {
        var last = new AvailabilityChanged(0, default);
        node.Bus.Publish(last);
        await Eventually.TrueAsync(() => recorder.Heard.Contains(last));
    }
}
