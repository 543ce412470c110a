namespace LiveShop.Web.Shopper;

internal static class ShopperServices
{
    public static IServiceCollection AddShopper(this IServiceCollection services)
    {
        services.AddSingleton<CartCookie>();
        services.AddSingleton<RequestGate>();
        services.AddScoped<ShopperIdentity>();
        return services;
    }

    public static IApplicationBuilder UseCartCookie(this IApplicationBuilder app)
    {
        var cookie = app.ApplicationServices.GetRequiredService<CartCookie>();
        return app.Use(cookie.InvokeAsync);
    }
}
