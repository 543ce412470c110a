using LiveShop.Domain;

namespace LiveShop.Tests;

public sealed class StockLevelTests
{
    [Theory]
    [InlineData(0, StockLevel.Out)]
    [InlineData(1, StockLevel.Low)]
    [InlineData(149, StockLevel.Low)]
    [InlineData(150, StockLevel.Medium)]
    [InlineData(499, StockLevel.Medium)]
    [InlineData(500, StockLevel.High)]
    [InlineData(int.MaxValue, StockLevel.High)]
    public void The_default_levels_begin_at_1_150_and_500(int count, StockLevel level) => Assert.Equal(level, StockLevels.Default.Of(count));

    [Fact]
    public void With_equal_bounds_there_is_no_medium()
    {
        var levels = new StockLevels(LowBelow: 10, MediumBelow: 10);

        Assert.Equal((StockLevel.Low, StockLevel.High), (levels.Of(9), levels.Of(10)));
    }
}
