using LiveShop.Web.Engine;
using LiveShop.Web.Security;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace LiveShop.Web.Health;

/// <summary>
/// The endpoints that a balancer asks. The public learns yes or no; an insider learns the reasons, each on a line of its own, and
/// can have the node drained.
/// </summary>
internal static class HealthEndpoints
{
    /// <summary>A cluster adds the check of its Redis.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<DependencyProbe>().AddHostedService(provider => provider.GetRequiredService<DependencyProbe>());
        services.AddSingleton<Readiness>();
        services.AddHealthChecks()
            .AddCheck<Readiness>(Readiness.Check)
            .AddNpgSql(provider => provider.GetRequiredService<NpgsqlDataSource>(), name: Readiness.DatabaseCheck, tags: [DependencyProbe.Tag]);
        return services;
    }

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        // From the start, so that its gauge is there before anybody asks.
        _ = endpoints.ServiceProvider.GetRequiredService<Readiness>();
        var insiders = endpoints.ServiceProvider.GetRequiredService<Insiders>();
        MapGet("/health/live", _ => false, (context, _) => AnswerAsync(context, "live"));
        MapGet("/health/ready", check => check.Name == Readiness.Check, (context, report) =>
        {
            var check = report.Entries[Readiness.Check];
            var answer = check.Status == HealthStatus.Healthy ? "ready" : "not ready";
            return AnswerAsync(context, insiders.MayRead(context) && check.Description is { } reasons ? $"{answer}\n{reasons}" : answer);
        });
        endpoints.MapPost("/health/drain", async (HttpContext context, EngineRoom engine) =>
        {
            // With a body, or the page of that name would be tried, which takes no such form.
            if (!insiders.MayCommand(context)) return Results.Text("not found", statusCode: StatusCodes.Status404NotFound);
            await engine.DrainAsync(context.User.Identity?.Name ?? "/health/drain");
            return Results.Text("draining", statusCode: StatusCodes.Status202Accepted);
        });

        void MapGet(string path, Func<HealthCheckRegistration, bool> which, Func<HttpContext, HealthReport, Task> answer) =>
            endpoints.MapHealthChecks(path, new HealthCheckOptions { Predicate = which, ResponseWriter = answer }).WithMetadata(new HttpMethodMetadata([HttpMethods.Get]));
    }

    private static Task AnswerAsync(HttpContext context, string text) => Results.Text(text, statusCode: context.Response.StatusCode).ExecuteAsync(context);
}
