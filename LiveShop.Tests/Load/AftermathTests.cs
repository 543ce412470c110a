using LiveShop.Load;

namespace LiveShop.Tests.Load;

public sealed class AftermathTests
{
    private static readonly DateTime Start = new(2026, 11, 21, 12, 0, 0, DateTimeKind.Utc);
    private static readonly Aftermath FromTenToTwenty = new(new Disaster(DisasterKind.KillPostgres, 0, TimeSpan.Zero, TimeSpan.Zero), At(10), At(20));

    [Fact]
    public void A_gap_belongs_to_the_disaster_in_which_it_began()
    {
        var longest = FromTenToTwenty.LongestGap([Gap(1, 9), Gap(11, 13), Gap(19, 24), Gap(21, 60)], At(100));

        Assert.Equal(TimeSpan.FromSeconds(5), longest);
    }

    [Fact]
    public void A_gap_that_is_still_open_lasts_until_now() =>
        Assert.Equal(TimeSpan.FromSeconds(85), FromTenToTwenty.LongestGap([new Gap(At(15), "")], At(100)));

    [Theory]
    [InlineData(9, new[] { 9, 18, 19, 22, 41 })]
    [InlineData(30, new[] { 1, 9, 39 })]
    [InlineData(4, new[] { 1, 10, 14, 18, 20, 40 })]
    [InlineData(30, new[] { 9, 11 })]
    [InlineData(31, new int[0])]
    public void A_pause_between_two_purchases_counts_when_it_touches_the_disaster(int seconds, int[] purchases)
    {
        // In any order, as shoppers write them down.
        var silence = FromTenToTwenty.LongestSilence(purchases.Reverse().Select(At), At(41));

        Assert.Equal(TimeSpan.FromSeconds(seconds), silence);
    }

    private static DateTime At(int second) => Start.AddSeconds(second);

    private static Gap Gap(int from, int to) => new(At(from), "", At(to));
}
