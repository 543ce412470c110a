using System.Globalization;

namespace LiveShop.Load;

/// <summary>What a disaster did to the shop.</summary>
/// <param name="Begun">UTC.</param>
/// <param name="Ready">When every node said again that it takes shoppers (UTC).</param>
internal sealed record Aftermath(Disaster Disaster, DateTime Begun, DateTime Ready)
{
    public TimeSpan Recovery => Ready - Begun;

    /// <summary>The longest time that a tab was without a live page, of those that began while this lasted.</summary>
    public TimeSpan LongestGap(IEnumerable<Gap> gaps, DateTime now) =>
        gaps.Where(gap => gap.From >= Begun && gap.From <= Ready).Select(gap => gap.Length(now)).DefaultIfEmpty().Max();

    /// <summary>The longest time between two purchases that had to do with it: part of it lies within.</summary>
    public TimeSpan LongestSilence(IEnumerable<DateTime> purchases, DateTime end) => Silence.Longest(purchases, Begun, Ready, end);

    public string Describe(DateTime start, IReadOnlyList<Gap> gaps, IReadOnlyList<DateTime> purchases, DateTime now) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Begun - start).TotalSeconds:0} s: {Disaster.Name}{(Disaster.Node > 0 ? $" ({Disaster.Node})" : "")}: all nodes ready after {Recovery.TotalSeconds:0.0} s, longest gap of a tab {LongestGap(gaps, now).TotalSeconds:0.0} s, longest time without a purchase {LongestSilence(purchases, now).TotalSeconds:0.0} s");
}

/// <summary>For how long nobody bought anything.</summary>
internal static class Silence
{
    /// <summary>The longest pause between two purchases, of those that overlap the time from one moment to another.</summary>
    /// <param name="end">When buying ended, if nobody bought after the last one.</param>
    public static TimeSpan Longest(IEnumerable<DateTime> purchases, DateTime from, DateTime to, DateTime end)
    {
        var (longest, before) = (TimeSpan.Zero, from);
        foreach (var at in purchases.Order().Append(end))
        {
            if (at > from && before < to && at - before > longest) longest = at - before;
            before = at;
        }
        return longest;
    }
}
