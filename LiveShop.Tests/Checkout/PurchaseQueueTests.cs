using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class PurchaseQueueTests(PostgresServer postgres) : ShopTests(postgres)
{
    private static readonly CancellationToken Stopping = new(canceled: true);

    [Fact]
    public async Task Past_its_capacity_a_shopper_is_told_at_once_that_the_shop_is_busy()
    {
        var node = NewNode();
        var request = Some.Request(new Cart(CartId.New(), 1, Guid.NewGuid(), [1]));
        var waiting = Enumerable.Range(0, PurchaseQueue.Capacity).Select(_ => node.Checkout.PlaceOrderAsync(request)).ToList();

        var oneMore = node.Checkout.PlaceOrderAsync(request);

        Assert.IsType<PurchaseOutcome.Busy>(await Eventually.GetAsync(oneMore));
        Assert.All(waiting, purchase => Assert.False(purchase.IsCompleted));
    }

    [Fact]
    public async Task A_node_that_stops_decides_what_waits()
    {
        var node = NewNode();
        var item = await node.AddItemAsync(stock: 400);
        var carts = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => node.FillCartAsync(item)));
        var waiting = carts.Select(cart => node.Checkout.PlaceOrderAsync(Some.Request(cart))).ToList();

        await node.Checkout.RunAsync(Stopping);

        var outcomes = await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.All(outcomes, outcome => Assert.IsType<PurchaseOutcome.Placed>(outcome));
        Assert.Equal([100], await Database.AvailableAsync());
    }

    [Fact]
    public async Task A_node_that_has_stopped_takes_no_more()
    {
        var node = NewNode();
        await node.Checkout.RunAsync(Stopping);

        Assert.IsType<PurchaseOutcome.Busy>(await node.Checkout.PlaceOrderAsync(Some.Request(new Cart(CartId.New(), 1, Guid.NewGuid(), [1]))));
    }

    [Fact]
    public async Task Purchases_that_wait_together_are_decided_in_their_order_and_announced_once_for_each_item()
    {
        var node = NewNode();
        var item = await node.AddItemAsync(stock: 3);
        var carts = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => node.FillCartAsync(item)));
        using var events = node.Record(Topic.Inventory);
        var purchases = carts.Select(cart => node.Checkout.PlaceOrderAsync(Some.Request(cart))).ToList();

        node.Sell();

        var outcomes = await Task.WhenAll(purchases);
        Assert.All(outcomes[..3], outcome => Assert.IsType<PurchaseOutcome.Placed>(outcome));
        Assert.All(outcomes[3..], outcome => Assert.IsType<PurchaseOutcome.SoldOut>(outcome));
        await events.UntilAsync(1);
        Assert.Equal(0, Assert.Single(events.Of<AvailabilityChanged>()).Availability.Count);
    }

    [Fact]
    public async Task One_purchase_that_the_database_cannot_take_does_not_spoil_the_others()
    {
        var node = NewNode();
        var item = await node.AddItemAsync(stock: 9);
        var carts = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => node.FillCartAsync(item)));
        await Database.ExecuteAsync("alter table orders add constraint no_bo check (name <> 'Bo')");
        var purchases = carts.Select((cart, i) => node.Checkout.PlaceOrderAsync(
            Some.Request(cart) with { Delivery = Some.Delivery with { Name = i == 1 ? "Bo" : "Ana" } })).ToList();

        node.Sell();

        Assert.IsType<PurchaseOutcome.Placed>(await purchases[0]);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => purchases[1]);
        Assert.IsType<PurchaseOutcome.Placed>(await purchases[2]);
        Assert.Equal([7], await Database.AvailableAsync());
    }
}
