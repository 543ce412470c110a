using LiveShop.Domain;
using LiveShop.Web.Admin;

namespace LiveShop.Tests;

public sealed class DropHistoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly DropHistory history = new();

    [Fact]
    public void It_has_a_point_for_each_ten_seconds_of_the_last_fifteen_minutes()
    {
        var points = history.Read(Noon.AddSeconds(4));

        Assert.Equal(91, points.Count);
        Assert.Equal((Noon.AddMinutes(-15), Noon), (points[0].At, points[^1].At));
    }

    [Fact]
    public void Orders_and_revenue_add_up_and_the_pace_is_that_of_each_span()
    {
        Add(Noon, total: 35, new(Noon.AddSeconds(-20), 30, 3600), new(Noon, 5, 600));

        var points = history.Read(Noon);

        Assert.Equal([(30, 3m, 3600m), (30, 0m, 3600m), (35, 0.5m, 4200m)], points.TakeLast(3).Select(point => (point.Orders, (decimal)point.OrdersPerSecond, point.Revenue)));
    }

    [Fact]
    public void Shoppers_stay_as_many_as_were_counted_last()
    {
        history.Count(Noon.AddSeconds(-15), 3);
        history.Count(Noon.AddSeconds(-11), 4);
        history.Count(Noon.AddSeconds(10), 2);

        Assert.Equal([0, 4, 4, 4, 2], history.Read(Noon.AddSeconds(10)).TakeLast(5).Select(point => point.Shoppers));
    }

    [Fact]
    public void Only_what_may_have_changed_is_read_again()
    {
        Assert.Equal(Noon.AddMinutes(-15), history.MissingSince(Noon, total: 1));
        Add(Noon, total: 1);

        Assert.Equal(Noon.AddSeconds(-20), history.MissingSince(Noon.AddSeconds(1), total: 1));
        Assert.Equal(Noon.AddMinutes(45), history.MissingSince(Noon.AddHours(1), total: 1));
    }

    [Fact]
    public void What_is_read_again_takes_the_place_of_what_was_there()
    {
        Add(Noon, total: 35, new(Noon.AddMinutes(-5), 30, 3600), new(Noon, 5, 600));
        Add(Noon.AddSeconds(1), total: 36, new SalesInterval(Noon, 6, 720));

        Assert.Equal(36, history.Read(Noon.AddSeconds(1))[^1].Orders);
    }

    [Fact]
    public void Fewer_orders_than_before_have_everything_read_again_because_the_store_was_emptied()
    {
        Add(Noon, total: 35, new SalesInterval(Noon.AddMinutes(-5), 35, 3600));
        Add(Noon.AddSeconds(1), total: 0);

        Assert.Equal(0, history.Read(Noon.AddSeconds(1))[^1].Orders);
    }

    private void Add(DateTimeOffset now, int total, params SalesInterval[] intervals) =>
        history.Add(now, total, history.MissingSince(now, total), intervals);
}
