using LiveShop.Web.Admin;

namespace LiveShop.Tests;

public sealed class ChartAxesTests
{
    private static readonly DateTime Noon = new(2026, 11, 21, 12, 0, 0);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.4, 1)]
    [InlineData(3, 2)]
    [InlineData(7, 5)]
    [InlineData(86, 50)]
    [InlineData(1204, 1000)]
    [InlineData(20_000, 10_000)]
    [InlineData(158_000, 100_000)]
    public void The_values_have_few_round_steps(double highest, int step) => Assert.Equal(step, ChartAxes.For(Line(900, highest)).YAxisTicks);

    [Theory]
    [InlineData(12, "HH:mm:ss", 5)]
    [InlineData(900, "HH:mm", 300)]
    [InlineData(86_400, "HH:mm", 28_800)]
    [InlineData(86_400 * 9, "d MMM", 86_400 * 5)]
    [InlineData(86_400 * 900, "d MMM", 86_400 * 300)]
    public void The_time_has_few_round_steps(int seconds, string format, int spacing)
    {
        var axes = ChartAxes.For(Line(seconds, 5));

        Assert.Equal((format, TimeSpan.FromSeconds(spacing)), (axes.TimeLabelFormat, axes.TimeLabelSpacing));
    }

    [Fact]
    public void Who_does_not_see_the_line_reads_where_it_begins_its_highest_value_and_where_it_ends() => Assert.Equal(
        "Shoppers now from 12:00:00 to 12:00:20: first 1, highest 9.5 at 12:00:10, last 4.",
        ChartAxes.Describe("Shoppers now", [(Noon, 1), (Noon.AddSeconds(10), 9.5), (Noon.AddSeconds(20), 4)]));

    private static (DateTime, double)[] Line(int seconds, double highest) => [(Noon, 0), (Noon.AddSeconds(seconds), highest)];
}
