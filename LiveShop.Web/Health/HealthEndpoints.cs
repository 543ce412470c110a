using LiveShop.Web.Engine;
using LiveShop.Web.Security;

namespace LiveShop.Web.Health;

/// <summary>
/// What a balancer asks. The public learns yes or no; an insider learns the reasons, each on a line of its own, and can have the
/// node drained.
/// </summary>
internal static class HealthEndpoints
{
    public static IServiceCollection AddHealth(this IServiceCollection services) => services.AddSingleton<Readiness>();

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        // From the start, so that its gauge is there before anybody asks.
        var readiness = endpoints.ServiceProvider.GetRequiredService<Readiness>();
        endpoints.MapGet("/health/live", () => Results.Text("live"));
        endpoints.MapGet("/health/ready", (HttpContext context, Insiders insiders) =>
        {
            var reasons = readiness.Reasons;
            var answer = reasons is [] ? "ready" : "not ready";
            if (insiders.MayRead(context)) answer = string.Join('\n', [answer, .. reasons]);
            return Results.Text(answer, statusCode: reasons is [] ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
        endpoints.MapPost("/health/drain", async (HttpContext context, Insiders insiders, EngineRoom engine) =>
        {
            // With a body, or the page of that name would be tried, which takes no such form.
            if (!insiders.MayCommand(context)) return Results.Text("not found", statusCode: StatusCodes.Status404NotFound);
            await engine.DrainAsync(context.User.Identity?.Name ?? "/health/drain");
            return Results.Text("draining", statusCode: StatusCodes.Status202Accepted);
        });
    }
}
