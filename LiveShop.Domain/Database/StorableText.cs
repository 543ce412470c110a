using System.Text;

namespace LiveShop.Domain;

/// <summary>What of a typed text PostgreSQL can store.</summary>
internal static class StorableText
{
    /// <summary>The text without blanks around; by way of UTF-8, in which half a surrogate pair becomes a replacement character.</summary>
    public static string Of(string? typed) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(typed ?? "")).Replace("\0", "", StringComparison.Ordinal).Trim();
}
