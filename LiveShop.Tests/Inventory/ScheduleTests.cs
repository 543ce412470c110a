using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class ScheduleTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task A_product_is_released_by_itself_at_its_time_and_not_before()
    {
        var node = await NewNode().WatchAsync();
        var product = await node.AddProductAsync("A", stock: 700, release: false);

        await Database.ExecuteAsync("update products set scheduled_at = clock_timestamp() + interval '1 second'");

        await Eventually.TrueAsync(() => node.Inventory.Shelf.FindProduct(product.Id)!.IsReleased);
        Assert.True(await Database.ReadAsync<bool>("select released_at >= scheduled_at from products"));
    }

    [Fact]
    public async Task On_several_nodes_it_is_released_once()
    {
        var (left, right) = (await NewNode().WatchAsync(), await NewNode().WatchAsync());
        using var heardLeft = left.Record(Topic.Inventory);
        using var heardRight = right.Record(Topic.Inventory);
        var product = await left.AddProductAsync("A", stock: 700, release: false);
        await Database.ExecuteAsync("update products set scheduled_at = clock_timestamp() + interval '1 second'");

        foreach (var node in new[] { left, right })
        {
            await Eventually.TrueAsync(() => node.Inventory.Shelf.FindProduct(product.Id) is { IsReleased: true });
        }

        // The Shelf may show the release by a sweep before the announcement is heard.
        await Eventually.TrueAsync(() => Announced().Any());
        await Task.WhenAll(left.StopAsync(), right.StopAsync());
        Assert.Single(Announced());

        IEnumerable<ProductChanged> Announced() =>
            heardLeft.Of<ProductChanged>().Concat(heardRight.Of<ProductChanged>()).Where(changed => changed.Product.IsReleased);
    }

    [Fact]
    public async Task What_another_node_has_released_at_its_time_is_read_at_that_time()
    {
        var node = await NewNode().WatchAsync();
        var product = await node.AddProductAsync("A", stock: 700, release: false);
        await Database.ExecuteAsync("update products set scheduled_at = clock_timestamp() + interval '1 second'");
        await Eventually.TrueAsync(() => node.Inventory.Shelf.FindProduct(product.Id)!.ScheduledAt is not null);

        // The sweep, which would find the release half a second later, waits for this lock; another node releases before the time.
        await using var slow = await Database.OpenSessionAsync();
        await slow.ExecuteAsync("begin; lock table store in access exclusive mode");
        await Database.ExecuteAsync("update products set released_at = clock_timestamp()");

        await Eventually.TrueAsync(() => node.Inventory.Shelf.FindProduct(product.Id)!.IsReleased);
    }

    [Fact]
    public async Task A_schedule_outlives_the_node_that_it_was_made_on_and_one_that_was_missed_is_made_up_for()
    {
        var gone = await NewNode().WatchAsync();
        var product = await gone.AddProductAsync("A", stock: 700, release: false);
        await gone.DisposeAsync();
        await Database.ExecuteAsync("update products set scheduled_at = clock_timestamp() - interval '1 hour'");

        var node = await NewNode().WatchAsync();

        await Eventually.TrueAsync(() => node.Inventory.Shelf.FindProduct(product.Id)!.IsReleased);
    }

    [Fact]
    public async Task What_is_not_due_is_left_alone()
    {
        var node = await NewNode().WatchAsync();
        await node.AddProductAsync("A", stock: 700, release: false);
        await Database.ExecuteAsync("update products set scheduled_at = clock_timestamp() + interval '1 hour'");

        Assert.Equal(0, await node.Inventory.ReleaseDueAsync(default));

        Assert.False(await Database.ReadAsync<bool>("select released_at is not null from products"));
    }

    [Fact]
    public async Task An_operator_schedules_a_release_moves_it_and_takes_it_back()
    {
        var node = await NewNode().WatchAsync();
        var product = await node.AddProductAsync("A", stock: 700, release: false);
        var at = new DateTimeOffset(2126, 11, 21, 12, 0, 0, TimeSpan.FromHours(2));

        Assert.Equal(ScheduleOutcome.Scheduled, await node.DropControl.ScheduleAsync(product.Id, at, "ana"));
        Assert.Equal(at, node.Inventory.Shelf.Listings.Single().ScheduledAt);
        Assert.Equal(ScheduleOutcome.Scheduled, await node.DropControl.ScheduleAsync(product.Id, at.AddHours(1), "bo"));
        Assert.Equal(ScheduleOutcome.Cleared, await node.DropControl.ScheduleAsync(product.Id, null, "cy"));

        Assert.Null(node.Inventory.Shelf.Listings.Single().ScheduledAt);
        Assert.Equal(
            [
                """cy product A {"scheduledAt": "2126-11-21T11:00:00+00:00"} {"scheduledAt": null}""",
                """bo product A {"scheduledAt": "2126-11-21T10:00:00+00:00"} {"scheduledAt": "2126-11-21T11:00:00+00:00"}""",
                """ana product A {"scheduledAt": null} {"scheduledAt": "2126-11-21T10:00:00+00:00"}""",
            ],
            await LoggedAsync("schedule"));
    }

    [Fact]
    public async Task Scheduling_what_is_scheduled_so_and_clearing_what_is_clear_changes_and_logs_nothing()
    {
        // It does not sweep, which reads the whole Shelf anew after the first import of all.
        var node = NewNode();
        var product = await node.AddProductAsync("A", stock: 700, release: false);
        var at = new DateTimeOffset(2126, 11, 21, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal(ScheduleOutcome.Cleared, await node.DropControl.ScheduleAsync(product.Id, null, "ana"));
        await node.DropControl.ScheduleAsync(product.Id, at, "ana");
        var shelf = node.Inventory.Shelf;

        Assert.Equal(ScheduleOutcome.Scheduled, await node.DropControl.ScheduleAsync(product.Id, at, "bo"));

        Assert.Same(shelf, node.Inventory.Shelf);
        Assert.Single(await LoggedAsync("schedule"));
    }

    [Fact]
    public async Task What_cannot_be_scheduled_is_refused_and_not_logged()
    {
        var node = NewNode();
        var soon = await node.AddProductAsync("SOON", stock: 1, release: false);
        var released = await node.AddProductAsync("NOW", stock: 1);
        var future = new DateTimeOffset(2126, 11, 21, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(ScheduleOutcome.InThePast, await node.DropControl.ScheduleAsync(soon.Id, DateTimeOffset.UtcNow.AddSeconds(-1), "ana"));
        Assert.Equal(ScheduleOutcome.InThePast, await node.DropControl.ScheduleAsync(soon.Id, DateTimeOffset.MinValue, "ana"));
        Assert.Equal(ScheduleOutcome.AlreadyReleased, await node.DropControl.ScheduleAsync(released.Id, future, "ana"));
        Assert.Equal(ScheduleOutcome.AlreadyReleased, await node.DropControl.ScheduleAsync(released.Id, null, "ana"));
        Assert.Equal(ScheduleOutcome.UnknownProduct, await node.DropControl.ScheduleAsync(404, future, "ana"));

        Assert.Empty(await LoggedAsync("schedule"));
    }

    [Fact]
    public async Task A_release_by_schedule_is_logged_once_under_its_own_name()
    {
        var node = NewNode();
        await node.AddProductAsync("A", stock: 1, release: false);
        await Database.ExecuteAsync("update products set scheduled_at = clock_timestamp()");

        var released = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => NewNode().Inventory.ReleaseDueAsync(default)));

        Assert.Equal(1, released.Sum());
        Assert.StartsWith("schedule product A", Assert.Single(await LoggedAsync("release")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_database_is_away_nothing_is_scheduled()
    {
        await using var link = new DatabaseLink(Database);
        var product = await NewNode().AddProductAsync("A", stock: 1, release: false);
        var node = NewNode(connectionString: link.ConnectionString);

        link.Cut();

        Assert.Equal(ScheduleOutcome.Unavailable, await node.DropControl.ScheduleAsync(product.Id, DateTimeOffset.MaxValue, "ana"));
    }

    private async Task<IEnumerable<string>> LoggedAsync(string action) => (await NewNode().Audit.FindAsync())!
        .Where(entry => entry.Action == action)
        .Select(entry => $"{entry.Actor} {entry.Subject} {entry.Before} {entry.After}");
}
