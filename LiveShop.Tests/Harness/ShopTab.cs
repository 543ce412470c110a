using Bunit;
using LiveShop.Domain;
using LiveShop.Web.Admin;
using LiveShop.Web.Circuits;
using LiveShop.Web.Cluster;
using LiveShop.Web.Engine;
using LiveShop.Web.Health;
using LiveShop.Web.Metrics;
using LiveShop.Web.Pictures;
using LiveShop.Web.Settings;
using LiveShop.Web.Shopper;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using MudBlazor;
using MudBlazor.Services;

namespace LiveShop.Tests.Harness;

/// <summary>A browser tab without a browser: renders components, and pages over a node. Disposing it closes the tab.</summary>
internal sealed class ShopTab : BunitContext
{
    public static readonly WebSettings Settings = new("Sneakers23", "/data", Postgres: null, Redis: null, RequestsPerShopper: 5, ShopSettings.Default);

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
        node.AddTo(services);
        services.AddShopper();
        services.AddCircuits();
        services.AddSingleton<AuthenticationStateProvider>(new Claims(shopper));
    }, isLive);

    /// <summary>A tab of an operator on the node, for as long as the session lasts.</summary>
    public static ShopTab OfOperator(ShopNode node, OperatorTabSession session)
    {
        var tab = new ShopTab(services =>
        {
            node.AddTo(services);
            services.AddHealth();
            services.AddSingleton(NodeId.New()).AddClusterMember(Settings).AddSingleton<IHostApplicationLifetime, ApplicationLifetime>();
            services.AddCircuits();
            services.AddPictures();
            services.AddSingleton<DropActions>();
            services.AddSingleton<DropFeed>();
            services.AddSingleton(ShopHost.Metrics).AddShopMetrics();
            services.AddSingleton(new LogBoost(TimeProvider.System)).AddEngineRoom();
            services.AddMudServices();
            services.AddSingleton<OperatorPreferences>();
            services.AddScoped<OperatorShortcuts>();
            services.AddScoped<OrderPlace>();
            services.AddSingleton<AuthenticationStateProvider>(session);
        });
        tab.JSInterop.Mode = JSRuntimeMode.Loose;
        // The layout's part of a page: without them menus, dialogs and messages have no place to appear.
        tab.Render<MudPopoverProvider>();
        tab.Dialogs = tab.Render<MudDialogProvider>();
        tab.Messages = tab.Render<MudSnackbarProvider>();
        return tab;
    }

    /// <summary>The open dialogs of an operator's tab.</summary>
    public IRenderedComponent<MudDialogProvider> Dialogs { get; private set; } = null!;

    /// <summary>The messages that an operator's tab shows.</summary>
    public IRenderedComponent<MudSnackbarProvider> Messages { get; private set; } = null!;

    public string Address => new Uri(Navigation.Uri).PathAndQuery;

    public Microsoft.AspNetCore.Components.NavigationManager Navigation => Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>();

    private sealed class Claims(CartId? shopper) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(new(
            shopper is { } id ? [new([new(CartCookie.ClaimType, id.Value)])] : [])));
    }
}
