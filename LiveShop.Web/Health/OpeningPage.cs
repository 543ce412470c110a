using System.Net;
using LiveShop.Domain;
using LiveShop.Web.Circuits;
using LiveShop.Web.Settings;
using Microsoft.AspNetCore.Components.Endpoints;

namespace LiveShop.Web.Health;

/// <summary>
/// Answers shoppers while the node has not loaded its inventory: a page that asks again by itself each second, and a refusal of
/// circuits that makes reconnecting tabs try again.
/// </summary>
internal static class OpeningPage
{
    public static IApplicationBuilder UseOpeningPage(this IApplicationBuilder app)
    {
        var inventory = app.ApplicationServices.GetRequiredService<Inventory>();
        var circuits = app.ApplicationServices.GetRequiredService<OpenCircuits>();
        var page = Render(app.ApplicationServices.GetRequiredService<WebSettings>().Name);
        return app.Use(async (context, next) =>
        {
            var needsInventory = context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null || context.Request.Path.StartsWithSegments("/_blazor");
            if (inventory.IsLoaded || !needsInventory)
            {
                await next(context);
                return;
            }
            if (OpenCircuits.IsAskedFor(context.Request)) circuits.Refused("opening");
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
            context.Response.Headers.CacheControl = "no-store";
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(page);
        });
    }

    private static string Render(string shop) =>
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
        <body><main class="plain"><h1>Opening.</h1><p>The shop is coming up. This page goes on by itself.</p></main></body>
        </html>
        """;
}
