using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LiveShop.Load;

/// <summary>What a page's HTML holds for its circuit.</summary>
/// <param name="Marker">The JSON of the interactive component, of which a page of the shop has one.</param>
/// <param name="State">Protected state of the prerendered components; empty without any.</param>
internal sealed partial record PageHtml(string Marker, string State)
{
    /// <summary>Null for a page without an interactive component.</summary>
    public static PageHtml? Find(string html)
    {
        var marker = MarkerPattern().Match(html);
        return marker.Success ? new PageHtml(marker.Groups[1].Value, StatePattern().Match(html).Groups[1].Value) : null;
    }

    /// <summary>The order to start the component.</summary>
    public string Operations => $$"""{"batchId":1,"operations":[{"type":"add","ssrComponentId":1,"marker":{{Marker}}}]}""";

    /// <summary>The text of the element with this id; null without one.</summary>
    public static string? TextOf(string html, string id)
    {
        var match = Regex.Match(html, $" id=\"{id}\"[^>]*>([^<]*)<");
        return match.Success ? WebUtility.HtmlDecode(match.Groups[1].Value).Trim() : null;
    }

    /// <summary>After how long the page loads itself again; null for one that stays.</summary>
    public static TimeSpan? RefreshesAfter(string html)
    {
        var match = RefreshPattern().Match(html);
        return match.Success ? TimeSpan.FromSeconds(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)) : null;
    }

    public static string Json(string text) => JsonSerializer.Serialize(text);

    [GeneratedRegex("""<!--Blazor:(\{"type":"server".*?\})-->""", RegexOptions.Singleline)]
    private static partial Regex MarkerPattern();

    [GeneratedRegex("""<meta http-equiv=["']?refresh["']? content=["']?(\d{1,4})""", RegexOptions.IgnoreCase)]
    private static partial Regex RefreshPattern();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->", RegexOptions.Singleline)]
    private static partial Regex StatePattern();
}
