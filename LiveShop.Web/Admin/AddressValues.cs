using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace LiveShop.Web.Admin;

/// <summary>Reads and writes the searches that addresses of lists carry. Anybody may have written an address: what makes no sense counts as not given.</summary>
internal static class AddressValues
{
    /// <summary>Reads a time in UTC, as a browser's field for date and time writes it.</summary>
    public static DateTimeOffset? ReadTime(string? written) =>
        DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    public static long? ReadId(string? written) => long.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>Writes an address without the values that are not given.</summary>
    public static string In(string path, params IEnumerable<(string Key, string? Value)> values) =>
        path + new QueryBuilder(values.Where(value => !string.IsNullOrEmpty(value.Value)).Select(value => KeyValuePair.Create(value.Key, value.Value!)));
}
