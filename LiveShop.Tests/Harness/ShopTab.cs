using Bunit;
using LiveShop.Domain;
using LiveShop.Web.Settings;
using LiveShop.Web.Shopper;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace LiveShop.Tests.Harness;

/// <summary>A browser tab without a browser: renders components, and pages over a node. Disposing it closes the tab.</summary>
internal sealed class ShopTab : BunitContext
{
    public static readonly WebSettings Settings = new("Sneakers23", "/data", Postgres: null, RequestsPerShopper: 5, ShopSettings.Default);

    static ShopTab() => DefaultWaitTimeout = TimeSpan.FromSeconds(20);

    /// <param name="isLive">False for what the server prerenders before there is a circuit.</param>
    public ShopTab(Action<IServiceCollection>? more = null, bool isLive = true, WebSettings? settings = null)
    {
        Services.AddSingleton(settings ?? Settings);
        more?.Invoke(Services);
        // Last, because it locks the container.
        SetRendererInfo(isLive ? new("Server", isInteractive: true) : new("Static", isInteractive: false));
    }

    /// <summary>A tab of that shopper on the node; null is a browser that keeps no cookies.</summary>
    public static ShopTab On(ShopNode node, CartId? shopper, bool isLive = true) => new(services =>
    {
        services.AddSingleton(node.Bus).AddSingleton(node.Presence).AddSingleton(node.Inventory).AddSingleton(node.Carts).AddSingleton(node.Checkout).AddSingleton(node.Orders);
        services.AddShopper();
        services.AddSingleton<AuthenticationStateProvider>(new Claims(shopper));
    }, isLive);

    public string Address => new Uri(Navigation.Uri).PathAndQuery;

    public Microsoft.AspNetCore.Components.NavigationManager Navigation => Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>();

    private sealed class Claims(CartId? shopper) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(new(
            shopper is { } id ? [new([new(CartCookie.ClaimType, id.Value)])] : [])));
    }
}
