namespace LiveShop.Web.Pictures;

internal static class StableHash
{
    /// <summary>
    /// FNV-1a over the UTF-16 code units, then mixed so that its low bits may be used alone. The same in every process,
    /// unlike <see cref="string.GetHashCode()"/>.
    /// </summary>
    public static uint Of(string text)
    {
        var hash = 2166136261u;
        foreach (var unit in text)
            hash = unchecked((hash ^ unit) * 16777619u);
        hash ^= hash >> 16;
        hash = unchecked(hash * 0x85ebca6bu);
        return hash ^ (hash >> 13);
    }
}
