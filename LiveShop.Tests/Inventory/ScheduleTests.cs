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

        Assert.Single(heardLeft.Of<ProductChanged>().Concat(heardRight.Of<ProductChanged>()), changed => changed.Product.IsReleased);
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
}
