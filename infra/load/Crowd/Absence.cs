namespace LiveShop.Load;

/// <summary>For how long tabs had no live page.</summary>
internal sealed class Absence
{
    /// <param name="tabs">The gaps of each tab.</param>
    /// <param name="now">What an open gap lasts until (UTC).</param>
    public Absence(IReadOnlyList<IReadOnlyList<Gap>> tabs, DateTime now)
    {
        var all = tabs.SelectMany(gaps => gaps).ToList();
        OfTabs = new Distribution(tabs.Select(gaps => gaps.Sum(gap => gap.Length(now).TotalMilliseconds)));
        Longest = all.Select(gap => gap.Length(now).TotalMilliseconds).DefaultIfEmpty().Max();
        Mean = (double)all.Count / Math.Max(1, tabs.Count);
        Most = tabs.Select(gaps => gaps.Count).DefaultIfEmpty().Max();
        Dead = tabs.Count(gaps => gaps.Any(gap => gap.IsDeadly(now)));
        DeadEnds = Counted(all.Select(gap => gap.DeadEnd).OfType<string>());
        Reasons = Counted(all.Select(gap => gap.Why)).ToDictionary();
    }

    /// <summary>In milliseconds: of each tab the sum of its gaps.</summary>
    public Distribution OfTabs { get; }

    /// <summary>In milliseconds: the longest single gap.</summary>
    public double Longest { get; }

    /// <summary>Gaps of a tab.</summary>
    public double Mean { get; }

    /// <summary>Gaps of the tab that had the most.</summary>
    public int Most { get; }

    /// <summary>Tabs that stayed away for too long at least once.</summary>
    public int Dead { get; }

    public IReadOnlyList<KeyValuePair<string, int>> DeadEnds { get; }

    public IReadOnlyDictionary<string, int> Reasons { get; }

    private static List<KeyValuePair<string, int>> Counted(IEnumerable<string> words) =>
        [.. words.GroupBy(word => word).Select(group => KeyValuePair.Create(group.Key, group.Count())).OrderByDescending(group => group.Value)];
}
