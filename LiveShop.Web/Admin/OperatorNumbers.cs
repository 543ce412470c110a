using System.Globalization;
using System.Text.RegularExpressions;

namespace LiveShop.Web.Admin;

/// <summary>
/// How an operator writes numbers: 1,299.50 or 1.299,50. The rest of the shop writes and reads the invariant 1299.50.
/// </summary>
/// <remarks>
/// The shop runs without the operating system's culture data (InvariantGlobalization), so that it needs no ICU and compares text
/// the same everywhere. Prices and counts need no more of a culture than these two signs.
/// </remarks>
internal sealed partial class OperatorNumbers
{
    /// <summary>The name under which <see cref="OperatorPreferences"/> keep the choice.</summary>
    public const string Preference = "numbers";

    public static readonly OperatorNumbers Point = new("point", '.', ',');
    public static readonly OperatorNumbers Comma = new("comma", ',', '.');

    /// <summary>Languages that are written with a decimal comma, where the region does not say otherwise. Unicode CLDR.</summary>
    private static readonly HashSet<string> CommaLanguages =
    [
        "af", "az", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl", "hr", "hu", "hy", "id", "is", "it", "ka", "kk", "lt", "lv", "mk",
        "nb", "nl", "nn", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk", "uz", "vi",
    ];

    private static readonly HashSet<string> PointRegions = ["de-ch", "de-li", "it-ch", "es-mx", "es-us", "es-pr", "es-gt", "es-hn", "es-ni", "es-pa", "es-pe", "es-sv", "es-do"];

    private readonly char decimalSign;
    private readonly char groupSign;
    private readonly Regex number;

    private OperatorNumbers(string name, char decimalSign, char groupSign)
    {
        (Name, this.decimalSign, this.groupSign) = (name, decimalSign, groupSign);
        number = decimalSign == '.' ? PointNumber() : CommaNumber();
    }

    public string Name { get; }

    /// <summary>An amount in this style.</summary>
    public string Example => Show(1299.5m);

    /// <summary>Returns the style of that name; the decimal point for an unknown one.</summary>
    public static OperatorNumbers Of(string? name) => name == Comma.Name ? Comma : Point;

    /// <summary>Guesses the style of somebody who has chosen none from the first language of the browser.</summary>
    /// <param name="acceptLanguage">The header of the request, such as <c>de-CH,de;q=0.9</c>.</param>
    public static OperatorNumbers Guess(string? acceptLanguage)
    {
        var language = (acceptLanguage ?? "").Split(',', ';')[0].Trim().ToLowerInvariant();
        return CommaLanguages.Contains(language.Split('-')[0]) && !PointRegions.Contains(language) ? Comma : Point;
    }

    /// <summary>Writes an amount with groups of three and two decimals.</summary>
    public string Show(decimal amount) => Swap(amount.ToString("#,0.00", CultureInfo.InvariantCulture));

    public string Show(long count) => Swap(count.ToString("#,0", CultureInfo.InvariantCulture));

    /// <summary>Writes the invariant text of a number, or of numbers with semicolons between them, in this style.</summary>
    public string Show(string invariant) => invariant.Replace('.', decimalSign);

    /// <summary>
    /// Reads numbers that were typed in this style, with or without groups of three, into the invariant text. Anything else is
    /// returned as it was typed, for the reader of the number to refuse: 99,50 is never taken for 9950.
    /// </summary>
    public string Read(string typed) => string.Join(';', typed.Split(';').Select(ReadOne));

    private string ReadOne(string typed)
    {
        var trimmed = typed.Trim();
        if (!number.IsMatch(trimmed)) return typed;
        return string.Concat(trimmed.Where(sign => char.IsAsciiDigit(sign) || sign == decimalSign)).Replace(decimalSign, '.');
    }

    private string Swap(string invariant) => string.Concat(invariant.Select(sign => sign switch { '.' => decimalSign, ',' => groupSign, _ => sign }));

    // Between groups also an apostrophe or a space, plain, no-break or narrow.
    [GeneratedRegex(@"^([0-9]+|[0-9]{1,3}(?:([,'’ \u00A0\u202F])[0-9]{3})(?:\2[0-9]{3})*)(\.[0-9]*)?$")]
    private static partial Regex PointNumber();

    [GeneratedRegex(@"^([0-9]+|[0-9]{1,3}(?:([.'’ \u00A0\u202F])[0-9]{3})(?:\2[0-9]{3})*)(,[0-9]*)?$")]
    private static partial Regex CommaNumber();
}
