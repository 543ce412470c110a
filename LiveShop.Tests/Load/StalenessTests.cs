using LiveShop.Domain;
using LiveShop.Load;

namespace LiveShop.Tests.Load;

public sealed class StalenessTests
{
    private const int Item = 7;

    private static readonly DateTime Start = DateTime.UtcNow.AddMinutes(-1);

    [Fact]
    public void A_tab_is_as_late_as_the_batch_that_shows_the_level()
    {
        var late = new Staleness([Tab((StockLevel.High, 0), (StockLevel.Low, 1040)), Tab((StockLevel.High, 0), (StockLevel.Low, 1060))], [Change(StockLevel.Low, 1000)]);

        Assert.Equal([40, 60], late.Milliseconds.Sorted.Select(time => Math.Round(time)));
        Assert.Equal((40, 60), (Math.Round(late.Median.Median), Math.Round(late.Last.Max)));
        Assert.Equal(0, late.Missed);
    }

    [Fact]
    public void A_later_level_shows_the_ones_that_it_covers()
    {
        var late = new Staleness([Tab((StockLevel.High, 0), (StockLevel.Out, 1100))], [Change(StockLevel.Medium, 1000), Change(StockLevel.Low, 1020), Change(StockLevel.Out, 1050)]);

        Assert.Equal([50, 80, 100], late.Milliseconds.Sorted.Select(time => Math.Round(time)));
        Assert.Equal(0, late.Missed);
    }

    [Fact]
    public void A_change_that_a_tab_never_shows_is_missed()
    {
        var late = new Staleness([Tab((StockLevel.High, 0), (StockLevel.Medium, 1010))], [Change(StockLevel.Medium, 1000), Change(StockLevel.Low, 2000)]);

        Assert.Equal((1, 1), (late.Milliseconds.Count, late.Missed));
    }

    [Fact]
    public void A_tab_that_comes_after_a_change_or_closes_right_after_it_owes_nothing()
    {
        var closed = new TabLog(Start, Start.AddMilliseconds(1500), [new LevelSeen(Item, StockLevel.High, Start)]);
        var opened = new TabLog(Start.AddMilliseconds(1200), DateTime.MaxValue, [new LevelSeen(Item, StockLevel.Low, Start.AddMilliseconds(1200))]);

        var late = new Staleness([closed, opened], [Change(StockLevel.Low, 1000)]);

        Assert.Equal((0, 0), (late.Milliseconds.Count, late.Missed));
    }

    private static TabLog Tab(params (StockLevel Level, int At)[] seen) =>
        new(Start, DateTime.MaxValue, [.. seen.Select(level => new LevelSeen(Item, level.Level, Start.AddMilliseconds(level.At)))]);

    private static LevelChange Change(StockLevel to, int at) => new(Item, to, Start.AddMilliseconds(at));
}
