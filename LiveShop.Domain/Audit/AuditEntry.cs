namespace LiveShop.Domain;

/// <summary>One thing that was done to the store, by whom and when. Never changed or removed, not even by a reset.</summary>
/// <param name="Id">Grows from entry to entry; gaps mean nothing.</param>
/// <param name="At">By the database's clock.</param>
/// <param name="Actor">The operator's name, or what else did it, such as "schedule".</param>
/// <param name="Action">One word, such as "stop".</param>
/// <param name="Subject">What it was done to, by SKU, since ids begin at 1 again after a reset: "product SHU6000", "item SHU6005", "order 7K4M-92QX", "operator ana".</param>
/// <param name="Before">JSON of what the action changed, as it was; null when there was nothing.</param>
/// <param name="After">JSON of the same as it became, and the operator's words where some were asked for.</param>
public sealed record AuditEntry(long Id, DateTimeOffset At, string Actor, string Action, string Subject, string? Before, string? After);

/// <summary>Which entries to find. All that is given must hold.</summary>
/// <param name="Text">Part of the actor, the action, the subject or the JSON, in any case.</param>
/// <param name="Actor">The whole name.</param>
/// <param name="From">This moment or later.</param>
/// <param name="To">Before this moment.</param>
/// <param name="BeforeId">Only entries older than this one: the last of the page before, newest first.</param>
/// <param name="Limit">1 to <see cref="MaxLimit"/>; what is outside counts as the nearest of them.</param>
/// <param name="Action">The whole word.</param>
/// <param name="Subject">How the subject begins, such as "product" or "order 7K4M".</param>
/// <param name="AfterId">Only entries newer than this one: the last of the page before, oldest first.</param>
/// <param name="OldestFirst">Else the newest come first.</param>
public sealed record AuditQuery(
    string? Text = null,
    string? Actor = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    long? BeforeId = null,
    int Limit = 50,
    string? Action = null,
    string? Subject = null,
    long? AfterId = null,
    bool OldestFirst = false)
{
    public const int MaxLimit = 500;
}
