using System.Globalization;
using LiveShop.Web.Cluster;
using LiveShop.Web.Health;

namespace LiveShop.Web.Engine;

internal static class EngineWords
{
    /// <summary>Of the only node its state, of several how many are well and what the others are.</summary>
    public static string StateOf(IReadOnlyList<NodeSight> nodes)
    {
        if (nodes is [var only]) return only.State;
        var others = nodes.Select(node => node.State).Where(state => state != Readiness.Ready).GroupBy(state => state).Select(group => $"{group.Count()} {group.Key}").ToList();
        return others is [] ? $"{nodes.Count} nodes ready" : $"{nodes.Count} nodes, {string.Join(", ", others)}";
    }

    public static string Time(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.##} ms");

    /// <summary>A dash when nothing was shown.</summary>
    public static string Age99(TimeSpan? staleness) => staleness is { } age ? string.Create(CultureInfo.InvariantCulture, $"{age.TotalMilliseconds:0} ms") : "–";

    public static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 100 } => $"{(int)age.TotalSeconds} s",
        { TotalMinutes: < 100 } => $"{(int)age.TotalMinutes} min",
        _ => $"{(int)age.TotalHours} h",
    };

    /// <summary>As a share of one core.</summary>
    public static string Cost(TimeSpan reading) => string.Create(CultureInfo.InvariantCulture, $"{reading / EngineFeed.Interval * 100:0.00} %");
}
