using System.Net;
using LiveShop.Domain;
using LiveShop.Web.Circuits;
using LiveShop.Web.Cluster;
using LiveShop.Web.Settings;
using Microsoft.AspNetCore.Components.Endpoints;

namespace LiveShop.Web.Health;

/// <summary>
/// Answers shoppers whom the node cannot take, because it has not loaded its inventory or is draining: a page that asks again
/// by itself each second, and a refusal of circuits that makes reconnecting tabs try again. A balancer asks another node first.
/// </summary>
internal static class WaitingPage
{
    public static IApplicationBuilder UseWaitingPage(this IApplicationBuilder app)
    {
        var inventory = app.ApplicationServices.GetRequiredService<Inventory>();
        var draining = app.ApplicationServices.GetRequiredService<Draining>();
        var circuits = app.ApplicationServices.GetRequiredService<OpenCircuits>();
        var shop = app.ApplicationServices.GetRequiredService<WebSettings>().Name;
        var (opening, moving) = (Render(shop, "Opening.", "The shop is coming up."), Render(shop, "One moment.", "The shop is moving to another machine."));
        return app.Use((context, next) =>
        {
            var isPage = context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
            if (!inventory.IsLoaded && (isPage || context.Request.Path.StartsWithSegments("/_blazor"))) return RefuseAsync(context, "opening", opening);
            // Circuits that are here, or have been promised to a browser, live until it is their turn to go; and a form is sent once,
            // so that no balancer may try it elsewhere.
            if (draining.IsUnderWay && ((isPage && HttpMethods.IsGet(context.Request.Method)) || OpenCircuits.IsAskedFor(context.Request))) return RefuseAsync(context, "draining", moving);
            return next(context);
        });

        async Task RefuseAsync(HttpContext context, string reason, string page)
        {
            if (OpenCircuits.IsAskedFor(context.Request)) circuits.Refused(reason);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
            context.Response.Headers.CacheControl = "no-store";
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(page);
        }
    }

    private static string Render(string shop, string heading, string sentence) =>
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <meta http-equiv="refresh" content="1">
          <title>{WebUtility.HtmlEncode(shop)}</title>
          <link rel="stylesheet" href="/app.css">
        </head>
        <body><main class="plain"><h1>{heading}</h1><p>{sentence} This page goes on by itself.</p></main></body>
        </html>
        """;
}
