using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class OrderBookTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task Orders_are_found_newest_first_with_what_a_list_shows()
    {
        var node = NewNode().Sell();
        var items = (await node.AddProductAsync("A", stock: 5, sizes: [8, 9])).Items;
        string[] numbers = [await node.BuyAsync(items[0].Id), await node.BuyAsync(items[0].Id, items[1].Id)];

        var found = await FindAsync(node, new OrderQuery());

        Assert.Equal(numbers.Reverse(), found.Orders.Select(order => order.Number));
        var newest = found.Orders[0];
        Assert.Equal((OrderState.Placed, "Ana Lima", "ana@example.org", 2, 240m), (newest.State, newest.Name, newest.Email, newest.Pairs, newest.Total));
        Assert.Equal((null, null), (found.Next, found.Previous));
    }

    [Fact]
    public async Task A_number_is_found_however_it_is_written()
    {
        var node = NewNode().Sell();
        var item = await node.AddItemAsync(stock: 5);
        var number = await node.BuyAsync(item);
        await node.BuyAsync(item);

        foreach (var typed in new[] { number, $" {number} \0", number.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant() })
        {
            Assert.Equal([number], await NumbersAsync(node, new OrderQuery(Number: typed)));
            Assert.Equal(number, Assert.IsType<OrderLookup.Found>(await node.OrderBook.FindAsync(typed)).Order.Number);
        }
        Assert.Empty(await NumbersAsync(node, new OrderQuery(Number: number[..4])));
        Assert.Empty(await NumbersAsync(node, new OrderQuery(Number: "%")));
    }

    [Fact]
    public async Task An_address_is_found_by_its_beginning_in_any_case_and_means_itself()
    {
        await AddOrdersAsync(("A", "Ana.Lima@Example.org"), ("B", "ana_lima@example.org"), ("C", "bo@example.org"));
        var node = NewNode();

        Assert.Equal(["A"], await NumbersAsync(node, new OrderQuery(Email: " ana.lima@example.ORG\0")));
        Assert.Equal(["B", "A"], await NumbersAsync(node, new OrderQuery(Email: "ANA")));
        Assert.Equal(["B"], await NumbersAsync(node, new OrderQuery(Email: "ana_")));
        Assert.Empty(await NumbersAsync(node, new OrderQuery(Email: "lima")));
        Assert.Empty(await NumbersAsync(node, new OrderQuery(Email: "%")));
        Assert.Empty(await NumbersAsync(node, new OrderQuery(Email: "\\")));
    }

    [Theory]
    [InlineData("hop-8", "one")]
    [InlineData("HOP", "two one")]
    [InlineData("name of h", "two one")]
    [InlineData("breeze", "two")]
    [InlineData("Name", "two one")]
    [InlineData("other", "")]
    [InlineData("%", "")]
    public async Task A_product_is_found_by_its_name_its_SKU_or_that_of_a_size(string product, string found)
    {
        var node = NewNode().Sell();
        var hop = (await node.AddProductAsync("HOP", stock: 5, sizes: [8, 9])).Items;
        var breeze = (await node.AddProductAsync("BREEZE", stock: 5)).Items[0];
        var orders = new Dictionary<string, string> { [await node.BuyAsync(hop[0].Id)] = "one", [await node.BuyAsync(hop[1].Id, breeze.Id)] = "two" };

        Assert.Equal(found, string.Join(' ', (await NumbersAsync(node, new OrderQuery(Product: product))).Select(number => orders[number])));
    }

    [Fact]
    public async Task All_that_is_given_must_hold()
    {
        var node = NewNode().Sell();
        var (one, two) = ((await node.AddProductAsync("A", stock: 5)).Items[0].Id, (await node.AddProductAsync("B", stock: 5)).Items[0].Id);
        string[] numbers = [await node.BuyAsync(one), await node.BuyAsync(one), await node.BuyAsync(two)];
        await node.OrderControl.CancelAsync(numbers[1], "Reason", "ana");
        await node.OrderControl.RefundAsync(numbers[2], "Reason", "ana");

        Assert.Equal([numbers[1]], await NumbersAsync(node, new OrderQuery(State: OrderState.Cancelled)));
        Assert.Equal([numbers[2]], await NumbersAsync(node, new OrderQuery(State: OrderState.Refunded)));
        Assert.Equal([numbers[0]], await NumbersAsync(node, new OrderQuery(Email: "ana", Product: "A-8", State: OrderState.Placed)));
        Assert.Empty(await NumbersAsync(node, new OrderQuery(numbers[1], "ana", "B-8", OrderState.Cancelled)));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_also_when_orders_come_in_between()
    {
        await AddOrdersAsync([.. Enumerable.Range(1, 120).Select(i => ($"{i}", "ana@example.org"))]);
        var node = NewNode();

        var pages = new List<string>();
        var page = await FindAsync(node, new OrderQuery(Email: "ana"));
        while (true)
        {
            pages.AddRange(page.Orders.Select(order => order.Number));
            if (page.Next is null) break;
            await AddOrdersAsync(($"new {pages.Count}", "ana@example.org"));
            page = await FindAsync(node, new OrderQuery(Email: "ana", AfterId: page.Next));
        }

        Assert.Equal(Enumerable.Range(1, 120).Reverse().Select(i => $"{i}"), pages);
    }

    [Fact]
    public async Task A_page_that_is_just_full_is_the_last()
    {
        await AddOrdersAsync([.. Enumerable.Range(1, OrderQuery.PageSize).Select(i => ($"{i}", "ana@example.org"))]);

        var page = await FindAsync(NewNode(), new OrderQuery());

        Assert.Equal((OrderQuery.PageSize, null), (page.Orders.Length, page.Next));
    }

    [Theory]
    [InlineData(OrderSort.PlacedAt, true)]
    [InlineData(OrderSort.PlacedAt, false)]
    [InlineData(OrderSort.Email, true)]
    [InlineData(OrderSort.Email, false)]
    [InlineData(OrderSort.Total, true)]
    [InlineData(OrderSort.Total, false)]
    public async Task Each_sort_order_is_paged_through_in_both_directions_also_among_orders_that_are_alike(OrderSort sort, bool ascending)
    {
        // Orders of a few moments, addresses and totals, in no order of their own.
        await Database.ExecuteAsync(
            """
            insert into orders (number, cart_id, idempotency_key, email, name, address, city, postal_code, country, total, placed_at)
            select i, 'c', gen_random_uuid(), (array['b@example.org', 'A@example.org', '_@example.org', 'ä@example.org'])[1 + i * 7 % 4], '', '', '', '', '',
              100 + i * 13 % 5, now() - i * 11 % 6 * interval '1 hour'
            from generate_series(1, 170) i
            """);
        var node = NewNode();
        var query = new OrderQuery(Sort: sort, Ascending: ascending);

        var pages = new List<OrderFindings> { await FindAsync(node, query) };
        while (pages[^1].Next is { } next) pages.Add(await FindAsync(node, query with { AfterId = next }));

        Assert.Equal([50, 50, 50, 20], pages.Select(page => page.Orders.Length));
        Assert.Null(pages[0].Previous);
        var listed = pages.SelectMany(page => page.Orders).ToList();
        var byId = ascending ? listed.OrderBy(Id) : listed.OrderByDescending(Id);
        var (key, order) = sort switch
        {
            OrderSort.Email => ((Func<OrderSummary, object>)(summary => summary.Email.ToLowerInvariant()), (IComparer<object>)Comparer<object>.Create((left, right) => string.CompareOrdinal((string)left, (string)right))),
            OrderSort.Total => (summary => summary.Total, Comparer<object>.Default),
            _ => (summary => summary.PlacedAt, Comparer<object>.Default),
        };
        Assert.Equal((ascending ? byId.OrderBy(key, order) : byId.OrderByDescending(key, order)).Select(Id), listed.Select(Id));
        Assert.Equal(170, listed.Select(Id).Distinct().Count());

        // And back again: each page as it was.
        for (var i = pages.Count - 1; i > 0; i--)
        {
            var before = await FindAsync(node, query with { BeforeId = pages[i].Previous });
            Assert.Equal(pages[i - 1].Orders.AsEnumerable(), before.Orders);
            Assert.Equal((pages[i - 1].Next, pages[i - 1].Previous), (before.Next, before.Previous));
        }

        static int Id(OrderSummary summary) => int.Parse(summary.Number, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Before_the_first_page_is_the_first_page_and_a_mark_that_is_none_counts_as_not_given()
    {
        await AddOrdersAsync([.. Enumerable.Range(1, 60).Select(i => ($"{i}", "ana@example.org"))]);
        var node = NewNode();
        var first = await FindAsync(node, new OrderQuery());

        Assert.Equal(first.Orders.AsEnumerable(), (await FindAsync(node, new OrderQuery(BeforeId: 55))).Orders);
        Assert.Equal(first.Orders.AsEnumerable(), (await FindAsync(node, new OrderQuery(AfterId: 4711))).Orders);
        Assert.Equal(first.Orders.AsEnumerable(), (await FindAsync(node, new OrderQuery(BeforeId: 4711))).Orders);
    }

    [Fact]
    public async Task A_span_of_time_has_its_beginning_and_not_its_end()
    {
        await AddOrdersAsync(("A", "ana@example.org"), ("B", "ana@example.org"), ("C", "ana@example.org"));
        await Database.ExecuteAsync("update orders set placed_at = timestamptz '2026-11-30 12:00Z' + id * interval '1 hour'");
        var node = NewNode();
        var one = new DateTimeOffset(2026, 11, 30, 15, 0, 0, TimeSpan.FromHours(2));

        Assert.Equal(["B", "A"], await NumbersAsync(node, new OrderQuery(From: one, To: one.AddHours(2))));
        Assert.Equal(["C", "B"], await NumbersAsync(node, new OrderQuery(From: one.AddMinutes(1))));
        Assert.Equal(["A"], await NumbersAsync(node, new OrderQuery(To: one.AddMinutes(1))));
    }

    [Fact]
    public async Task Orders_are_found_by_their_numbers_however_they_are_written()
    {
        var node = NewNode().Sell();
        var item = await node.AddItemAsync(stock: 5);
        string[] numbers = [await node.BuyAsync(item), await node.BuyAsync(item), await node.BuyAsync(item)];

        Assert.Equal([numbers[2], numbers[0]], await NumbersAsync(node, new OrderQuery(Numbers: [numbers[0], numbers[2].ToLowerInvariant(), "none"])));
        Assert.Empty(await NumbersAsync(node, new OrderQuery(Numbers: [])));
    }

    [Fact]
    public async Task One_order_has_all_that_is_known_of_it()
    {
        var node = NewNode().Sell();
        var items = (await node.AddProductAsync("A", stock: 5, sizes: [8, 9.5m])).Items;
        var number = await node.BuyAsync(items[0].Id, items[1].Id);
        await node.OrderControl.CancelAsync(number, "Called us", "ana");
        await node.OrderControl.RefundAsync(number, "Paid back", "bo");
        await node.Inventory.ImportAsync([Some.Spec("A", price: 999) with { Name = "Renamed" }], release: false, "ana");

        var order = Assert.IsType<OrderLookup.Found>(await node.OrderBook.FindAsync(number)).Order;

        Assert.Equal((number, OrderState.Refunded, 240m, Some.Delivery), (order.Number, order.State, order.Total, order.Delivery));
        Assert.Equal([new("A-8", "Name of A", 8, 120), new("A-9.5", "Name of A", 9.5m, 120)], order.Lines.AsEnumerable());
        Assert.Equal(
            [(OrderState.Placed, "shopper", null), (OrderState.Cancelled, "ana", "Called us"), (OrderState.Refunded, "bo", "Paid back")],
            order.History.Select(step => (step.State, step.Actor, step.Reason)));
        Assert.Equal(order.History.Select(step => step.At).Order(), order.History.Select(step => step.At));
        Assert.Equal(
            [("A-8", -1, "sale", "shopper"), ("A-9.5", -1, "sale", "shopper"), ("A-8", 1, "return", "ana"), ("A-9.5", 1, "return", "ana")],
            order.Ledger.Select(entry => (entry.Sku, entry.Delta, entry.Reason, entry.Actor)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000-0000")]
    [InlineData("\0\ud800")]
    public async Task A_number_that_is_none_finds_nothing(string number) =>
        Assert.IsType<OrderLookup.Unknown>(await NewNode().OrderBook.FindAsync(number));

    [Fact]
    public async Task A_database_out_of_reach_gives_none()
    {
        await using var node = new ShopNode("Host=127.0.0.1;Port=1;Username=nobody;Database=none");
        using var file = new MemoryStream();

        Assert.Null(await node.OrderBook.FindAsync(new OrderQuery()));
        Assert.IsType<OrderLookup.Unavailable>(await node.OrderBook.FindAsync("0000-0000"));
        Assert.False(await node.OrderBook.ExportAsync(new OrderQuery(), file));
        Assert.Equal(0, file.Length);
    }

    private static async Task<OrderFindings> FindAsync(ShopNode node, OrderQuery query) => Assert.IsType<OrderFindings>(await node.OrderBook.FindAsync(query));

    private static async Task<IEnumerable<string>> NumbersAsync(ShopNode node, OrderQuery query) =>
        (await FindAsync(node, query)).Orders.Select(order => order.Number);

    private async Task AddOrdersAsync(params (string Number, string Email)[] orders) => await Database.ExecuteAsync(
        $"""
        insert into orders (number, cart_id, idempotency_key, email, name, address, city, postal_code, country, total)
        select number, 'c', gen_random_uuid(), email, '', '', '', '', '', 0
        from (values {string.Join(", ", orders.Select(order => $"('{order.Number}', '{order.Email}')"))}) as given (number, email)
        """);
}
