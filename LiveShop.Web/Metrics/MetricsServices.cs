using LiveShop.Web.Security;
using LiveShop.Web.Settings;
using Prometheus;

namespace LiveShop.Web.Metrics;

internal static class MetricsServices
{
    public const string Path = "/metrics";

    /// <summary>Must come before other services that run in the background: measurements before it are not gathered.</summary>
    public static IServiceCollection AddShopMetrics(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<MetricsRegistry>();
        services.AddHostedService(provider => provider.GetRequiredService<MetricsRegistry>());
        services.AddHostedService<StatsDSender>();
        services.AddSingleton<Insiders>();
        return services;
    }

    /// <summary>
    /// Serves the metrics to insiders, and where there is a management port only there. Others get the answer of a page that does not exist.
    /// </summary>
    public static void MapShopMetrics(this IEndpointRouteBuilder endpoints)
    {
        var (registry, settings, insiders) =
            (endpoints.ServiceProvider.GetRequiredService<MetricsRegistry>().Registry, endpoints.ServiceProvider.GetRequiredService<MetricsSettings>(), endpoints.ServiceProvider.GetRequiredService<Insiders>());
        endpoints.MapMetrics(metrics => (metrics.Registry, metrics.EnableOpenMetrics) = (registry, false), Path)
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get]))
            .Add(endpoint =>
            {
                var serve = endpoint.RequestDelegate!;
                endpoint.RequestDelegate = context =>
                {
                    if (insiders.MayRead(context) && (settings.ManagementPort is null || insiders.IsOnManagementPort(context))) return serve(context);
                    context.Response.StatusCode = StatusCodes.Status404NotFound;
                    return Task.CompletedTask;
                };
            });
    }
}
