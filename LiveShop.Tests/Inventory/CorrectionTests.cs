using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class CorrectionTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task A_restock_and_a_correction_change_what_is_left_and_the_ledger_says_so()
    {
        var node = NewNode();
        var item = await node.AddItemAsync(stock: 5);

        Assert.Equal(new CorrectionOutcome.Done(12), await node.DropControl.CorrectStockAsync(item, 7, "Found a box", "ana"));
        Assert.Equal(new CorrectionOutcome.Done(10), await node.DropControl.CorrectStockAsync(item, -2, "Torn", "bo"));

        Assert.Equal([10], await Database.AvailableAsync());
        Assert.Equal(["5 import test", "7 restock ana", "-2 correction bo"], await Database.ReadAllAsync<string>(
            "select concat_ws(' ', delta, reason, actor) from stock_movements order by id"));
        Assert.Empty(await Database.ItemsWithAWrongLedgerAsync());
    }

    [Fact]
    public async Task The_log_has_the_count_before_and_after_and_the_operators_words()
    {
        var node = NewNode();
        var product = await node.AddProductAsync("A", stock: 5);

        await node.DropControl.CorrectStockAsync(product.Items[0].Id, 7, " Found a box ", "ana");

        var entry = (await node.Audit.FindAsync())![0];
        Assert.Equal(("ana", "restock", "item A-8"), (entry.Actor, entry.Action, entry.Subject));
        Assert.Equal(("""{"available": 5}""", """{"reason": "Found a box", "available": 12}"""), (entry.Before, entry.After));
    }

    [Fact]
    public async Task A_restock_opens_a_size_that_was_gone_on_every_node()
    {
        var (node, other) = (await NewNode().WatchAsync(), await NewNode().WatchAsync());
        var item = await node.AddItemAsync(stock: 0);
        using var events = node.Record(Topic.Inventory);

        await node.DropControl.CorrectStockAsync(item, 700, "Found a box", "ana");

        Assert.Equal(StockLevel.High, node.Inventory.Shelf.LevelOf(item));
        await events.UntilAsync(1);
        Assert.Equal(700, Assert.Single(events.Of<AvailabilityChanged>()).Availability.Count);
        await Eventually.TrueAsync(() => other.Inventory.Shelf.LevelOf(item) == StockLevel.High);
    }

    [Theory]
    [InlineData(-6)]
    [InlineData(int.MinValue)]
    public async Task More_than_is_left_is_not_taken_away(int delta)
    {
        var node = NewNode();
        var item = await node.AddItemAsync(stock: 5);

        Assert.Equal(new CorrectionOutcome.WouldBeNegative(), await node.DropControl.CorrectStockAsync(item, delta, "Torn", "ana"));
        await NothingHappenedAsync();
    }

    [Fact]
    public async Task A_slip_of_the_keyboard_that_makes_more_than_a_million_is_not_added()
    {
        var node = NewNode();
        var item = await node.AddItemAsync(stock: 5);

        foreach (var delta in new[] { Item.MostPairs - 4, int.MaxValue })
        {
            Assert.Equal(new CorrectionOutcome.WouldBeTooMany(), await node.DropControl.CorrectStockAsync(item, delta, "Found a box", "ana"));
        }
        await NothingHappenedAsync();
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused()
    {
        var node = NewNode();
        var item = await node.AddItemAsync(stock: 5);

        Assert.Equal(new CorrectionOutcome.NothingToDo(), await node.DropControl.CorrectStockAsync(item, 0, "Reason", "ana"));
        Assert.Equal(new CorrectionOutcome.ReasonMissing(), await node.DropControl.CorrectStockAsync(item, 1, " \0 ", "ana"));
        Assert.Equal(new CorrectionOutcome.Unknown(), await node.DropControl.CorrectStockAsync(404, 1, "Reason", "ana"));
        Assert.Equal(new CorrectionOutcome.Unknown(), await node.DropControl.CorrectStockAsync(404, -1, "Reason", "ana"));
        await NothingHappenedAsync();
    }

    [Fact]
    public async Task Two_operators_at_once_lose_no_correction_and_never_go_below_0()
    {
        var (left, right) = (NewNode(), NewNode());
        var item = await left.AddItemAsync(stock: 5);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            (i % 2 == 0 ? left : right).DropControl.CorrectStockAsync(item, -2, "Torn", "ana")));

        Assert.Equal([1, 3], outcomes.OfType<CorrectionOutcome.Done>().Select(done => done.Available).Order());
        Assert.Equal(6, outcomes.OfType<CorrectionOutcome.WouldBeNegative>().Count());
        Assert.Equal([1], await Database.AvailableAsync());
        Assert.Empty(await Database.ItemsWithAWrongLedgerAsync());
        Assert.Equal(2, await Database.ReadAsync<long>("select count(*) from audit_entries where action = 'correction'"));
    }

    [Fact]
    public async Task A_correction_that_cannot_be_logged_is_not_made()
    {
        var node = await NewNode().WatchAsync();
        var item = await node.AddItemAsync(stock: 5);
        await Database.ExecuteAsync("alter table audit_entries add constraint no check (action <> 'restock')");

        await Assert.ThrowsAnyAsync<Exception>(() => node.DropControl.CorrectStockAsync(item, 7, "Found a box", "ana"));

        await NothingHappenedAsync();
        Assert.Equal(5, node.Inventory.Shelf.AvailabilityOf(item).Count);
    }

    [Fact]
    public async Task While_the_database_is_away_it_is_refused_and_nothing_was_changed()
    {
        await using var link = new DatabaseLink(Database);
        var item = await NewNode().AddItemAsync(stock: 5);
        var node = NewNode(connectionString: link.ConnectionString);

        link.Cut();

        Assert.Equal(new CorrectionOutcome.Unavailable(), await node.DropControl.CorrectStockAsync(item, 1, "Reason", "ana"));
        await NothingHappenedAsync();
    }

    private async Task NothingHappenedAsync()
    {
        Assert.Equal([5], await Database.AvailableAsync());
        Assert.Empty(await Database.ItemsWithAWrongLedgerAsync());
        Assert.Equal(["import"], await Database.ReadAllAsync<string>("select action from audit_entries"));
    }
}
