using System.Net;
using System.Text.RegularExpressions;

namespace LiveShop.Web.Settings;

/// <summary>Under which address browsers reach the shop, and what stands between them and this node.</summary>
/// <param name="Trusted"><c>Proxy:Trusted</c>: whose <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> count; the default is this machine.</param>
/// <param name="PathBase"><c>Shop:PathBase</c> without its last slash; empty, the default, for a shop that has the host to itself.</param>
/// <param name="AllowedOrigins"><c>Shop:AllowedOrigins</c>: origins besides the shop's own whose pages may send forms and start circuits.</param>
internal sealed partial record ProxySettings(IReadOnlyList<IPNetwork> Trusted, PathString PathBase, IReadOnlyList<Uri> AllowedOrigins)
{
    private static readonly IPNetwork[] ThisMachine = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    /// <summary>The path of the store page, which is what relative addresses of all pages are relative to. It ends with a slash.</summary>
    public string Root => PathBase + "/";

    /// <exception cref="SettingException">For the first setting that makes no sense.</exception>
    public static ProxySettings Read(IConfiguration configuration)
    {
        IPNetwork[] trusted = [.. Listed(configuration, "Proxy:Trusted").SelectMany(TrustedBy)];
        return new ProxySettings(
            Listed(configuration, "Proxy:Trusted").Any() ? trusted : ThisMachine, PathBaseOf(configuration["Shop:PathBase"]),
            [.. Listed(configuration, "Shop:AllowedOrigins").Select(OriginOf)]);
    }

    /// <summary>The values of a list that is written in one line, with commas or spaces between them, or as one key for each.</summary>
    private static IEnumerable<string> Listed(IConfiguration configuration, string key) =>
        configuration.GetSection(key).GetChildren().Select(child => child.Value).Prepend(configuration[key])
            .SelectMany(value => (value ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static IEnumerable<IPNetwork> TrustedBy(string value)
    {
        if (value is "none") return [];
        // The framework's parser takes "10" for 0.0.0.10.
        var isWhole = value.Contains(':') || value.Split('/')[0].Count(letter => letter == '.') == 3;
        if (isWhole && IPNetwork.TryParse(value, out var network)) return [network];
        if (isWhole && IPAddress.TryParse(value, out var address)) return [new IPNetwork(address, address.GetAddressBytes().Length * 8)];
        throw new SettingException("Proxy:Trusted", "addresses or networks such as 10.0.0.7 or 10.0.0.0/8, or none", value);
    }

    private static PathString PathBaseOf(string? value)
    {
        if (string.IsNullOrEmpty(value) || value is "/") return PathString.Empty;
        return Path().IsMatch(value) && !value.Split('/').Any(segment => segment is "." or "..")
            ? new PathString(value.TrimEnd('/'))
            : throw new SettingException("Shop:PathBase", "a path such as /drops-shop/", value);
    }

    private static Uri OriginOf(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" }
            ? uri
            : throw new SettingException("Shop:AllowedOrigins", "origins such as https://shop.example", value);

    [GeneratedRegex(@"^(/[A-Za-z0-9._~-]+)+/?\z")]
    private static partial Regex Path();
}
