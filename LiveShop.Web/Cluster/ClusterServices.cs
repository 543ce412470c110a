using LiveShop.Domain;
using LiveShop.Web.Health;
using LiveShop.Web.Settings;

namespace LiveShop.Web.Cluster;

internal static class ClusterServices
{
    /// <summary>
    /// Makes this process a node among others where the settings name the Redis that they share; to be called before the domain
    /// is added, whose bus is that of a node alone otherwise. It tells the others; to hear them is the next step's.
    /// </summary>
    public static IServiceCollection AddCluster(this IServiceCollection services, WebSettings settings)
    {
        services.AddSingleton(NodeId.New());
        if (settings.Redis is not { } address) return services;
        services.AddSingleton(provider => RedisLink.Open(address, provider.GetRequiredService<ILogger<RedisLink>>()));
        services.AddSingleton<ClusterMetrics>();
        services.AddSingleton<IEventBus, RedisEventBus>();
        services.AddSingleton<ClusterPresence>();
        return services.AddSingleton<IPresence>(provider => provider.GetRequiredService<ClusterPresence>());
    }

    /// <summary>What a node with a web server has besides: it hears the others and knows who they are, and leaves in good order.</summary>
    public static IServiceCollection AddClusterMember(this IServiceCollection services, WebSettings settings)
    {
        services.AddSingleton<Draining>();
        services.AddSingleton<IHostLifetime, DrainingLifetime>();
        services.AddSingleton<ClusterNodes>();
        if (settings.Redis is null) return services;
        services.AddHealthChecks().AddRedis(provider => provider.GetRequiredService<RedisLink>().Connection, Readiness.RedisCheck, tags: [DependencyProbe.Tag]);
        services.AddHostedService<ClusterListener>();
        return services.AddHostedService<PresenceExchange>();
    }
}
