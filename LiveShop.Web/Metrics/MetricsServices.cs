using LiveShop.Web.Security;
using LiveShop.Web.Settings;

namespace LiveShop.Web.Metrics;

internal static class MetricsServices
{
    public const string Path = "/metrics";

    /// <summary>First of all that runs in the background: what is measured before it exists is not gathered.</summary>
    public static IServiceCollection AddShopMetrics(this IServiceCollection services)
    {
        services.AddSingleton<MetricsPipeline>();
        services.AddHostedService(provider => provider.GetRequiredService<MetricsPipeline>());
        services.AddSingleton<Insiders>();
        return services;
    }

    /// <summary>For insiders, and where there is a management port only there. Anybody else is told that there is no such page.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, (HttpContext context, MetricsSettings settings, Insiders insiders, MetricsPipeline metrics) =>
        insiders.MayRead(context) && (settings.ManagementPort is null || insiders.IsOnManagementPort(context))
            ? Results.Text(metrics.WriteText(), PrometheusText.ContentType)
            : Results.NotFound());
}
