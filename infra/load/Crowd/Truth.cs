using System.Diagnostics;

namespace LiveShop.Load;

/// <summary>Whether tabs show what the database says.</summary>
internal static class Truth
{
    /// <summary>How many of the tabs show another level of any item than the database holds, or none, after they had time to put it right.</summary>
    /// <param name="patience">When this is over, who is wrong stays wrong.</param>
    public static Task<int> WrongTabsAsync(Run run, IReadOnlyList<StoreTab> tabs, TimeSpan patience, CancellationToken stop) =>
        WrongTabsAsync(run, tabs, tab => tab.Circuit.Lost is null ? tab : null, patience, stop);

    /// <summary>The same for tabs that may be without a live page at times, and are wrong then.</summary>
    public static Task<int> WrongTabsAsync(Run run, IReadOnlyList<LivingTab> tabs, TimeSpan patience, CancellationToken stop) =>
        WrongTabsAsync(run, tabs, tab => tab.Page, patience, stop);

    private static async Task<int> WrongTabsAsync<T>(Run run, IReadOnlyList<T> tabs, Func<T, StoreTab?> livePage, TimeSpan patience, CancellationToken stop)
    {
        var levels = (await run.Database.StockAsync()).ToDictionary(item => item.Key, item => run.Options.Levels.Of(item.Value));
        var wrong = tabs;
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(50, stop))
        {
            wrong = [.. wrong.Where(tab => livePage(tab)?.Levels is not { } shown || shown.Count != levels.Count || levels.Any(item => shown.GetValueOrDefault(item.Key) != item.Value))];
            if (wrong.Count == 0 || waited.Elapsed > patience) return wrong.Count;
        }
    }
}
