using LiveShop.Load;

namespace LiveShop.Tests.Load;

public sealed class AbsenceTests
{
    private const string Asked = "The server asked for a reload.";

    private static readonly DateTime Start = new(2026, 11, 21, 12, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Now = Start.AddMinutes(10);

    [Fact]
    public void The_times_without_a_live_page_of_one_tab_add_up()
    {
        var absence = new Absence([[Gap(0, 200), Gap(1000, 300)], [Gap(0, 100)], []], Now);

        Assert.Equal([0, 100, 500], absence.OfTabs.Sorted);
        Assert.Equal((300, 1, 2, 0), (absence.Longest, absence.Mean, absence.Most, absence.Dead));
        Assert.Equal(3, absence.Reasons[Asked]);
    }

    [Fact]
    public void A_tab_that_was_away_for_longer_than_a_minute_is_dead() =>
        Assert.Equal(1, new Absence([[Gap(0, 60_000)], [Gap(0, 100), Gap(1000, 60_001)]], Now).Dead);

    [Fact]
    public void So_is_one_that_has_not_come_back_for_so_long() =>
        Assert.Equal(1, new Absence([[new Gap(Now.AddSeconds(-59), Asked)], [new Gap(Now.AddSeconds(-61), Asked)]], Now).Dead);

    [Fact]
    public void And_one_that_only_a_shopper_who_reloads_brought_back()
    {
        var absence = new Absence([[Gap(0, 200) with { DeadEnd = "The reload was answered 502." }]], Now);

        Assert.Equal(1, absence.Dead);
        Assert.Equal("The reload was answered 502.", absence.DeadEnds.Single().Key);
    }

    [Fact]
    public void The_script_tries_ten_times_at_once_and_gives_up_after_thirty_times()
    {
        var pauses = Enumerable.Range(0, 31).Select(RejoinPause.Before).ToList();

        Assert.All(pauses.Take(10), pause => Assert.Equal(TimeSpan.Zero, pause));
        Assert.All(pauses.Skip(10).Take(20), pause => Assert.True(pause > TimeSpan.Zero));
        Assert.Null(pauses[30]);
    }

    private static Gap Gap(int from, int length) => new(Start.AddMilliseconds(from), Asked, Start.AddMilliseconds(from + length));
}
