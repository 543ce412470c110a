using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LiveShop.Web.Components;

internal static class ShopComponents
{
    /// <summary>A cookie header of a megabyte is answered with a fresh cart, not with an error page. Circuits and pages send a few hundred bytes.</summary>
    private const int LargestHeaders = 2 * 1024 * 1024;

    public static IServiceCollection AddShopComponents(this IServiceCollection services)
    {
        // A browser that is away is expected back for as long as its circuit lives: giving up on its answer before that would end
        // the circuit with an error.
        services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
            circuits.JSInteropDefaultCallTimeout = circuits.DisconnectedCircuitRetentionPeriod + TimeSpan.FromMinutes(1));
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Limits.MaxRequestHeadersTotalSize = LargestHeaders;
            kestrel.Limits.MaxRequestBufferSize = LargestHeaders;
            kestrel.AddServerHeader = false;
        });
        return services;
    }

    public static void MapShopComponents(this IEndpointRouteBuilder endpoints) => endpoints
        .MapRazorComponents<App>()
        // Compression costs 240 KB a circuit and saves little on batches of 150 bytes. MEASURED.md, "Levers on Blazor Server".
        .AddInteractiveServerRenderMode(options => options.DisableWebSocketCompression = true);
}
