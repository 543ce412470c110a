using System.Collections.Immutable;
using LiveShop.Domain;
using LiveShop.Web.Admin;

namespace LiveShop.Tests;

public sealed class DropHistoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(15);

    private readonly DropHistory history = new(TimeSpan.FromSeconds(10));

    [Fact]
    public void It_has_a_point_for_each_ten_seconds_of_the_last_fifteen_minutes()
    {
        var points = Read(Noon.AddSeconds(4), orders: 0);

        Assert.Equal(91, points.Count);
        Assert.Equal((Noon.AddMinutes(-15), Noon), (points[0].At, points[^1].At));
    }

    [Fact]
    public void Orders_and_revenue_add_up_to_those_of_now_and_the_pace_is_that_of_each_span()
    {
        Add(Noon, total: 1035, new(Noon.AddSeconds(-20), 30, 3600), new(Noon, 5, 600));

        var points = history.Read(Noon, Sold(1035, 124_200));

        Assert.Equal(
            [(1030, 3m, 123_600m), (1030, 0m, 123_600m), (1035, 0.5m, 124_200m)],
            points.TakeLast(3).Select(point => (point.Orders, (decimal)point.OrdersPerSecond, point.Revenue)));
    }

    [Fact]
    public void The_pace_of_the_running_span_is_that_of_its_time_and_the_span_before()
    {
        Add(Noon.AddSeconds(2), total: 36, new(Noon.AddSeconds(-10), 30, 3600), new(Noon, 6, 720));

        Assert.Equal(3, Read(Noon.AddSeconds(2), orders: 36)[^1].OrdersPerSecond);
    }

    [Fact]
    public void Shoppers_and_refusals_stay_as_they_were_counted_last()
    {
        history.Cover(Noon - Recent, Noon);
        history.Count(Noon.AddSeconds(-15), shoppers: 3, refused: 7);
        history.Count(Noon.AddSeconds(-11), shoppers: 4, refused: 8);
        history.Count(Noon.AddSeconds(10), shoppers: 2, refused: 9);

        Assert.Equal([(0, 0L), (4, 8L), (4, 8L), (4, 8L), (2, 9L)], Read(Noon.AddSeconds(10), orders: 0).TakeLast(5).Select(point => (point.Shoppers, point.Refused)));
    }

    [Fact]
    public void Only_what_may_have_changed_is_read_again()
    {
        history.Cover(Noon - Recent, Noon);
        Assert.Equal(Noon.AddMinutes(-15), history.MissingSince(total: 1));
        Add(Noon, total: 1);

        history.Cover(Noon.AddSeconds(1) - Recent, Noon.AddSeconds(1));
        Assert.Equal(Noon.AddSeconds(-20), history.MissingSince(total: 1));
        history.Cover(Noon.AddHours(1) - Recent, Noon.AddHours(1));
        Assert.Equal(Noon.AddMinutes(45), history.MissingSince(total: 1));
    }

    [Fact]
    public void What_is_read_again_takes_the_place_of_what_was_there()
    {
        Add(Noon, total: 35, new(Noon.AddMinutes(-5), 30, 3600), new(Noon, 5, 600));
        Add(Noon.AddSeconds(1), total: 36, new SalesInterval(Noon, 6, 720));

        Assert.Equal(30, Read(Noon.AddSeconds(1), orders: 36)[^2].Orders);
    }

    [Fact]
    public void Fewer_orders_than_before_have_everything_read_again_because_the_store_was_emptied()
    {
        Add(Noon, total: 35, new SalesInterval(Noon.AddMinutes(-5), 35, 3600));
        Add(Noon.AddSeconds(1), total: 0);

        Assert.All(Read(Noon.AddSeconds(1), orders: 0), point => Assert.Equal(0, point.Orders));
    }

    [Theory]
    [InlineData(60, 10)]
    [InlineData(900, 10)]
    [InlineData(901, 20)]
    [InlineData(7_200, 120)]
    [InlineData(86_400, 1_800)]
    [InlineData(86_400 * 1_000, 86_400 * 12)]
    public void Spans_grow_with_the_time_that_is_covered_so_that_there_are_never_many(int covered, int length)
    {
        history.Cover(Noon.AddSeconds(-covered), Noon);

        Assert.Equal(TimeSpan.FromSeconds(length), history.Length);
        Assert.InRange(history.Read(Noon, Sold(0, 0)).Count, 2, DropHistory.MostSpans + 1);
    }

    [Fact]
    public void What_was_counted_stays_when_spans_grow_and_sales_are_read_again_in_the_new_spans()
    {
        history.Cover(Noon, Noon.AddMinutes(10));
        history.Count(Noon.AddMinutes(10), shoppers: 70, refused: 0);
        history.Add(Noon.AddMinutes(10), total: 1, Noon, [new SalesInterval(Noon.AddSeconds(10), 1, 120)]);

        history.Cover(Noon, Noon.AddMinutes(20));

        Assert.Equal(Noon, history.MissingSince(total: 1));
        Assert.Equal(70, history.Read(Noon.AddMinutes(20), Sold(1, 120))[^1].Shoppers);
    }

    [Fact]
    public void A_drop_begins_with_the_first_of_releases_that_are_less_than_six_hours_apart()
    {
        Assert.Null(DropHistory.BeganAt([Released(null)]));
        Assert.Equal(Noon, DropHistory.BeganAt(new[] { 300, 0, -400 }.Select(minutes => Released(Noon.AddMinutes(minutes)))));
    }

    private void Add(DateTimeOffset now, int total, params SalesInterval[] intervals)
    {
        history.Cover(now - Recent, now);
        history.Add(now, total, history.MissingSince(total), intervals);
    }

    private IReadOnlyList<HistoryPoint> Read(DateTimeOffset now, int orders)
    {
        history.Cover(now - Recent, now);
        return history.Read(now, Sold(orders, orders * 120));
    }

    private static SalesFigures Sold(int orders, decimal revenue) => new(orders, revenue, ImmutableSortedDictionary<int, ItemSales>.Empty);

    private static Product Released(DateTimeOffset? at) => new(1, "A", "Brand", "Name", "red", 120, at, ScheduledAt: null, Version: 1, Items: []);
}
