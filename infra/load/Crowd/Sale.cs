using LiveShop.Domain;

namespace LiveShop.Load;

/// <summary>What the ledger tells of a drop.</summary>
internal sealed class Sale(IReadOnlyDictionary<int, int> stockBefore, IReadOnlyList<Movement> movements, DateTime released)
{
    private const int PlotPoints = 200;

    private readonly DateTime[] sold = [.. movements.Where(movement => movement.Reason == "sale").Select(movement => movement.At).Order()];

    public DateTime Released => released;

    public int Stock => stockBefore.Values.Sum();

    public int Sold => sold.Length;

    /// <summary>Until the last sale.</summary>
    public TimeSpan Length => Sold == 0 ? TimeSpan.Zero : sold[^1] - released;

    public List<LevelChange> Changes(StockLevels levels) => LevelChange.Of(stockBefore, movements, levels);

    public Plot PairsLeft() => new(
        "Pairs left", "s from the release", "pairs", [new Curve("pairs", [.. Times().Select(time => new Point(Seconds(time), Stock - sold.Count(at => at <= time)))])]);

    /// <summary>What is true, and what the tabs show on average.</summary>
    public Plot SoldOutSizes(IReadOnlyList<StoreTab> tabs, IReadOnlyList<LevelChange> changes)
    {
        var outAtFirst = stockBefore.Values.Count(pairs => pairs == 0);
        var gone = changes.Where(change => change.To == StockLevel.Out).Select(change => change.At).ToArray();
        var shown = tabs.Select(tab => (tab.LiveSince, tab.LiveUntil, Gone: tab.Seen.Where(seen => seen.Level == StockLevel.Out).Select(seen => seen.At).ToArray())).ToArray();
        return new Plot("Sizes that are gone", "s from the release", "sizes",
        [
            new Curve("in the database", [.. Times().Select(time => new Point(Seconds(time), outAtFirst + gone.Count(at => at <= time)))]),
            new Curve("on the screens, on average", [.. Times().Select(time => new Point(Seconds(time), Math.Round(
                shown.Where(tab => tab.LiveSince <= time && time < tab.LiveUntil).Select(tab => (double)tab.Gone.Count(at => at <= time)).DefaultIfEmpty().Average(), 2)))]),
        ]);
    }

    private double Seconds(DateTime time) => Math.Round((time - released).TotalSeconds, 3);

    private IEnumerable<DateTime> Times() => Enumerable.Range(0, PlotPoints + 1).Select(i => released + ((Length + TimeSpan.FromSeconds(1)) * i / PlotPoints));
}
