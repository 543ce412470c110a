using LiveShop.Web.Metrics;

namespace LiveShop.Tests;

public sealed class DistributionTests
{
    private static readonly double[] Bounds = [0.1, 0.2, double.PositiveInfinity];

    [Theory]
    [InlineData(0.5, 0.1)]
    [InlineData(0.25, 0.05)]
    [InlineData(0.75, 0.15)]
    [InlineData(1, 0.2)]
    public void A_quantile_lies_within_its_bucket_in_proportion(double share, double value) =>
        Assert.Equal(value, new Distribution(Bounds, [4, 4, 0], 1.2).Quantile(share)!.Value, precision: 9);

    [Fact]
    public void What_lies_beyond_the_last_bound_is_as_large_as_that() => Assert.Equal(0.2, new Distribution(Bounds, [1, 0, 99], 50).Quantile(0.99));

    [Fact]
    public void Nothing_measured_has_no_quantile() => Assert.Null(Distribution.Empty.Quantile(0.99));

    [Fact]
    public void What_was_measured_since_an_earlier_reading_is_the_difference()
    {
        var earlier = new Distribution(Bounds, [4, 1, 0], 0.5);
        var later = new Distribution(Bounds, [4, 1, 2], 2.5);

        Assert.Equal(2, (later - earlier).Count);
        Assert.Equal(1, (later - earlier).Mean);
        Assert.Equal(7, (later - Distribution.Empty).Count);
    }
}
