using System.Diagnostics.Metrics;
using LiveShop.Domain;
using LiveShop.Web.Live;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace LiveShop.Web.Circuits;

internal static class CircuitServices
{
    /// <summary>Adds what is known of this node's circuits, and what measures them.</summary>
    public static IServiceCollection AddCircuits(this IServiceCollection services)
    {
        services.AddSingleton<OpenCircuits>();
        services.AddSingleton<SlowHandlers>();
        services.AddSingleton(p => new CommitToScreen(p.GetRequiredService<Meter>(), () => p.GetRequiredService<Inventory>().Now));
        services.AddScoped<CircuitVitals>();
        services.AddScoped<PageWatch>();
        services.AddScoped<CircuitWatch>();
        services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<CircuitWatch>());
        return services;
    }

    /// <summary>Before anything that takes or refuses a circuit.</summary>
    public static IApplicationBuilder UseCircuits(this IApplicationBuilder app) => app.Use(CircuitConnection.CountAsync);
}
