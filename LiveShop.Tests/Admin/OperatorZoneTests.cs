using LiveShop.Web.Admin;

namespace LiveShop.Tests;

public sealed class OperatorZoneTests
{
    private static readonly DateTimeOffset Noon = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_machine_knows_the_worlds_time_zones_and_UTC_comes_first()
    {
        Assert.Equal("UTC", OperatorZone.Ids[0]);
        Assert.Contains("Europe/Berlin", OperatorZone.Ids);
        Assert.Contains("America/New_York", OperatorZone.Ids);
        Assert.Equal(OperatorZone.Ids.Length, OperatorZone.Ids.Distinct().Count());
    }

    [Theory]
    [InlineData("UTC", "2026-12-01 12:00:00 UTC")]
    [InlineData("Europe/Berlin", "2026-12-01 13:00:00 Europe/Berlin · 12:00:00 UTC")]
    [InlineData("Asia/Tokyo", "2026-12-01 21:00:00 Asia/Tokyo · 12:00:00 UTC")]
    [InlineData("Pacific/Kiritimati", "2026-12-02 02:00:00 Pacific/Kiritimati · 2026-12-01 12:00:00 UTC")]
    public void A_time_is_written_in_the_zone_and_in_UTC(string id, string words) => Assert.Equal(words, OperatorZone.Find(id).Both(Noon));

    [Theory]
    [InlineData(null)]
    [InlineData("Nowhere/City")]
    public void A_zone_that_is_not_known_is_UTC(string? id) => Assert.Equal("UTC", OperatorZone.Find(id).Id);

    [Fact]
    public void A_time_on_the_zones_clocks_is_read_with_its_offset() =>
        Assert.Equal(Noon, OperatorZone.Find("Europe/Berlin").Read(new DateTime(2026, 12, 1, 13, 0, 0)));

    [Fact]
    public void A_time_outside_of_the_calendar_in_UTC_is_no_time()
    {
        Assert.Null(OperatorZone.Find("America/New_York").Read(new DateTime(9999, 12, 31, 23, 0, 0)));
        Assert.Null(OperatorZone.Find("Europe/Berlin").Read(DateTime.MinValue));
    }

    [Fact]
    public void A_time_that_clocks_skip_is_no_time() => Assert.Null(OperatorZone.Find("Europe/Berlin").Read(new DateTime(2026, 3, 29, 2, 30, 0)));

    [Fact]
    public void Of_a_time_that_clocks_show_twice_it_is_the_first() =>
        Assert.Equal(new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero), OperatorZone.Find("Europe/Berlin").Read(new DateTime(2026, 10, 25, 2, 30, 0)));
}
