using LiveShop.Web.Settings;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace LiveShop.Web.Shopper;

internal static class ShopperServices
{
    public static IServiceCollection AddShopper(this IServiceCollection services)
    {
        services.AddSingleton<CartCookie>();
        services.AddSingleton(provider => ShopperRequests.NewLimiter(provider.GetRequiredService<WebSettings>()));
        services.AddScoped<ShopperIdentity>();
        services.AddScoped<CircuitPresence>();
        services.AddScoped<CircuitHandler>(provider => provider.GetRequiredService<CircuitPresence>());
        return services;
    }

    public static IApplicationBuilder UseCartCookie(this IApplicationBuilder app)
    {
        var cookie = app.ApplicationServices.GetRequiredService<CartCookie>();
        return app.Use(cookie.InvokeAsync);
    }
}
