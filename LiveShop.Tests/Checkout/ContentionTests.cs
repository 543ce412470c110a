using LiveShop.Domain;
using LiveShop.Tests.Harness;
using Npgsql;

namespace LiveShop.Tests;

public sealed class ContentionTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task Of_200_shoppers_for_50_pairs_over_two_nodes_exactly_50_buy_and_150_are_told_it_is_gone()
    {
        var nodes = new[] { NewNode(), NewNode() };
        var item = await nodes[0].AddItemAsync(stock: 50);
        var carts = await FillCartsAsync(nodes, Enumerable.Repeat(new[] { item }, 200));

        foreach (var node in nodes) node.Sell();
        var outcomes = await Task.WhenAll(carts.Select((cart, i) => nodes[i % 2].Checkout.PlaceOrderAsync(Some.Request(cart))));

        Assert.Equal(50, outcomes.OfType<PurchaseOutcome.Placed>().Count());
        Assert.Equal(150, outcomes.OfType<PurchaseOutcome.SoldOut>().Count(soldOut => soldOut.ItemIds.SequenceEqual([item])));
        Assert.Equal([0], await Database.AvailableAsync());
        Assert.Equal(50, await Database.ReadAsync<long>("select count(*) from orders"));
        Assert.Equal(50, await Database.ReadAsync<long>("select count(*) from stock_movements where delta = -1"));
        Assert.Empty(await Database.ItemsWithAWrongLedgerAsync());
    }

    [Fact]
    public async Task The_last_pair_goes_to_one_of_many_nodes_that_decide_at_the_same_moment()
    {
        var nodes = Enumerable.Range(0, 5).Select(_ => NewNode()).ToArray();
        var item = await nodes[0].AddItemAsync(stock: 1);
        var carts = await FillCartsAsync(nodes, Enumerable.Repeat(new[] { item }, 5));
        await using var holder = await Database.OpenSessionAsync();
        await holder.ExecuteAsync($"begin; select 1 from availabilities where item_id = {item} for update");

        var purchases = carts.Select((cart, i) => nodes[i].Sell().Checkout.PlaceOrderAsync(Some.Request(cart))).ToArray();
        await Database.UntilSomebodyWaitsForALockAsync(sessions: 5);
        await holder.ExecuteAsync("commit");
        var outcomes = await Task.WhenAll(purchases);

        Assert.Single(outcomes.OfType<PurchaseOutcome.Placed>());
        Assert.Equal(4, outcomes.OfType<PurchaseOutcome.SoldOut>().Count());
        Assert.Equal([0], await Database.AvailableAsync());
    }

    [Fact]
    public async Task A_node_that_stands_still_while_it_sells_holds_the_others_up_for_seconds_and_sells_nothing_when_it_goes_on()
    {
        var (frozen, node) = (NewNode(), NewNode().Sell());
        var item = await node.AddItemAsync(stock: 1);
        await using var connection = await frozen.Connections.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var half = new NpgsqlCommand($"update availabilities set available = 0 where item_id = {item}", connection);
        await half.ExecuteNonQueryAsync();

        var outcome = await node.Checkout.PlaceOrderAsync(Some.Request(await node.FillCartAsync(item)));

        Assert.IsType<PurchaseOutcome.Placed>(outcome);
        Assert.True(DatabaseOutage.Is(await Assert.ThrowsAnyAsync<Exception>(() => transaction.CommitAsync())));
        Assert.Equal([0], await Database.AvailableAsync());
        Assert.Empty(await Database.ItemsWithAWrongLedgerAsync());
    }

    [Fact]
    public async Task Carts_that_cross_over_two_nodes_all_get_an_answer_without_a_single_deadlock()
    {
        var random = new Random(23);
        var nodes = new[] { NewNode(), NewNode() };
        var sizes = Enumerable.Range(5, 8).Select(size => (decimal)size).ToArray();
        var items = (await nodes[0].AddProductAsync("A", stock: 30, sizes: sizes)).Items.Select(item => item.Id).ToArray();
        var carts = await FillCartsAsync(nodes, Enumerable.Range(0, 120).Select(_ => random.GetItems(items, 4).Distinct().ToArray()));

        foreach (var node in nodes) node.Sell();
        var crowd = NewNode().SellOutAsync(pairs: 3);
        var outcomes = await Task.WhenAll(carts.Select(async (cart, i) =>
        {
            // Not all at once, so that many batches meet.
            await Task.Delay(i);
            return await nodes[i % 2].Checkout.PlaceOrderAsync(Some.Request(cart));
        }));
        await crowd;

        Assert.All(outcomes, outcome => Assert.True(outcome is PurchaseOutcome.Placed or PurchaseOutcome.SoldOut, $"{outcome}"));
        Assert.All(await Database.AvailableAsync(), count => Assert.Equal(0, count));
        Assert.Empty(await Database.ItemsWithAWrongLedgerAsync());
        foreach (var node in nodes) await node.DisposeAsync();
        Assert.Equal(0, await Database.ReadAsync<long>("select deadlocks from pg_stat_database where datname = current_database()"));
    }

    [Fact]
    public async Task The_same_key_from_two_nodes_at_the_same_moment_gives_one_order()
    {
        var nodes = new[] { NewNode().Sell(), NewNode().Sell() };
        var item = await nodes[0].AddItemAsync(stock: 100);

        foreach (var cart in await FillCartsAsync(nodes, Enumerable.Repeat(new[] { item }, 10)))
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => nodes[i % 2].Checkout.PlaceOrderAsync(Some.Request(cart))));

            var placed = outcomes.Select(outcome => Assert.IsType<PurchaseOutcome.Placed>(outcome)).ToList();
            Assert.Single(placed, order => !order.IsRepeat);
            Assert.Single(placed.Select(order => order.OrderNumber).Distinct());
        }
        Assert.Equal([90], await Database.AvailableAsync());
        Assert.Equal(10, await Database.ReadAsync<long>("select count(*) from orders"));
    }

    [Fact]
    public async Task A_key_that_another_node_is_just_using_is_never_used_twice()
    {
        var node = NewNode().Sell();
        var cart = await node.FillCartAsync(await node.AddItemAsync(stock: 5));
        await using var other = await Database.OpenSessionAsync();
        await other.ExecuteAsync(
            $"""
            begin;
            insert into orders (number, cart_id, idempotency_key, email, name, address, city, postal_code, country, total)
            values ('0000-AAAA', '{cart.Id.Value}', '{cart.CheckoutKey}', '', '', '', '', '', '', 120);
            insert into order_lines select id, {cart.ItemIds[0]}, 's', 'p', 8, 120 from orders
            """);

        var purchase = node.Checkout.PlaceOrderAsync(Some.Request(cart));
        await Database.UntilSomebodyWaitsForALockAsync();
        await other.ExecuteAsync("commit");

        Assert.Equal(new PurchaseOutcome.Placed("0000-AAAA", IsRepeat: true), await purchase);
        Assert.Equal([5], await Database.AvailableAsync());
    }

    [Fact]
    public async Task An_item_that_is_added_while_the_cart_is_being_bought_is_not_lost()
    {
        var node = NewNode().Sell();
        var (bought, added) = (await node.AddItemAsync(stock: 5), await node.AddItemAsync(stock: 5));
        var cart = await node.FillCartAsync(bought);
        await Database.ExecuteAsync(
            """
            create function wait_for_test() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock(23); return new; end $$;
            create trigger wait_for_test before insert on orders for each row execute function wait_for_test();
            """);
        await using var holder = await Database.OpenSessionAsync();
        await holder.ExecuteAsync("select pg_advisory_lock(23)");

        var purchase = node.Checkout.PlaceOrderAsync(Some.Request(cart));
        await Database.UntilSomebodyWaitsForALockAsync();
        var adding = NewNode().Carts.AddAsync(cart.Id, added);
        await Task.WhenAny(adding, Database.UntilSomebodyWaitsForALockAsync(sessions: 2));
        await holder.ExecuteAsync("select pg_advisory_unlock(23)");

        Assert.IsType<PurchaseOutcome.Placed>(await purchase);
        Assert.Equal(AddOutcome.Added, await adding);
        Assert.Equal([added], (await node.CartAsync(cart.Id)).ItemIds.AsEnumerable());
    }

    [Fact]
    public async Task A_cart_that_is_stored_while_a_forged_purchase_of_it_is_decided_is_not_sold()
    {
        var node = NewNode().Sell();
        var item = await node.AddItemAsync(stock: 5);
        await using var holder = await Database.OpenSessionAsync();
        await holder.ExecuteAsync($"begin; select 1 from availabilities where item_id = {item} for update");
        var shopper = CartId.New();

        var purchase = node.Checkout.PlaceOrderAsync(Some.Request(new Cart(shopper, 1, Guid.NewGuid(), [item])));
        await Database.UntilSomebodyWaitsForALockAsync();
        await NewNode().Carts.AddAsync(shopper, item);
        await holder.ExecuteAsync("commit");

        Assert.IsType<PurchaseOutcome.CartChanged>(await purchase);
        Assert.Equal([5], await Database.AvailableAsync());
    }

    [Theory]
    [InlineData("products")]
    [InlineData("items")]
    public async Task A_purchase_that_waits_behind_a_stop_finds_it(string table)
    {
        var node = NewNode().Sell();
        var cart = await node.FillCartAsync(await node.AddItemAsync(stock: 5));
        await using var stop = await Database.OpenSessionAsync();
        await stop.ExecuteAsync($"begin; select 1 from availabilities for update; update {table} set stopped_at = now(), stop_reason = 'Reason'");

        var purchase = node.Checkout.PlaceOrderAsync(Some.Request(cart));
        await Database.UntilSomebodyWaitsForALockAsync();
        await stop.ExecuteAsync("commit");

        Assert.IsType<PurchaseOutcome.NotForSale>(await purchase);
        Assert.Equal([5], await Database.AvailableAsync());
    }

    [Fact]
    public async Task Of_a_storm_of_purchases_none_is_placed_after_a_stop_has_returned()
    {
        var nodes = new[] { NewNode(), NewNode() };
        var product = await nodes[0].AddProductAsync("A", stock: 200);
        var carts = await FillCartsAsync(nodes, Enumerable.Repeat(new[] { product.Items[0].Id }, 100));
        foreach (var node in nodes) node.Sell();

        var purchases = carts.Select(async (cart, i) =>
        {
            // Not all at once, so that the stop comes between batches.
            await Task.Delay(i);
            return await nodes[i % 2].Checkout.PlaceOrderAsync(Some.Request(cart));
        }).ToArray();
        await Task.WhenAny(purchases);
        Assert.Equal(StopOutcome.Done, await nodes[0].DropControl.StopAsync(product.Id, null, "Reason", "ana"));
        var left = await Database.AvailableAsync();
        var outcomes = await Task.WhenAll(purchases);

        Assert.Equal(left, await Database.AvailableAsync());
        Assert.Equal(200 - left[0], outcomes.OfType<PurchaseOutcome.Placed>().Count());
        Assert.Equal(left[0] - 100, outcomes.OfType<PurchaseOutcome.NotForSale>().Count());
        foreach (var node in nodes) await node.DisposeAsync();
        Assert.Equal(0, await Database.ReadAsync<long>("select deadlocks from pg_stat_database where datname = current_database()"));
    }

    private static Task<Cart[]> FillCartsAsync(ShopNode[] nodes, IEnumerable<int[]> itemIds) =>
        Task.WhenAll(itemIds.Select((ids, i) => nodes[i % nodes.Length].FillCartAsync(ids)));
}
