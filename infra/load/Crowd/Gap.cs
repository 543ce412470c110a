namespace LiveShop.Load;

/// <summary>A time in which a tab had no live page.</summary>
/// <param name="From">When the server asked for a reload, or the connection was lost (UTC).</param>
/// <param name="To">When the page was live again (UTC); null as long as it is not.</param>
/// <param name="DeadEnd">Where a browser would have stayed for good, had the shopper not reloaded by hand; null without such a place.</param>
internal sealed record Gap(DateTime From, string Why, DateTime? To = null, string? DeadEnd = null)
{
    /// <summary>Longer than this, and the tab is dead.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <param name="now">What an open one lasts until (UTC).</param>
    public TimeSpan Length(DateTime now) => (To ?? now) - From;

    public bool IsDeadly(DateTime now) => DeadEnd is not null || Length(now) > Limit;
}
