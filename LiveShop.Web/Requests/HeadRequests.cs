namespace LiveShop.Web.Requests;

/// <summary>Answers HEAD as GET is answered, without the body, which the server leaves out. Monitors ask so whether a page is there.</summary>
internal static class HeadRequests
{
    public static void UseHeadRequests(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        // A GET of the hub takes messages that wait for a circuit.
        if (!HttpMethods.IsHead(context.Request.Method) || context.Request.Path.StartsWithSegments("/_blazor"))
        {
            await next(context);
            return;
        }
        context.Features.Set(Marker.Instance);
        context.Request.Method = HttpMethods.Get;
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Method = HttpMethods.Head;
        }
    });

    /// <summary>Whether nobody will read the body of the answer.</summary>
    public static bool AsksForHeadersOnly(this HttpContext context) => context.Features.Get<Marker>() is not null;

    private sealed class Marker
    {
        public static readonly Marker Instance = new();
    }
}
