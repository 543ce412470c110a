using System.Globalization;
using LiveShop.Domain;

namespace LiveShop.Web.Admin;

/// <summary>What the dashboard says to operators.</summary>
internal static class OperatorWords
{
    public const string Unavailable = "The database is out of reach. Try again in a moment; doing it twice is safe.";

    /// <summary>A plain number: dashboards are read by people and by tests.</summary>
    public static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    public static string Rate(double perSecond) => perSecond.ToString("0.#", CultureInfo.InvariantCulture);

    public static string Dollars(decimal dollars) => dollars.ToString("0", CultureInfo.InvariantCulture);

    /// <param name="zone">The operator's time zone; null writes UTC.</param>
    public static string State(Product product, long left, double pace, OperatorZone? zone = null) => product switch
    {
        { IsReleased: true, StopReason: not null } => "paused",
        { ReleasedAt: { } at } when left == 0 => $"released {Clock(at)} · gone",
        { ReleasedAt: { } at } when pace > 0 => $"released {Clock(at)} · sells out in about {GoneIn(left, pace)}",
        { ReleasedAt: { } at } => $"released {Clock(at)}",
        { ScheduledAt: { } at } => $"opens {(zone ?? OperatorZone.Utc).Both(at)}",
        _ => "coming soon",
    };

    /// <summary>The state of a product where one line has to do.</summary>
    public static string ShortState(Product product, long left, double pace) => product switch
    {
        { IsReleased: true, StopReason: not null } => "paused",
        { IsReleased: true } when left == 0 => "gone",
        { IsReleased: true } when pace > 0 => $"gone in {GoneIn(left, pace)}",
        { IsReleased: true } => "released",
        { ScheduledAt: { } at } => $"opens {Time(at)} UTC",
        _ => "coming soon",
    };

    /// <summary>A length of time by its two largest units, such as 2 h 3 min.</summary>
    public static string Long(TimeSpan time) => time switch
    {
        { TotalDays: >= 1 } => $"{(int)time.TotalDays} d {time.Hours} h",
        { TotalHours: >= 1 } => $"{time.Hours} h {time.Minutes} min",
        { TotalMinutes: >= 1 } => $"{time.Minutes} min {time.Seconds} s",
        _ => $"{time.Seconds} s",
    };

    /// <summary>How long what is left lasts at this pace.</summary>
    public static string GoneIn(long left, double perSecond) => (left, perSecond) switch
    {
        (0, _) => "gone",
        (_, 0) => "–",
        _ when left / perSecond < 90 => $"{Math.Ceiling(left / perSecond)} s",
        _ when left / perSecond < 5400 => $"{Math.Ceiling(left / perSecond / 60)} min",
        _ => "over 90 min",
    };

    public static string Of(ReleaseOutcome outcome, string product) => outcome switch
    {
        ReleaseOutcome.Released => $"{product} is released.",
        ReleaseOutcome.AlreadyReleased => $"{product} was released before.",
        ReleaseOutcome.PriceChanged => $"{product} has another price by now. Look at it again, then release it.",
        ReleaseOutcome.UnknownProduct => $"{product} is not in the store any more.",
        _ => Unavailable,
    };

    public static string Of(ScheduleOutcome outcome, string product) => outcome switch
    {
        ScheduleOutcome.Scheduled => $"{product} is scheduled.",
        ScheduleOutcome.Cleared => $"{product} has no schedule.",
        ScheduleOutcome.AlreadyReleased => $"{product} was released before.",
        ScheduleOutcome.UnknownProduct => $"{product} is not in the store any more.",
        ScheduleOutcome.InThePast => "That time is past. Choose a later one, or release now.",
        _ => Unavailable,
    };

    public static string Stopped(StopOutcome outcome, string product) =>
        outcome == StopOutcome.Done ? $"The sale of {product} is paused." : Of(outcome, $"The sale of {product} was paused before.");

    public static string Resumed(StopOutcome outcome, string product) =>
        outcome == StopOutcome.Done ? $"The sale of {product} goes on." : Of(outcome, $"The sale of {product} was not paused.");

    public static string Of(CorrectionOutcome outcome, string item) => outcome switch
    {
        CorrectionOutcome.Done done => $"{item}: {Count(done.Available)} pairs left.",
        CorrectionOutcome.Unknown => $"{item} is not in the store any more.",
        CorrectionOutcome.WouldBeNegative => $"{item} has fewer pairs left than that. Nothing was changed there.",
        CorrectionOutcome.WouldBeTooMany => $"{item} would have more than 1,000,000 pairs. Nothing was changed there.",
        CorrectionOutcome.ReasonMissing => "Say why.",
        CorrectionOutcome.NothingToDo => "Say how many pairs: 10, or -10.",
        _ => "The database did not confirm. Look at what is left before you repeat it.",
    };

    public static string Of(RefusalReason reason) => reason switch
    {
        RefusalReason.Gone => "gone",
        RefusalReason.Limit => "limit",
        RefusalReason.NotOnSale => "not on sale",
        RefusalReason.Changed => "changed",
        RefusalReason.Busy => "busy",
        _ => "database away",
    };

    private static string Of(StopOutcome outcome, string alreadySo) => outcome switch
    {
        StopOutcome.AlreadySo => alreadySo,
        StopOutcome.ReasonMissing => "Say why: shoppers read it.",
        StopOutcome.Unknown => "That is not in the store any more.",
        _ => Unavailable,
    };

    /// <summary>The widths of one row's bar: what is sold, what is in carts of the rest, what is left beside them.</summary>
    public static string Bar(ItemSales sales, int held)
    {
        if (sales.Sold + sales.Available == 0) return "background:var(--line)";
        var all = sales.Sold + sales.Available;
        var sold = 100.0 * sales.Sold / all;
        var heldTo = sold + (100.0 * Math.Min(held, sales.Available) / all);
        return string.Create(CultureInfo.InvariantCulture, $"--sold:{sold:0.#}%;--held-to:{heldTo:0.#}%");
    }

    /// <summary>In UTC, which whatever stands around it says.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>As <see cref="Time"/>, without the seconds.</summary>
    public static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
