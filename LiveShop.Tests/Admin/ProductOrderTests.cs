using LiveShop.Tests.Harness;
using LiveShop.Web.Admin;
using Microsoft.Extensions.Time.Testing;

namespace LiveShop.Tests;

public sealed class ProductOrderTests
{
    private readonly FakeTimeProvider time = new();
    private readonly ProductOrder order;

    public ProductOrderTests() => order = new(time);

    [Fact]
    public void At_first_the_fastest_is_first_and_what_does_not_sell_stands_by_its_life()
    {
        order.Update([Rank(1, 0, ProductGroup.Gone), Rank(2, 0, ProductGroup.ComingSoon), Rank(3, 0, ProductGroup.OnSale), Rank(4, 2), Rank(5, 9)], isHeld: false);

        Assert.Equal([5, 4, 3, 2, 1], order.Ids);
    }

    [Fact]
    public void A_product_passes_another_only_after_the_ranking_differed_for_five_seconds()
    {
        order.Update([Rank(1, 5), Rank(2, 1)], isHeld: false);

        Assert.False(order.Update([Rank(1, 5), Rank(2, 9)], isHeld: false));
        time.Advance(ProductOrder.Calm / 2);
        Assert.False(order.Update([Rank(1, 5), Rank(2, 9)], isHeld: false));
        Assert.Equal([1, 2], order.Ids);
        time.Advance(ProductOrder.Calm / 2);

        Assert.True(order.Update([Rank(1, 5), Rank(2, 9)], isHeld: false));
        Assert.Equal([2, 1], order.Ids);
    }

    [Fact]
    public void A_ranking_that_comes_back_in_between_moves_nothing()
    {
        order.Update([Rank(1, 5), Rank(2, 1)], isHeld: false);
        for (var second = 0; second < 20; second++)
        {
            order.Update([Rank(1, 5), Rank(2, second % 3 == 0 ? 1 : 9)], isHeld: false);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([1, 2], order.Ids);
    }

    [Fact]
    public void A_product_that_sells_a_little_faster_stays_where_it_is()
    {
        order.Update([Rank(1, 5), Rank(2, 4)], isHeld: false);

        After([Rank(1, 5), Rank(2, 6)]);

        Assert.Equal([1, 2], order.Ids);
    }

    [Fact]
    public void A_product_that_begins_to_sell_goes_all_the_way_at_once()
    {
        order.Update([Rank(1, 5), Rank(2, 4), Rank(3, 3), Rank(4, 0)], isHeld: false);

        After([Rank(1, 5), Rank(2, 4), Rank(3, 3), Rank(4, 50)]);

        Assert.Equal([4, 1, 2, 3], order.Ids);
    }

    [Fact]
    public void Nothing_moves_while_it_is_held_but_products_come_and_go()
    {
        order.Update([Rank(1, 5), Rank(2, 1), Rank(3, 0)], isHeld: false);

        After([Rank(2, 9), Rank(3, 0), Rank(1, 1), Rank(4, 99)], isHeld: true);
        Assert.Equal([1, 2, 3, 4], order.Ids);
        After([Rank(2, 9), Rank(4, 99)], isHeld: true);

        Assert.Equal([2, 4], order.Ids);
    }

    private void After(ProductRank[] ranks, bool isHeld = false)
    {
        order.Update(ranks, isHeld);
        time.Advance(ProductOrder.Calm);
        order.Update(ranks, isHeld);
    }

    private static ProductRank Rank(int id, double pace, ProductGroup group = ProductGroup.OnSale) => new(id, pace, group);
}
