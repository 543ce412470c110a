using LiveShop.Web.Settings;

namespace LiveShop.Web.Requests;

/// <summary>Tells requests that the shop's own pages send from those of other sites.</summary>
internal static class RequestOrigin
{
    /// <summary>False without an <c>Origin</c> header, which browsers add to every form and circuit.</summary>
    public static bool IsForeign(HttpRequest request, IReadOnlyList<Uri> allowed) => request.Headers.Origin switch
    {
        [] => false,
        [{ } origin] when Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" => !IsOwn(uri, request.Host) && !allowed.Any(uri.IsSameOriginAs),
        _ => true,
    };

    /// <summary>
    /// Proxies leave the port out of <c>Host</c>, or write the default one of a scheme, which need not be the scheme that the browser
    /// used. Any other port must be the origin's.
    /// </summary>
    private static bool IsOwn(Uri origin, HostString host) =>
        string.Equals(origin.Host, host.Host, StringComparison.OrdinalIgnoreCase) && (host.Port is null or 80 or 443 || host.Port == origin.Port);

    private static bool IsSameOriginAs(this Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && string.Equals(one.Host, other.Host, StringComparison.OrdinalIgnoreCase);
}
