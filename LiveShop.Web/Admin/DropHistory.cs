using LiveShop.Domain;

namespace LiveShop.Web.Admin;

/// <summary>
/// The last fifteen minutes in spans of ten seconds. What was sold comes from the database, and only what may have changed is
/// read again; how many shoppers there were nobody stores, so that is what this node has seen since it started.
/// </summary>
internal sealed class DropHistory
{
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    /// <summary>An order carries the time at which its transaction began; it can be seen this much later at most, as a batch gives up before.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(15);

    private readonly SortedDictionary<DateTimeOffset, int> shoppers = [];
    private readonly SortedDictionary<DateTimeOffset, SalesInterval> sales = [];
    private DateTimeOffset readUpTo;
    private int orders;

    /// <summary>How many shoppers there are now.</summary>
    public void Count(DateTimeOffset now, int present)
    {
        shoppers[StartOf(now)] = present;
        Forget(shoppers, now);
    }

    /// <summary>Since when sales must be read again.</summary>
    /// <param name="total">Orders by the newest figures; fewer than before are orders that are gone, whenever they were placed.</param>
    public DateTimeOffset MissingSince(DateTimeOffset now, int total)
    {
        var earliest = StartOf(now - Span);
        return total < orders || readUpTo < earliest ? earliest : StartOf(readUpTo - Lateness);
    }

    /// <summary>Takes in what was sold since <see cref="MissingSince"/>.</summary>
    public void Add(DateTimeOffset now, int total, DateTimeOffset since, IReadOnlyList<SalesInterval> intervals)
    {
        foreach (var start in sales.Keys.Where(start => start >= since).ToList()) sales.Remove(start);
        foreach (var interval in intervals) sales[interval.Start] = interval;
        Forget(sales, now);
        (readUpTo, orders) = (now, total);
    }

    /// <summary>One point for each span, oldest first; the last is the one that runs.</summary>
    public IReadOnlyList<HistoryPoint> Read(DateTimeOffset now)
    {
        var points = new List<HistoryPoint>();
        var (present, ordered, revenue) = (0, 0, 0m);
        for (var start = StartOf(now - Span); start <= now; start += Length)
        {
            if (shoppers.TryGetValue(start, out var counted)) present = counted;
            var sold = sales.GetValueOrDefault(start);
            (ordered, revenue) = (ordered + sold.Orders, revenue + sold.Revenue);
            points.Add(new HistoryPoint(start, present, ordered, sold.Orders / Length.TotalSeconds, revenue));
        }
        return points;
    }

    private static void Forget<T>(SortedDictionary<DateTimeOffset, T> spans, DateTimeOffset now)
    {
        while (spans.Count > 0 && spans.First().Key < StartOf(now - Span)) spans.Remove(spans.First().Key);
    }

    private static DateTimeOffset StartOf(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % Length.Ticks), TimeSpan.Zero);
}

/// <param name="At">When the span began.</param>
/// <param name="Orders">Since the oldest point.</param>
/// <param name="Revenue">Since the oldest point, US dollars.</param>
public readonly record struct HistoryPoint(DateTimeOffset At, int Shoppers, int Orders, double OrdersPerSecond, decimal Revenue)
{
    /// <summary><see cref="At"/> as a number, for the axis of a chart.</summary>
    public double Second => At.ToUnixTimeSeconds();
}
