using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class SellAtRandomTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task Selling_until_nothing_is_left_ends_at_exactly_0_with_a_ledger_that_adds_up()
    {
        var node = NewNode();
        await node.AddProductAsync("A", stock: 7, sizes: [6, 7, 8]);
        await node.AddProductAsync("B", stock: 4, sizes: [9, 10]);

        Assert.Equal(29, await node.SellOutAsync());

        Assert.All(await Database.AvailableAsync(), count => Assert.Equal(0, count));
        Assert.Empty(await Database.ItemsWithAWrongLedgerAsync());
        Assert.Equal(29, await Database.ReadAsync<long>("select count(*) from stock_movements where reason = 'sell-out' and delta = -1"));
    }

    [Fact]
    public async Task Several_nodes_that_sell_at_once_sell_each_pair_once()
    {
        await NewNode().AddProductAsync("A", stock: 40, sizes: [6, 7, 8, 9]);

        var sold = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => NewNode().SellOutAsync(pairs: 3)));

        Assert.Equal(160, sold.Sum());
        Assert.All(await Database.AvailableAsync(), count => Assert.Equal(0, count));
        Assert.Empty(await Database.ItemsWithAWrongLedgerAsync());
    }

    [Fact]
    public async Task What_is_coming_soon_is_not_touched()
    {
        var node = NewNode();
        await node.AddProductAsync("SOON", stock: 5, release: false);
        await node.AddProductAsync("NOW", stock: 5);

        await node.SellOutAsync();

        Assert.Equal([5, 0], await Database.AvailableAsync());
    }

    [Fact]
    public async Task One_call_takes_one_pair_each_of_different_items()
    {
        var node = NewNode();
        await node.AddProductAsync("A", stock: 9, sizes: [6, 7, 8, 9]);

        Assert.Equal(4, await node.Inventory.SellAtRandomAsync(pairs: 10, "crowd"));
        Assert.Equal([8, 8, 8, 8], await Database.AvailableAsync());
        Assert.Equal(2, await node.Inventory.SellAtRandomAsync(pairs: 2, "crowd"));
        Assert.Equal([7, 7, 8, 8], (await Database.AvailableAsync()).Order());
    }

    [Fact]
    public async Task Every_sale_is_on_the_Shelf_when_it_returns_and_is_published()
    {
        var node = await NewNode().WatchAsync();
        var item = await node.AddItemAsync(stock: 2);
        using var events = node.Record(Topic.Inventory);

        await node.SellOutAsync();

        Assert.Equal(0, node.Inventory.Shelf.AvailabilityOf(item).Count);
        await events.UntilAsync(2);
        Assert.Equal([1, 0], events.Of<AvailabilityChanged>().Select(changed => changed.Availability.Count));
    }

    [Fact]
    public async Task A_row_that_another_emptied_meanwhile_is_not_taken_for_the_end()
    {
        var node = NewNode();
        var contested = await node.AddItemAsync(stock: 1);
        await using var other = await Database.OpenSessionAsync();
        await other.ExecuteAsync($"begin; update availabilities set available = 0 where item_id = {contested}");

        var selling = node.Inventory.SellAtRandomAsync(pairs: 1, "crowd");
        await Database.UntilSomebodyWaitsForALockAsync();
        var late = await NewNode().AddItemAsync(stock: 1);
        await other.ExecuteAsync("commit");

        Assert.Equal(1, await selling);
        Assert.Equal(0, await Database.ReadAsync<int>($"select available from availabilities where item_id = {late}"));
    }

    [Fact]
    public async Task What_is_stopped_is_not_touched()
    {
        var node = NewNode();
        var half = await node.AddProductAsync("HALF", stock: 5, sizes: [8, 9]);
        var whole = await node.AddProductAsync("WHOLE", stock: 5);
        await node.DropControl.StopAsync(half.Id, half.Items[0].Id, "Reason", "ana");
        await node.DropControl.StopAsync(whole.Id, null, "Reason", "ana");

        Assert.Equal(5, await node.SellOutAsync());

        Assert.Equal([5, 0, 5], await Database.AvailableAsync());
    }

    [Fact]
    public async Task What_is_stopped_while_a_sale_waits_for_its_turn_is_not_sold()
    {
        var node = NewNode();
        await node.AddItemAsync(stock: 5);
        await using var stop = await Database.OpenSessionAsync();
        await stop.ExecuteAsync("begin; select 1 from availabilities for update; update products set stopped_at = now(), stop_reason = 'Reason'");

        var selling = node.Inventory.SellAtRandomAsync(pairs: 1, "crowd");
        await Database.UntilSomebodyWaitsForALockAsync();
        await stop.ExecuteAsync("commit");

        Assert.Equal(0, await selling);
        Assert.Equal([5], await Database.AvailableAsync());
    }
}
