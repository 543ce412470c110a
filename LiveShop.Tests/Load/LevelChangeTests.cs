using LiveShop.Domain;
using LiveShop.Load;

namespace LiveShop.Tests.Load;

public sealed class LevelChangeTests
{
    private static readonly DateTime Noon = new(2026, 11, 21, 12, 0, 0, DateTimeKind.Utc);
    private static readonly StockLevels Levels = new(LowBelow: 2, MediumBelow: 4);

    [Fact]
    public void The_ledger_tells_when_an_item_came_to_another_level()
    {
        var changes = Changes(stock: 5, (-1, 0), (-1, 1), (-1, 2), (-1, 3), (-1, 4));

        Assert.Equal([(StockLevel.Medium, 1), (StockLevel.Low, 3), (StockLevel.Out, 4)], changes);
    }

    [Fact]
    public void Rows_of_one_commit_are_one_change()
    {
        Assert.Equal([(StockLevel.Out, 1)], Changes(stock: 5, (-1, 1), (-3, 1), (-1, 1)));
    }

    [Fact]
    public void A_return_is_a_change_too()
    {
        Assert.Equal([(StockLevel.Out, 1), (StockLevel.Low, 2)], Changes(stock: 1, (-1, 1), (+1, 2)));
    }

    private static IEnumerable<(StockLevel, int)> Changes(int stock, params (int Delta, int Second)[] movements) => LevelChange
        .Of(new Dictionary<int, int> { [7] = stock }, movements.Select(row => new Movement(7, row.Delta, "sale", Noon.AddSeconds(row.Second))), Levels)
        .Select(change => (change.To, (int)(change.At - Noon).TotalSeconds));
}
