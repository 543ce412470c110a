using LiveShop.Domain;
using LiveShop.Tests.Harness;
using Npgsql;

namespace LiveShop.Tests;

/// <summary>There is no order without its mail, and no mail without its order.</summary>
public sealed class MailOfOrderTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task Every_order_of_a_crowd_has_one_mail_to_its_own_buyer_due_at_once()
    {
        var node = NewNode().Sell();
        var item = await node.AddItemAsync(stock: 30);
        var requests = new List<PurchaseRequest>();
        for (var i = 0; i < 40; i++)
        {
            requests.Add(Some.Request(await node.FillCartAsync(item)) with { Delivery = Some.Delivery with { Email = $"shopper{i}@example.org" } });
        }

        await Task.WhenAll(requests.Select(request => node.Checkout.PlaceOrderAsync(request)));

        Assert.Equal(30, await Database.ReadAsync<long>("select count(*) from orders"));
        Assert.Equal(30, await Database.ReadAsync<long>(
            """
            select count(*) from orders o join emails e on e.order_id = o.id and e.recipient = o.email
            where e.kind = 'confirmation' and e.next_attempt_at <= now() and e.attempts = 0 and e.sent_at is null
            """));
        Assert.Equal(30, await Database.ReadAsync<long>("select count(*) from emails"));
    }

    [Fact]
    public async Task A_repeat_of_a_purchase_writes_no_second_mail()
    {
        var node = NewNode().Sell();
        var request = Some.Request(await node.FillCartAsync(await node.AddItemAsync(stock: 5)));

        await node.Checkout.PlaceOrderAsync(request);
        Assert.True(Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(request)).IsRepeat);

        Assert.Equal(1, await Database.ReadAsync<long>("select count(*) from emails"));
    }

    [Fact]
    public async Task An_order_that_is_not_committed_leaves_no_mail()
    {
        var node = NewNode().Sell();
        var request = Some.Request(await node.FillCartAsync(await node.AddItemAsync(stock: 5)));
        await Database.ExecuteAsync(
            """
            create function at_commit() returns trigger language plpgsql as $$ begin raise exception 'no' using errcode = '53100'; end $$;
            create constraint trigger at_commit after insert on emails deferrable initially deferred for each row execute function at_commit();
            """);

        Assert.IsType<PurchaseOutcome.Unavailable>(await node.Checkout.PlaceOrderAsync(request));

        Assert.Equal([0L, 0L], await Database.ReadAllAsync<long>("select count(*) from orders union all select count(*) from emails"));
    }

    [Fact]
    public async Task A_purchase_that_is_refused_leaves_no_mail()
    {
        var node = NewNode().Sell();
        var item = await node.AddItemAsync(stock: 1);
        var (first, second) = (Some.Request(await node.FillCartAsync(item)), Some.Request(await node.FillCartAsync(item)));

        await node.Checkout.PlaceOrderAsync(first);
        Assert.IsType<PurchaseOutcome.SoldOut>(await node.Checkout.PlaceOrderAsync(second));

        Assert.Equal(1, await Database.ReadAsync<long>("select count(*) from emails"));
    }

    [Fact]
    public async Task The_database_refuses_a_second_mail_of_a_kind_and_an_order_that_vanishes_under_its_mail()
    {
        var node = NewNode().Sell();
        await node.Checkout.PlaceOrderAsync(Some.Request(await node.FillCartAsync(await node.AddItemAsync(stock: 5))));

        await RefusedAsync(PostgresErrorCodes.UniqueViolation, "insert into emails (order_id, kind, recipient) select id, 'confirmation', email from orders");
        await Database.ExecuteAsync("delete from stock_movements; delete from order_lines");
        await RefusedAsync(PostgresErrorCodes.ForeignKeyViolation, "delete from orders");
        await RefusedAsync(PostgresErrorCodes.CheckViolation, "update emails set sent_at = now()");
    }

    private async Task RefusedAsync(string sqlState, string sql) =>
        Assert.Equal(sqlState, (await Assert.ThrowsAsync<PostgresException>(() => Database.ExecuteAsync(sql))).SqlState);
}
