using System.Collections.Immutable;
using LiveShop.Domain;

namespace LiveShop.Web.Admin;

/// <summary>How fast it sells: the mean of the last ten seconds, from figures that come several times a second.</summary>
internal sealed class DropPace
{
    private const double WindowSeconds = 10;

    private readonly Queue<(long At, SalesFigures Sales)> window = new();

    public PaceFigures Add(long timestamp, long frequency, SalesFigures sales)
    {
        window.Enqueue((timestamp, sales));
        while (window.Count > 2 && Seconds(timestamp - window.Peek().At, frequency) > WindowSeconds) window.Dequeue();
        var (at, earlier) = window.Peek();
        var seconds = Seconds(timestamp - at, frequency);
        // A gap is a time in which nobody watched, or a store that was emptied; neither says how fast it sells.
        if (seconds is < 1 or > 2 * WindowSeconds || sales.Orders < earlier.Orders) return PaceFigures.None;
        return new PaceFigures(
            Math.Round((sales.Orders - earlier.Orders) / seconds, 1),
            sales.Items.Where(item => earlier.Items.TryGetValue(item.Key, out var before) && item.Value.Sold > before.Sold)
                .ToImmutableSortedDictionary(item => item.Key, item => Math.Round((item.Value.Sold - earlier.Items[item.Key].Sold) / seconds, 1)));
    }

    private static double Seconds(long ticks, long frequency) => (double)ticks / frequency;
}

/// <param name="OrdersPerSecond">One decimal.</param>
/// <param name="PairsPerSecond">By item id, one decimal, only of items that sell.</param>
public sealed record PaceFigures(double OrdersPerSecond, ImmutableSortedDictionary<int, double> PairsPerSecond)
{
    public static readonly PaceFigures None = new(0, ImmutableSortedDictionary<int, double>.Empty);

    public bool Equals(PaceFigures? other) =>
        other is not null && OrdersPerSecond.Equals(other.OrdersPerSecond) && PairsPerSecond.SequenceEqual(other.PairsPerSecond);

    public override int GetHashCode() => HashCode.Combine(OrdersPerSecond, PairsPerSecond.Count);
}
