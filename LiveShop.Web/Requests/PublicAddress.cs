using LiveShop.Web.Settings;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Net.Http.Headers;

namespace LiveShop.Web.Requests;

/// <summary>Gives a request the address that the browser asked for, whatever a proxy made of it on the way.</summary>
internal static class PublicAddress
{
    public static void UsePublicAddress(this IApplicationBuilder app)
    {
        var settings = app.ApplicationServices.GetRequiredService<ProxySettings>();
        app.UseForwardedHeaders(Forwarding(settings));
        app.Use(SendRelativeRedirects);
        if (settings.PathBase.HasValue) app.Use((context, next) => EnterPathBase(context, next, settings));
    }

    /// <summary>As many proxies in a row as are trusted; what comes before the first that is not counts for nothing.</summary>
    private static ForwardedHeadersOptions Forwarding(ProxySettings settings)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in settings.Trusted) options.KnownIPNetworks.Add(network);
        return options;
    }

    /// <summary>
    /// Leaves scheme and host out of redirects within the shop. The framework writes those that it knows, which behind a proxy that
    /// ends TLS and does not say so are not the browser's.
    /// </summary>
    private static Task SendRelativeRedirects(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            var own = $"{context.Request.Scheme}://{context.Request.Host.ToUriComponent()}";
            // A path that begins with two slashes would name a host.
            if (headers.Location is [{ } location] && location.StartsWith(own, StringComparison.OrdinalIgnoreCase) && location[own.Length..] is ['/', not '/', ..] or "/")
            {
                headers[HeaderNames.Location] = location[own.Length..];
            }
            return Task.CompletedTask;
        });
        return next(context);
    }

    /// <summary>
    /// Both kinds of proxy are served: those that pass the path on as it is, and those that take the path base off. The page's
    /// address must begin with the path base exactly as pages write it, or their circuit would refuse it.
    /// </summary>
    private static Task EnterPathBase(HttpContext context, RequestDelegate next, ProxySettings settings)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments(settings.PathBase, out var matched, out var rest))
        {
            var isAsWritten = matched.Value == settings.PathBase.Value && rest.HasValue;
            if (!isAsWritten && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
            {
                context.Response.Redirect($"{settings.PathBase}{(rest.HasValue ? rest : "/")}{request.QueryString}", permanent: false, preserveMethod: true);
                return Task.CompletedTask;
            }
            request.Path = rest.HasValue ? rest : "/";
        }
        request.PathBase = settings.PathBase;
        return next(context);
    }
}
