using LiveShop.Web.Circuits;
using LiveShop.Web.Requests;
using LiveShop.Web.Settings;
using Microsoft.AspNetCore.Components.Endpoints;

namespace LiveShop.Web.Security;

internal static class SecurityMiddleware
{
    // The reconnect notice of the Blazor script styles itself, hence the inline styles; there are no inline scripts.
    private const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

    /// <summary>Tells browsers what they may do with the pages, and to keep none of them: each shows the state of a moment.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        if (context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null) headers.CacheControl = "no-store";
        return next(context);
    });

    /// <summary>
    /// Refuses forms and circuits that a page of another site sends or starts. The hub itself does not check, over none of its
    /// transports.
    /// </summary>
    public static IApplicationBuilder UseSameOrigin(this IApplicationBuilder app)
    {
        var circuits = app.ApplicationServices.GetRequiredService<OpenCircuits>();
        var allowed = app.ApplicationServices.GetRequiredService<ProxySettings>().AllowedOrigins;
        return app.Use((context, next) =>
        {
            if ((HttpMethods.IsGet(context.Request.Method) && !context.Request.Path.StartsWithSegments("/_blazor")) || !RequestOrigin.IsForeign(context.Request, allowed)) return next(context);
            if (OpenCircuits.IsAskedFor(context.Request)) circuits.Refused("foreign");
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        });
    }
}
