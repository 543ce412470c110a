using LiveShop.Web.Settings;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LiveShop.Web.Components;

internal static class ShopComponents
{
    /// <summary>A cookie header of a megabyte is answered with a fresh cart, not with an error page. Circuits and pages send a few hundred bytes.</summary>
    private const int LargestHeaders = 2 * 1024 * 1024;

    /// <summary>
    /// How many pages whose circuit has ended a tab can still continue, without a reload. Each holds what the page marks with
    /// <see cref="PersistentStateAttribute"/>, about 3 KB. Past it, and past the time, a tab that comes back reloads.
    /// </summary>
    private const int MostContinuable = 10_000;

    private static readonly TimeSpan Continuable = TimeSpan.FromHours(2);

    public static IServiceCollection AddShopComponents(this IServiceCollection services, WebSettings settings)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromSeconds(settings.CircuitSeconds);
            // A browser that is away is expected back for as long as its circuit lives: giving up on its answer before that would end
            // the circuit with an error.
            circuits.JSInteropDefaultCallTimeout = circuits.DisconnectedCircuitRetentionPeriod + TimeSpan.FromMinutes(1);
            circuits.PersistedCircuitInMemoryMaxRetained = MostContinuable;
            circuits.PersistedCircuitInMemoryRetentionPeriod = Continuable;
        });
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
        // Compression costs 240 KB a circuit and saves little on batches of 150 bytes.
        .AddInteractiveServerRenderMode(options => options.DisableWebSocketCompression = true);
}
