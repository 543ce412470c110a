using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class OrderControlTests(PostgresServer postgres) : ShopTests(postgres)
{
    private const string Returns = "select concat_ws(' ', item_id, delta, actor, order_id) from stock_movements where reason = 'return' order by item_id";

    [Fact]
    public async Task A_cancelled_order_gives_its_pairs_back_with_a_row_of_the_ledger_for_each()
    {
        var (node, items, number) = await BuyAsync();

        Assert.Equal(new OrderChangeOutcome.Done(Returned: 2), await node.OrderControl.CancelAsync(number, " Called us\0 ", "ana"));

        Assert.Equal([5, 5], await Database.AvailableAsync());
        Assert.Equal([$"{items[0]} 1 ana 1", $"{items[1]} 1 ana 1"], await Database.ReadAllAsync<string>(Returns));
        Assert.Empty(await Database.ItemsWithAWrongLedgerAsync());
        Assert.Equal("cancelled", await StateAsync());
    }

    [Fact]
    public async Task So_does_a_refunded_one()
    {
        var (node, _, number) = await BuyAsync();

        Assert.Equal(new OrderChangeOutcome.Done(Returned: 2), await node.OrderControl.RefundAsync(number, "Torn", "ana"));

        Assert.Equal([5, 5], await Database.AvailableAsync());
        Assert.Empty(await Database.ItemsWithAWrongLedgerAsync());
        Assert.Equal("refunded", await StateAsync());
    }

    [Fact]
    public async Task A_refund_of_a_cancelled_order_gives_nothing_back_twice()
    {
        var (node, _, number) = await BuyAsync();
        await node.OrderControl.CancelAsync(number, "Called us", "ana");

        Assert.Equal(new OrderChangeOutcome.Done(Returned: 0), await node.OrderControl.RefundAsync(number, "Paid back", "bo"));

        Assert.Equal([5, 5], await Database.AvailableAsync());
        Assert.Equal("refunded", await StateAsync());
    }

    [Fact]
    public async Task What_is_so_already_and_what_is_refunded_stays_as_it_is_and_is_not_logged_again()
    {
        var (node, _, number) = await BuyAsync();
        await node.OrderControl.CancelAsync(number, "First", "ana");
        Assert.Equal(new OrderChangeOutcome.AlreadySo(), await node.OrderControl.CancelAsync(number, "Second", "bo"));
        await node.OrderControl.RefundAsync(number, "First", "ana");

        Assert.Equal(new OrderChangeOutcome.AlreadySo(), await node.OrderControl.RefundAsync(number, "Second", "bo"));
        Assert.Equal(new OrderChangeOutcome.NotPossible(OrderState.Refunded), await node.OrderControl.CancelAsync(number, "Second", "bo"));

        Assert.Equal(["ana cancel", "ana refund"], await LoggedAsync());
        Assert.Equal([5, 5], await Database.AvailableAsync());
    }

    [Fact]
    public async Task The_log_says_who_did_it_why_and_what_the_order_was_before_and_after()
    {
        var (node, _, number) = await BuyAsync();
        await node.OrderControl.CancelAsync(number, "Called us", "ana");
        await node.OrderControl.RefundAsync(number, "Paid back", "bo");

        Assert.Equal(
            [
                $$"""bo refund order {{number}} {"state": "cancelled"} {"state": "refunded", "reason": "Paid back", "returned": 0}""",
                $$"""ana cancel order {{number}} {"state": "placed"} {"state": "cancelled", "reason": "Called us", "returned": 2}""",
            ],
            (await node.Audit.FindAsync())!.Take(2).Select(entry => $"{entry.Actor} {entry.Action} {entry.Subject} {entry.Before} {entry.After}"));
    }

    [Fact]
    public async Task However_many_press_at_once_stock_returns_once()
    {
        var (left, _, number) = await BuyAsync();
        var right = NewNode();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
        {
            var control = (i % 2 == 0 ? left : right).OrderControl;
            return i % 4 < 2 ? control.CancelAsync(number, $"Reason {i}", $"operator {i}") : control.RefundAsync(number, $"Reason {i}", $"operator {i}");
        }));

        Assert.Equal(2, outcomes.OfType<OrderChangeOutcome.Done>().Sum(done => done.Returned));
        Assert.Equal([5, 5], await Database.AvailableAsync());
        Assert.Equal(2, (await Database.ReadAllAsync<string>(Returns)).Count);
        Assert.Equal(outcomes.OfType<OrderChangeOutcome.Done>().Count(), (await LoggedAsync()).Count);
        Assert.Equal("refunded", await StateAsync());
    }

    [Fact]
    public async Task Shoppers_see_the_pair_at_once_on_every_node()
    {
        var (node, other) = (await NewNode().Sell().WatchAsync(), await NewNode().WatchAsync());
        var item = await node.AddItemAsync(stock: 1);
        var number = await node.BuyAsync(item);
        await Eventually.TrueAsync(() => other.Inventory.Shelf.AvailabilityOf(item) is { Version: > 0 } && other.Inventory.Shelf.LevelOf(item) == StockLevel.Out);
        using var events = node.Record(Topic.Inventory);

        await node.OrderControl.CancelAsync(number, "Called us", "ana");

        Assert.Equal(StockLevel.Low, node.Inventory.Shelf.LevelOf(item));
        await events.UntilAsync(1);
        Assert.Equal((item, 1), Assert.Single(events.Of<AvailabilityChanged>().Select(changed => (changed.ItemId, changed.Availability.Count))));
        await Eventually.TrueAsync(() => other.Inventory.Shelf.LevelOf(item) == StockLevel.Low);
    }

    [Fact]
    public async Task Orders_of_the_same_items_are_cancelled_and_bought_at_once_without_losing_a_pair()
    {
        var node = NewNode().Sell();
        var items = (await node.AddProductAsync("A", stock: 50, sizes: [8, 9, 10])).Items.Select(item => item.Id).ToArray();
        var orders = new List<string>();
        for (var i = 0; i < 20; i++) orders.Add(await node.BuyAsync(items));
        var backwards = items.Reverse().ToArray();

        var buying = Task.WhenAll(Enumerable.Range(0, 20).Select(_ => node.BuyAsync(backwards)));
        var outcomes = await Task.WhenAll(orders.Select(number => node.OrderControl.CancelAsync(number, "Reason", "ana")));
        await buying;

        Assert.All(outcomes, outcome => Assert.Equal(new OrderChangeOutcome.Done(Returned: 3), outcome));
        Assert.Equal([30, 30, 30], await Database.AvailableAsync());
        Assert.Empty(await Database.ItemsWithAWrongLedgerAsync());
    }

    [Fact]
    public async Task A_purchase_that_is_sent_again_does_not_bring_a_cancelled_order_back()
    {
        var node = NewNode().Sell();
        var request = Some.Request(await node.FillCartAsync(await node.AddItemAsync(stock: 5)));
        var placed = Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(request));
        await node.OrderControl.CancelAsync(placed.OrderNumber, "Called us", "ana");

        Assert.Equal(placed with { IsRepeat = true }, await node.Checkout.PlaceOrderAsync(request));

        Assert.Equal("cancelled", await StateAsync());
        Assert.Equal([5], await Database.AvailableAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \0\t")]
    public async Task Either_needs_a_reason(string reason)
    {
        var (node, _, number) = await BuyAsync();

        Assert.Equal(new OrderChangeOutcome.ReasonMissing(), await node.OrderControl.CancelAsync(number, reason, "ana"));
        Assert.Equal(new OrderChangeOutcome.ReasonMissing(), await node.OrderControl.RefundAsync(number, reason, "ana"));
        await NothingHappenedAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000-0000")]
    [InlineData("\0\ud800")]
    public async Task An_order_that_is_none_is_not_changed(string number)
    {
        var (node, _, _) = await BuyAsync();

        Assert.Equal(new OrderChangeOutcome.Unknown(), await node.OrderControl.CancelAsync(number, "Reason", "ana"));
        await NothingHappenedAsync();
    }

    [Theory]
    [InlineData("alter table audit_entries add constraint no check (action <> 'cancel')")]
    [InlineData("alter table stock_movements add constraint no check (reason <> 'return')")]
    [InlineData("alter table orders add constraint no check (state = 'placed')")]
    [InlineData("alter table availabilities add constraint no check (available < 5)")]
    public async Task It_is_made_whole_or_not_at_all(string obstacle)
    {
        var (node, _, number) = await BuyAsync();
        await Database.ExecuteAsync(obstacle);

        await Assert.ThrowsAnyAsync<Exception>(() => node.OrderControl.CancelAsync(number, "Reason", "ana"));

        await NothingHappenedAsync();
    }

    [Fact]
    public async Task While_the_database_is_away_it_is_refused_and_afterwards_it_works()
    {
        var (_, _, number) = await BuyAsync();
        await using var link = new DatabaseLink(Database);
        var node = NewNode(connectionString: link.ConnectionString);

        link.Cut();
        Assert.Equal(new OrderChangeOutcome.Unavailable(), await node.OrderControl.CancelAsync(number, "Reason", "ana"));
        await NothingHappenedAsync();
        link.Mend();

        Assert.Equal(new OrderChangeOutcome.Done(Returned: 2), await node.OrderControl.CancelAsync(number, "Reason", "ana"));
    }

    [Fact]
    public async Task One_that_was_made_without_the_operator_hearing_of_it_is_not_made_again()
    {
        var (_, _, number) = await BuyAsync();
        await using var link = new DatabaseLink(Database);
        var node = NewNode(connectionString: link.ConnectionString);

        link.LoseAnswerToNextCommit();
        Assert.Equal(new OrderChangeOutcome.Unavailable(), await node.OrderControl.CancelAsync(number, "Reason", "ana"));
        await Eventually.TrueAsync(async () => await StateAsync() == "cancelled");

        Assert.Equal(new OrderChangeOutcome.AlreadySo(), await node.OrderControl.CancelAsync(number, "Reason", "ana"));
        Assert.Equal([5, 5], await Database.AvailableAsync());
    }

    private async Task<(ShopNode Node, int[] Items, string Number)> BuyAsync()
    {
        var node = NewNode().Sell();
        var items = (await node.AddProductAsync("A", stock: 5, sizes: [8, 9])).Items.Select(item => item.Id).ToArray();
        return (node, items, await node.BuyAsync(items));
    }

    private Task<string> StateAsync() => Database.ReadAsync<string>("select state from orders");

    private Task<List<string>> LoggedAsync() =>
        Database.ReadAllAsync<string>("select actor || ' ' || action from audit_entries where action <> 'import' order by id");

    private async Task NothingHappenedAsync()
    {
        Assert.Equal([4, 4], await Database.AvailableAsync());
        Assert.True(await Database.ReadAsync<bool>("select state = 'placed' and state_changed_at is null from orders"));
        Assert.Empty(await Database.ReadAllAsync<string>(Returns));
        Assert.Empty(await LoggedAsync());
    }
}
