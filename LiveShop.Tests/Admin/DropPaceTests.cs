using System.Collections.Immutable;
using LiveShop.Domain;
using LiveShop.Web.Admin;

namespace LiveShop.Tests;

public sealed class DropPaceTests
{
    private readonly DropPace pace = new();

    [Fact]
    public void It_is_the_mean_of_the_last_ten_seconds()
    {
        PaceFigures last = PaceFigures.None;
        for (var second = 0; second <= 30; second++) last = Add(second, orders: second < 20 ? 0 : (second - 20) * 4, sold: second * 2);

        Assert.Equal(4, last.OrdersPerSecond);
        Assert.Equal(2, last.PairsPerSecond[7]);
    }

    [Fact]
    public void What_does_not_sell_has_none()
    {
        Add(0, orders: 5, sold: 9);

        Assert.Empty(Add(5, orders: 5, sold: 9).PairsPerSecond);
    }

    [Fact]
    public void Nothing_is_said_of_a_time_in_which_nobody_watched_or_of_a_store_that_was_emptied()
    {
        Add(0, orders: 5, sold: 9);
        Assert.Equal(PaceFigures.None, Add(600, orders: 500, sold: 900));
        Assert.Equal(PaceFigures.None, Add(602, orders: 0, sold: 0));
    }

    private PaceFigures Add(int second, int orders, int sold) =>
        pace.Add(second, frequency: 1, new SalesFigures(orders, 0, ImmutableSortedDictionary<int, ItemSales>.Empty.Add(7, new ItemSales(Available: 100, Sold: sold))));
}
