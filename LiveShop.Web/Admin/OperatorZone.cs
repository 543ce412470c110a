using System.Collections.Immutable;
using System.Globalization;

namespace LiveShop.Web.Admin;

/// <summary>The time zone in which an operator reads and types times. Times are shown with UTC beside them.</summary>
internal sealed class OperatorZone
{
    /// <summary>The name under which <see cref="OperatorPreferences"/> keeps the choice.</summary>
    public const string Preference = "time-zone";

    private const string UtcId = "UTC";

    private readonly TimeZoneInfo zone;

    private OperatorZone(TimeZoneInfo zone) => this.zone = zone;

    public static OperatorZone Utc { get; } = new(TimeZoneInfo.Utc);

    /// <summary>The ids of all zones that this machine knows, UTC first.</summary>
    public static ImmutableArray<string> Ids { get; } =
        [UtcId, .. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => id != UtcId).Distinct().Order(StringComparer.Ordinal)];

    public string Id => zone == TimeZoneInfo.Utc ? UtcId : zone.Id;

    /// <summary>Returns UTC for a zone that this machine does not know.</summary>
    public static OperatorZone Find(string? id) =>
        id is not null and not UtcId && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? new(zone) : Utc;

    public DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).DateTime;

    /// <summary>Writes a time with its zone, and in UTC where that is another.</summary>
    public string Both(DateTimeOffset at)
    {
        var utc = OperatorWords.Time(at);
        if (zone == TimeZoneInfo.Utc) return $"{utc} UTC";
        var local = Local(at);
        // The day is said once where it is the same.
        return $"{local.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} {Id} · {(local.Date == at.UtcDateTime.Date ? utc[11..] : utc)} UTC";
    }

    /// <summary>Reads a time on the zone's clocks. Of the two that clocks show when they are put back, it is the earlier.</summary>
    /// <returns>Null for a time that clocks skip when they are put forward, and for one outside of the calendar in UTC.</returns>
    public DateTimeOffset? Read(DateTime local)
    {
        var time = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(time)) return null;
        var offset = zone.IsAmbiguousTime(time) ? zone.GetAmbiguousTimeOffsets(time).Max() : zone.GetUtcOffset(time);
        var utc = time.Ticks - offset.Ticks;
        return utc >= DateTime.MinValue.Ticks && utc <= DateTime.MaxValue.Ticks ? new DateTimeOffset(time, offset) : null;
    }
}
