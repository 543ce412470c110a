using LiveShop.Domain;

namespace LiveShop.Web.Admin;

/// <summary>
/// The figures of past time in spans of equal length, at most <see cref="MostSpans"/> of them. Sales come from the database, and
/// only spans that may have changed are read again. Nobody stores how many shoppers there were or what was refused: those are
/// the figures that this node has seen since it started.
/// </summary>
internal sealed class DropHistory
{
    public const int MostSpans = 91;

    /// <summary>An order carries the time at which its transaction began. A batch gives up after this time, so no order becomes visible later.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(15);

    /// <summary>Releases that are less than this apart belong to one drop.</summary>
    private static readonly TimeSpan BetweenDrops = TimeSpan.FromHours(6);

    private static readonly int[] Lengths = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400];

    private readonly TimeSpan shortest;
    private readonly SortedDictionary<DateTimeOffset, Seen> counts = [];
    private readonly SortedDictionary<DateTimeOffset, SalesInterval> sales = [];
    private DateTimeOffset from;
    private DateTimeOffset readUpTo;
    private int orders;

    /// <param name="shortest">The shortest span. Spans grow with the time that is covered.</param>
    public DropHistory(TimeSpan shortest) => Length = this.shortest = shortest;

    /// <summary>The length of a span.</summary>
    public TimeSpan Length { get; private set; }

    /// <summary>Returns the first release of the newest drop; null before any release.</summary>
    public static DateTimeOffset? BeganAt(IEnumerable<Product> products)
    {
        DateTimeOffset? began = null;
        foreach (var released in products.Select(product => product.ReleasedAt).OfType<DateTimeOffset>().OrderDescending())
        {
            if (began - released >= BetweenDrops) break;
            began = released;
        }
        return began;
    }

    /// <summary>Sets the beginning of the time that is covered. Call before the other methods, with the same <paramref name="now"/>.</summary>
    public void Cover(DateTimeOffset since, DateTimeOffset now)
    {
        var (length, before) = (LengthFor(now - since), Length);
        if (length != before || since < from) (readUpTo, Length) = (default, length);
        from = StartOf(since);
        if (length != before) Regroup();
        while (counts.Count > 0 && counts.First().Key < from) counts.Remove(counts.First().Key);
        while (sales.Count > 0 && sales.First().Key < from) sales.Remove(sales.First().Key);
    }

    /// <summary>Records how many shoppers there are now, and how many requests this node has refused since it started.</summary>
    public void Count(DateTimeOffset now, int shoppers, long refused) => counts[StartOf(now)] = new(shoppers, refused);

    /// <summary>Returns the time since which sales must be read again.</summary>
    /// <param name="total">Orders by the newest figures. Fewer than before are orders that are gone, whenever they were placed.</param>
    public DateTimeOffset MissingSince(int total)
    {
        var late = readUpTo < from ? from : StartOf(readUpTo - Lateness);
        return total < orders || late < from ? from : late;
    }

    /// <summary>Takes in the sales since <see cref="MissingSince"/>.</summary>
    public void Add(DateTimeOffset now, int total, DateTimeOffset since, IReadOnlyList<SalesInterval> intervals)
    {
        foreach (var start in sales.Keys.Where(start => start >= since).ToList()) sales.Remove(start);
        foreach (var interval in intervals) sales[interval.Start] = interval;
        (readUpTo, orders) = (now, total);
    }

    /// <summary>Returns a point for each span, oldest first. The last is the running one and agrees with the figures of now.</summary>
    public IReadOnlyList<HistoryPoint> Read(DateTimeOffset now, SalesFigures total)
    {
        var points = new List<HistoryPoint>();
        var (seen, before) = (default(Seen), default(SalesInterval));
        // Orders from before, less those that were cancelled meanwhile.
        var ordered = Math.Max(0, total.Orders - sales.Values.Sum(interval => interval.Orders));
        var revenue = Math.Max(0, total.Revenue - sales.Values.Sum(interval => interval.Revenue));
        for (var start = from; start <= now; start += Length)
        {
            if (counts.TryGetValue(start, out var counted)) seen = counted;
            var sold = sales.GetValueOrDefault(start);
            (ordered, revenue) = (ordered + sold.Orders, revenue + sold.Revenue);
            points.Add(new(start, seen.Shoppers, ordered, Rate(sold, before, now - start), revenue, seen.Refused));
            before = sold;
        }
        return points;
    }

    /// <summary>The running span has too little time for a mean of its own, so it shares that of the span before.</summary>
    private double Rate(SalesInterval sold, SalesInterval before, TimeSpan age) => age >= Length
        ? sold.Orders / Length.TotalSeconds
        : (sold.Orders + before.Orders) / (Length + age).TotalSeconds;

    /// <summary>Spans that became longer take in those that they cover. Their last count is the one that stays.</summary>
    private void Regroup()
    {
        foreach (var (start, seen) in counts.ToList())
        {
            counts.Remove(start);
            counts[StartOf(start)] = seen;
        }
    }

    private TimeSpan LengthFor(TimeSpan covered)
    {
        var least = Math.Max(shortest.TotalSeconds, covered.TotalSeconds / (MostSpans - 1));
        var length = Array.Find(Lengths, length => length >= least);
        return TimeSpan.FromSeconds(length > 0 ? length : Math.Ceiling(least / Lengths[^1]) * Lengths[^1]);
    }

    /// <summary>Spans begin at multiples of their length since 1970, as the database groups them.</summary>
    private DateTimeOffset StartOf(DateTimeOffset time)
    {
        var seconds = (long)Length.TotalSeconds;
        return time <= DateTimeOffset.UnixEpoch ? DateTimeOffset.UnixEpoch : DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds() / seconds * seconds);
    }

    private readonly record struct Seen(int Shoppers, long Refused);
}

/// <param name="At">When the span began.</param>
/// <param name="Orders">All orders up to the end of the span.</param>
/// <param name="Revenue">Of all orders up to the end of the span, US dollars.</param>
/// <param name="Refused">By this node from its start to the end of the span.</param>
public readonly record struct HistoryPoint(DateTimeOffset At, int Shoppers, int Orders, double OrdersPerSecond, decimal Revenue, long Refused);

/// <summary>The lines of the charts, oldest point first. Each list is the same object for as long as nothing in it changes.</summary>
/// <param name="Recent">The last fifteen minutes in spans of ten seconds.</param>
/// <param name="WholeDrop">From the first release of the newest drop on; empty before any release.</param>
public sealed record DropCharts(IReadOnlyList<HistoryPoint> Recent, IReadOnlyList<HistoryPoint> WholeDrop)
{
    public static readonly DropCharts None = new([], []);
}
