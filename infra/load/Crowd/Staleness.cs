using LiveShop.Domain;

namespace LiveShop.Load;

/// <summary>
/// For how long tabs showed what was no longer true: for each tab and each change of a level while it was live, the time from
/// the commit until the batch arrived that showed this level or a later one of the item.
/// </summary>
internal sealed class Staleness
{
    /// <summary>A tab that closes this soon after a change need not have shown it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly List<double> all = [];
    private readonly Dictionary<LevelChange, List<double>> ofChange = [];

    public Staleness(IEnumerable<TabLog> tabs, IReadOnlyList<LevelChange> changes)
    {
        var ofItem = changes.GroupBy(change => change.ItemId).ToDictionary(item => item.Key, item => item.ToArray());
        foreach (var change in changes) ofChange[change] = [];
        foreach (var tab in tabs)
        {
            var seenOfItem = tab.Seen.ToLookup(seen => seen.ItemId);
            foreach (var (itemId, due) in ofItem) Match(tab, due, seenOfItem[itemId]);
        }
        Milliseconds = new Distribution(all);
        Median = new Distribution(ofChange.Values.Where(tabsOfOne => tabsOfOne.Count > 0).Select(tabsOfOne => new Distribution(tabsOfOne).Median));
        Last = new Distribution(ofChange.Values.Where(tabsOfOne => tabsOfOne.Count > 0).Select(tabsOfOne => new Distribution(tabsOfOne).Max));
    }

    /// <summary>Over all tabs and changes.</summary>
    public Distribution Milliseconds { get; }

    /// <summary>Over the changes: of each the median tab, in milliseconds.</summary>
    public Distribution Median { get; }

    /// <summary>Over the changes: of each the last tab, in milliseconds.</summary>
    public Distribution Last { get; }

    /// <summary>Changes that a tab never showed though it had the time.</summary>
    public int Missed { get; private set; }

    private void Match(TabLog tab, LevelChange[] due, IEnumerable<LevelSeen> seen)
    {
        var next = 0;
        foreach (var (_, level, at) in seen)
        {
            var shown = Array.FindIndex(due, next, change => change.To == level && change.At <= at);
            if (shown < 0) continue;
            for (; next <= shown; next++) Count(tab, due[next], at);
        }
        for (; next < due.Length; next++)
        {
            if (due[next].At > tab.LiveSince && due[next].At + Grace < (tab.LiveUntil < DateTime.UtcNow ? tab.LiveUntil : DateTime.UtcNow)) Missed++;
        }
    }

    private void Count(TabLog tab, LevelChange change, DateTime shownAt)
    {
        if (change.At <= tab.LiveSince) return;
        var late = (shownAt - change.At).TotalMilliseconds;
        all.Add(late);
        ofChange[change].Add(late);
    }
}
