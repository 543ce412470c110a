using System.Globalization;

namespace LiveShop.Domain;

/// <summary>Style codes, by which files know products. Two that look alike are the same.</summary>
internal static class StyleCode
{
    /// <summary>Compares without case.</summary>
    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    /// <summary>The text without what cannot be seen: characters of no width, and blanks around. A blank of another kind becomes an ordinary one.</summary>
    public static string Of(string typed) => string.Concat(typed.Normalize().Where(IsVisible).Select(letter => char.GetUnicodeCategory(letter) == UnicodeCategory.SpaceSeparator ? ' ' : letter)).Trim();

    private static bool IsVisible(char letter) => char.GetUnicodeCategory(letter) != UnicodeCategory.Format && letter != '\u034F';
}
