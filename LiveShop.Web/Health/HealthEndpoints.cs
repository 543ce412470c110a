using LiveShop.Domain;

namespace LiveShop.Web.Health;

/// <summary>What a balancer asks. The public learns yes or no and no reason.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => Results.Text("live"));
        endpoints.MapGet("/health/ready", (Inventory inventory) => inventory is { IsLoaded: true, IsDatabaseReachable: true }
            ? Results.Text("ready")
            : Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable));
    }
}
