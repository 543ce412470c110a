using LiveShop.Domain;
using LiveShop.Web.Security;

namespace LiveShop.Web.Health;

/// <summary>What a balancer asks. The public learns yes or no; an insider learns the reasons, each on a line of its own.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => Results.Text("live"));
        endpoints.MapGet("/health/ready", (HttpContext context, Inventory inventory, Insiders insiders) =>
        {
            string[] reasons = [.. Reasons(inventory)];
            var answer = reasons is [] ? "ready" : "not ready";
            if (insiders.Includes(context)) answer = string.Join('\n', [answer, .. reasons]);
            return Results.Text(answer, statusCode: reasons is [] ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
    }

    private static IEnumerable<string> Reasons(Inventory inventory)
    {
        if (!inventory.IsLoaded) yield return "The inventory has not been loaded yet.";
        if (!inventory.IsDatabaseReachable) yield return "The database is out of reach.";
    }
}
