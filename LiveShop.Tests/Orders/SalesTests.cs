using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class SalesTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task What_was_ordered_and_what_the_crowd_took_is_sold_and_the_rest_is_left()
    {
        var node = await NewNode().Sell().WatchAsync();
        var (bought, untouched) = (await node.AddItemAsync(stock: 5), await node.AddItemAsync(stock: 7));
        var cart = await node.FillCartAsync(bought);
        Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(Some.Request(cart)));

        var figures = Assert.IsType<SalesFigures>(await node.Sales.ReadAsync());

        Assert.Equal((1, 120m), (figures.Orders, figures.Revenue));
        Assert.Equal(new ItemSales(Available: 4, Sold: 1), figures.Items[bought]);
        Assert.Equal(new ItemSales(Available: 7, Sold: 0), figures.Items[untouched]);

        await node.SellOutAsync();

        var afterwards = Assert.IsType<SalesFigures>(await node.Sales.ReadAsync());
        Assert.Equal(new ItemSales(Available: 0, Sold: 5), afterwards.Items[bought]);
        Assert.Equal(new ItemSales(Available: 0, Sold: 7), afterwards.Items[untouched]);
        Assert.Equal((1, 120m), (afterwards.Orders, afterwards.Revenue));
    }

    [Fact]
    public async Task What_came_back_is_not_sold_and_what_was_supplied_stays_so()
    {
        var node = await NewNode().Sell().WatchAsync();
        var item = await node.AddItemAsync(stock: 5);
        string[] orders = [await node.BuyAsync(item), await node.BuyAsync(item), await node.BuyAsync(item)];
        await node.DropControl.CorrectStockAsync(item, 10, "Found a box", "ana");

        await node.OrderControl.CancelAsync(orders[0], "Reason", "ana");
        await node.OrderControl.RefundAsync(orders[1], "Reason", "ana");

        var figures = Assert.IsType<SalesFigures>(await node.Sales.ReadAsync());
        Assert.Equal(new ItemSales(Available: 14, Sold: 1), figures.Items[item]);
        Assert.Equal((1, 120m), (figures.Orders, figures.Revenue));
    }

    [Fact]
    public async Task The_same_figures_are_equal()
    {
        var node = await NewNode().WatchAsync();
        await node.AddItemAsync(stock: 5);

        Assert.Equal(await node.Sales.ReadAsync(), await node.Sales.ReadAsync());
    }

    [Fact]
    public async Task Orders_are_counted_by_the_span_of_time_in_which_they_were_placed()
    {
        var node = await NewNode().Sell().WatchAsync();
        var item = await node.AddItemAsync(stock: 5);
        for (var i = 0; i < 4; i++) Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(Some.Request(await node.FillCartAsync(item))));
        var times = new[] { "11:59:59.9", "12:00:10", "12:00:19.9", "12:00:20" };
        for (var i = 0; i < 4; i++) await Database.ExecuteAsync($"update orders set placed_at = '2026-11-21 {times[i]}+00' where id = (select id from orders order by id offset {i} limit 1)");
        var noon = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(
            [new SalesInterval(noon.AddSeconds(10), 2, 240), new SalesInterval(noon.AddSeconds(20), 1, 120)],
            await node.Sales.ReadIntervalsAsync(noon, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_database_out_of_reach_gives_none()
    {
        await using var node = new ShopNode("Host=127.0.0.1;Port=1;Username=nobody;Database=none");

        Assert.Null(await node.Sales.ReadAsync());
        Assert.Null(await node.Sales.ReadIntervalsAsync(DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(10)));
    }
}
