using LiveShop.Domain;
using LiveShop.Tests.Harness;
using Npgsql;

namespace LiveShop.Tests;

/// <summary>Nobody is told of a sale before it is committed, and what became of a commit is never guessed.</summary>
public sealed class CommitTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task Whoever_hears_of_a_sale_finds_it_in_the_database()
    {
        var node = NewNode().Sell();
        var item = await node.AddItemAsync(stock: 30);
        var seen = new List<(AvailabilityChanged Told, int Stored)>();
        using var listener = node.Bus.Subscribe(Topic.Inventory, async told =>
        {
            var stored = await Database.ReadAsync<int>($"select available from availabilities where item_id = {item}");
            lock (seen) seen.Add(((AvailabilityChanged)told, stored));
        });

        for (var i = 0; i < 10; i++) Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(Some.Request(await node.FillCartAsync(item))));

        await Eventually.TrueAsync(() => seen.Count == 10);
        Assert.All(seen, pair => Assert.True(pair.Stored <= pair.Told.Availability.Count, $"told {pair.Told.Availability.Count}, stored {pair.Stored}"));
    }

    [Fact]
    public async Task While_the_commit_is_under_way_nobody_is_told_and_the_Shelf_is_as_it_was()
    {
        var node = await NewNode().Sell().WatchAsync();
        var item = await node.AddItemAsync(stock: 1);
        var cart = await node.FillCartAsync(item);
        using var inventory = node.Record(Topic.Inventory);
        using var carts = node.Record(Topic.Cart(cart.Id));
        await AtCommitAsync("perform pg_advisory_xact_lock(23)");
        await using var holder = await Database.OpenSessionAsync();
        await holder.ExecuteAsync("select pg_advisory_lock(23)");

        var purchase = node.Checkout.PlaceOrderAsync(Some.Request(cart));
        await Database.UntilSomebodyWaitsForALockAsync();
        var marker = new AvailabilityChanged(0, default);
        node.Bus.Publish(marker);
        await Eventually.TrueAsync(() => inventory.Heard.Contains(marker));

        Assert.False(purchase.IsCompleted);
        Assert.Equal([marker], inventory.Heard);
        Assert.Empty(carts.Heard);
        Assert.Equal(1, node.Inventory.Shelf.AvailabilityOf(item).Count);

        await holder.ExecuteAsync("select pg_advisory_unlock(23)");
        Assert.IsType<PurchaseOutcome.Placed>(await purchase);
        Assert.Equal(0, node.Inventory.Shelf.AvailabilityOf(item).Count);
        await carts.UntilAsync(1);
    }

    [Fact]
    public async Task A_buyers_tabs_hear_of_the_empty_cart_with_its_new_key_and_the_order()
    {
        var node = NewNode().Sell();
        var cart = await node.FillCartAsync(await node.AddItemAsync(stock: 1));
        using var events = node.Record(Topic.Cart(cart.Id));

        var placed = Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(Some.Request(cart)));

        await events.UntilAsync(1);
        var told = Assert.Single(events.Of<CartChanged>());
        var stored = await node.CartAsync(cart.Id);
        Assert.Equal((placed.OrderNumber, stored.Version, stored.CheckoutKey, true), (told.OrderNumber, told.Cart.Version, told.Cart.CheckoutKey, told.Cart.IsEmpty));
        Assert.True(told.Cart.Version > cart.Version);
    }

    [Theory]
    [InlineData("53100", "the disk is full")]
    [InlineData("23514", "a rule that the code does not know")]
    public async Task A_commit_that_fails_sells_nothing_leaves_nothing_and_tells_nobody(string sqlState, string reason)
    {
        var node = NewNode().Sell();
        var cart = await node.FillCartAsync(await node.AddItemAsync(stock: 5));
        using var inventory = node.Record(Topic.Inventory);
        using var carts = node.Record(Topic.Cart(cart.Id));
        await AtCommitAsync($"raise exception '{reason}' using errcode = '{sqlState}'");

        var purchase = node.Checkout.PlaceOrderAsync(Some.Request(cart));

        if (sqlState == "53100") Assert.IsType<PurchaseOutcome.Unavailable>(await purchase);
        else Assert.Equal(reason, (await Assert.ThrowsAsync<PostgresException>(() => purchase)).MessageText);
        Assert.Equal([5], await Database.AvailableAsync());
        Assert.Equal(0, await Database.ReadAsync<long>("select count(*) from orders"));
        Assert.Equal(cart.CheckoutKey, (await node.CartAsync(cart.Id)).CheckoutKey);

        await Database.ExecuteAsync("drop trigger at_commit on orders");
        Assert.False(Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(Some.Request(cart))).IsRepeat);
        await inventory.UntilAsync(1);
        Assert.Equal(4, Assert.Single(inventory.Of<AvailabilityChanged>()).Availability.Count);
        await carts.UntilAsync(1);
        Assert.Single(carts.Heard);
    }

    [Fact]
    public async Task A_server_that_kills_the_session_at_COMMIT_is_asked_again_and_the_order_is_placed_once()
    {
        var node = NewNode().Sell();
        var cart = await node.FillCartAsync(await node.AddItemAsync(stock: 5));
        // A sequence is not rolled back: the session dies at the first commit only.
        await Database.ExecuteAsync("create sequence commits");
        await AtCommitAsync("if nextval('commits') = 1 then perform pg_terminate_backend(pg_backend_pid()); end if");

        Assert.False(Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(Some.Request(cart))).IsRepeat);

        Assert.Equal(2, await Database.ReadAsync<long>("select last_value from commits"));
        await SoldOnceAsync();
    }

    [Fact]
    public async Task A_COMMIT_that_never_arrived_is_made_again()
    {
        await using var link = new DatabaseLink(Database);
        var node = NewNode(connectionString: link.ConnectionString).Sell();
        var cart = await NewNode().FillCartAsync(await NewNode().AddItemAsync(stock: 5));
        link.LoseNextCommit();

        Assert.False(Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(Some.Request(cart))).IsRepeat);

        Assert.True(link.IsFaultSpent);
        await SoldOnceAsync();
    }

    [Fact]
    public async Task A_COMMIT_whose_answer_was_lost_is_found_by_its_key()
    {
        await using var link = new DatabaseLink(Database);
        var node = NewNode(connectionString: link.ConnectionString).Sell();
        var cart = await NewNode().FillCartAsync(await NewNode().AddItemAsync(stock: 5));
        link.LoseAnswerToNextCommit();

        var placed = Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(Some.Request(cart)));

        Assert.True(link.IsFaultSpent);
        Assert.Equal(placed.OrderNumber, await Database.ReadAsync<string>("select number from orders"));
        await SoldOnceAsync();
    }

    [Fact]
    public async Task When_the_answer_is_lost_and_the_database_stays_away_a_repeat_finds_the_order_later()
    {
        await using var link = new DatabaseLink(Database);
        var node = NewNode(connectionString: link.ConnectionString).Sell();
        var cart = await NewNode().FillCartAsync(await NewNode().AddItemAsync(stock: 5));
        link.LoseAnswerToNextCommit(staysAway: true);

        Assert.IsType<PurchaseOutcome.Unavailable>(await node.Checkout.PlaceOrderAsync(Some.Request(cart)));
        link.Mend();

        Assert.True(Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(Some.Request(cart))).IsRepeat);
        await SoldOnceAsync();
    }

    [Fact]
    public async Task While_the_database_is_away_buying_is_refused_and_afterwards_it_works()
    {
        await using var link = new DatabaseLink(Database);
        var node = NewNode(connectionString: link.ConnectionString).Sell();
        var cart = await NewNode().FillCartAsync(await NewNode().AddItemAsync(stock: 5));

        link.Cut();
        Assert.IsType<PurchaseOutcome.Unavailable>(await node.Checkout.PlaceOrderAsync(Some.Request(cart)));
        link.Mend();

        Assert.False(Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(Some.Request(cart))).IsRepeat);
        await SoldOnceAsync();
    }

    /// <summary>Does this inside the COMMIT of every order.</summary>
    private Task AtCommitAsync(string statement) => Database.ExecuteAsync(
        $"""
        create function at_commit() returns trigger language plpgsql as $$ begin {statement}; return null; end $$;
        create constraint trigger at_commit after insert on orders deferrable initially deferred for each row execute function at_commit();
        """);

    private async Task SoldOnceAsync()
    {
        Assert.Equal(1, await Database.ReadAsync<long>("select count(*) from orders"));
        Assert.Equal([4], await Database.AvailableAsync());
        Assert.Empty(await Database.ItemsWithAWrongLedgerAsync());
    }
}
