namespace LiveShop.Web.Engine;

internal static class EngineServices
{
    public static IServiceCollection AddEngineRoom(this IServiceCollection services)
    {
        services.AddSingleton<EngineRoom>();
        services.AddSingleton<EngineFeed>();
        services.AddHostedService(provider => provider.GetRequiredService<EngineFeed>());
        return services;
    }
}
