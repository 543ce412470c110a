namespace LiveShop.Web.Security;

internal static class ManagementPort
{
    private static readonly PathString[] Paths = ["/metrics", "/health"];

    /// <summary>Whoever reaches the management port finds the figures and the health of the node there, and no shop.</summary>
    public static IApplicationBuilder UseManagementPort(this IApplicationBuilder app)
    {
        var insiders = app.ApplicationServices.GetRequiredService<Insiders>();
        return app.Use((context, next) =>
        {
            if (!insiders.IsOnManagementPort(context) || Paths.Any(path => context.Request.Path.StartsWithSegments(path))) return next(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }
}
