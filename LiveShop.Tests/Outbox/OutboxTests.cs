using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class OutboxTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task A_claimed_mail_carries_the_order_as_it_was_bought_and_where_it_goes()
    {
        var node = NewNode().Sell();
        var product = await node.AddProductAsync("A", stock: 5, sizes: [8, 9]);
        var cart = await node.FillCartAsync([.. product.Items.Select(item => item.Id)]);
        var placed = Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(Some.Request(cart)));
        await node.Inventory.ImportAsync([Some.Spec("A", price: 999) with { Name = "Renamed" }], release: false, "ana");

        var mail = Assert.Single(await NewNode().Outbox.ClaimAsync(10));

        Assert.Equal((OutgoingMail.Confirmation, "ana@example.org", 1), (mail.Kind, mail.Recipient, mail.Attempt));
        Assert.Equal((placed.OrderNumber, 2 * Some.Price), (mail.Order.Number, mail.Order.Total));
        Assert.Equal(["Name of A 8", "Name of A 9"], mail.Order.Lines.Select(line => $"{line.ProductName} {line.Size:0.#}"));
        Assert.Equal(Some.Delivery, mail.Delivery);
    }

    [Fact]
    public async Task Nodes_that_claim_at_once_are_given_different_mails_and_each_mail_once()
    {
        await BuyAsync(40);
        var nodes = Enumerable.Range(0, 4).Select(_ => NewNode()).ToList();

        var claimed = await Task.WhenAll(nodes.Select(ClaimAllAsync));

        Assert.Equal(40, claimed.Sum(mails => mails.Count));
        Assert.Equal(40, claimed.SelectMany(mails => mails).Select(mail => mail.Order.Number).Distinct().Count());
    }

    [Fact]
    public async Task A_mail_that_another_node_is_just_claiming_is_passed_over_and_not_waited_for()
    {
        var numbers = await BuyAsync(2);
        await using var other = await Database.OpenSessionAsync();
        await other.ExecuteAsync($"begin; select 1 from emails where order_id = (select id from orders where number = '{numbers[0]}') for update");

        Assert.Equal(numbers[1], Assert.Single(await Eventually.GetAsync(NewNode().Outbox.ClaimAsync(10))).Order.Number);
    }

    [Fact]
    public async Task No_more_are_claimed_than_asked_for_and_those_that_wait_longest_come_first()
    {
        var numbers = await BuyAsync(3);
        await Database.ExecuteAsync($"update emails set next_attempt_at = now() - interval '1 hour' where order_id = (select id from orders where number = '{numbers[1]}')");

        Assert.Equal(numbers[1], Assert.Single(await NewNode().Outbox.ClaimAsync(1)).Order.Number);
    }

    [Fact]
    public async Task A_node_that_dies_with_a_claim_keeps_it_no_longer_than_the_lease()
    {
        await BuyAsync(1);
        var dead = NewNode();
        Assert.Single(await dead.Outbox.ClaimAsync(10));
        await dead.DisposeAsync();
        var node = NewNode();

        await LetPassAsync(Outbox.Lease - TimeSpan.FromSeconds(20));
        Assert.Empty(await node.Outbox.ClaimAsync(10));

        await LetPassAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(2, Assert.Single(await node.Outbox.ClaimAsync(10)).Attempt);
    }

    [Fact]
    public async Task A_mail_that_was_sent_is_never_claimed_again()
    {
        await BuyAsync(1);
        var node = NewNode();
        await node.Outbox.MarkSentAsync(Assert.Single(await node.Outbox.ClaimAsync(10)));

        await LetPassAsync(TimeSpan.FromDays(1));

        Assert.Empty(await node.Outbox.ClaimAsync(10));
        Assert.Equal(1, await Database.ReadAsync<long>("select count(*) from emails where sent_at is not null and attempts = 1 and last_error is null"));
    }

    [Fact]
    public async Task A_mail_that_was_refused_is_never_claimed_again_and_says_why()
    {
        await BuyAsync(1);
        var node = NewNode();
        await node.Outbox.RefuseAsync(Assert.Single(await node.Outbox.ClaimAsync(10)), "550 unknown");

        await LetPassAsync(TimeSpan.FromDays(1));

        Assert.Empty(await node.Outbox.ClaimAsync(10));
        Assert.Equal("550 unknown", await Database.ReadAsync<string>("select last_error from emails where sent_at is null"));
    }

    [Fact]
    public async Task A_mail_that_was_given_back_is_due_after_its_delay_and_not_before()
    {
        await BuyAsync(1);
        var node = NewNode();
        foreach (var seconds in new[] { 10, 20, 40 })
        {
            await node.Outbox.PostponeAsync(Assert.Single(await node.Outbox.ClaimAsync(10)), "no\0body there");

            await LetPassAsync(TimeSpan.FromSeconds(seconds - 5));
            Assert.Empty(await node.Outbox.ClaimAsync(10));
            await LetPassAsync(TimeSpan.FromSeconds(5));
        }
        Assert.Equal(4, Assert.Single(await node.Outbox.ClaimAsync(10)).Attempt);
        Assert.Equal("nobody there", await Database.ReadAsync<string>("select last_error from emails"));
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 20)]
    [InlineData(9, 2560)]
    [InlineData(10, 3600)]
    [InlineData(2_000_000_000, 3600)]
    public void Delays_double_from_ten_seconds_to_an_hour(int attempt, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Outbox.DelayAfter(attempt));

    [Fact]
    public async Task A_node_that_comes_too_late_neither_hastens_nor_undoes_what_the_next_one_does()
    {
        await BuyAsync(1);
        var node = NewNode();
        var late = Assert.Single(await node.Outbox.ClaimAsync(10));
        await LetPassAsync(Outbox.Lease);
        var next = Assert.Single(await node.Outbox.ClaimAsync(10));

        await node.Outbox.PostponeAsync(late, "late");
        await LetPassAsync(Outbox.DelayAfter(late.Attempt));
        Assert.Empty(await node.Outbox.ClaimAsync(10));

        await node.Outbox.MarkSentAsync(next);
        await node.Outbox.RefuseAsync(late, "late");
        Assert.Equal(1, await Database.ReadAsync<long>("select count(*) from emails where sent_at is not null and last_error is null"));
    }

    [Fact]
    public async Task What_becomes_of_a_mail_from_before_a_reset_does_not_touch_the_order_that_has_its_id_now()
    {
        await BuyAsync(1);
        var node = NewNode();
        var before = Assert.Single(await node.Outbox.ClaimAsync(10));
        await node.Database.ResetAsync([]);
        var number = Assert.Single(await BuyAsync(1));

        await node.Outbox.MarkSentAsync(before);
        await node.Outbox.RefuseAsync(before, "gone");

        Assert.Equal(number, Assert.Single(await node.Outbox.ClaimAsync(10)).Order.Number);
        Assert.Equal([1L], await Database.ReadAllAsync<long>("select order_id from emails"));
    }

    /// <summary>Orders by as many shoppers, in this order.</summary>
    private async Task<List<string>> BuyAsync(int orders)
    {
        var node = NewNode().Sell();
        var item = await node.AddItemAsync(orders);
        var numbers = new List<string>();
        for (var i = 0; i < orders; i++)
        {
            var placed = await node.Checkout.PlaceOrderAsync(Some.Request(await node.FillCartAsync(item)));
            numbers.Add(Assert.IsType<PurchaseOutcome.Placed>(placed).OrderNumber);
        }
        return numbers;
    }

    private static async Task<List<OutgoingMail>> ClaimAllAsync(ShopNode node)
    {
        var all = new List<OutgoingMail>();
        while (await node.Outbox.ClaimAsync(3) is { Count: > 0 } some) all.AddRange(some);
        return all;
    }

    /// <summary>Moves what the outbox waits for, as if so much time had passed.</summary>
    private Task LetPassAsync(TimeSpan time) => Database.ExecuteAsync($"update emails set next_attempt_at = next_attempt_at - interval '{(int)time.TotalSeconds} seconds'");
}
