using System.Net;
using LiveShop.Domain;
using LiveShop.Web;
using LiveShop.Web.Admin;
using LiveShop.Web.Circuits;
using LiveShop.Web.Cluster;
using LiveShop.Web.Components;
using LiveShop.Web.Engine;
using LiveShop.Web.Health;
using LiveShop.Web.Metrics;
using LiveShop.Web.Pictures;
using LiveShop.Web.Settings;
using LiveShop.Web.Shopper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LiveShop.Tests.Harness;

/// <summary>The shop's pages and endpoints over a node, on a port of its own.</summary>
internal sealed class ShopHost : IAsyncDisposable
{
    /// <summary>Stands for the files that browsers fetch beside the pages.</summary>
    public const string File = "/some.css";

    /// <summary>Measured, and sent to nobody.</summary>
    public static readonly MetricsSettings Metrics = new(ManagementPort: null, Token: null, StatsD: null, SendsOtlp: false);

    private readonly WebApplication app;

    private ShopHost(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    public IServiceProvider Services => app.Services;

    /// <param name="more">Changes what the shop registers.</param>
    /// <param name="configuration">Settings in the place of environment variables.</param>
    public static async Task<ShopHost> StartAsync(ShopNode node, Action<IServiceCollection>? more = null, params (string Key, string Value)[] configuration)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(configuration.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)));
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(ShopTab.Settings).AddSingleton(ProxySettings.Read(builder.Configuration));
        node.AddTo(builder.Services);
        builder.Services.AddSingleton(new AdminSettings("admin", Accounts.Password, RefusesDevelopmentPassword: true)).AddOperatorAccounts();
        builder.Services.AddSingleton(Metrics).AddShopMetrics();
        builder.AddOtlpExport();
        builder.Services.AddSingleton(new LogBoost(TimeProvider.System)).AddEngineRoom();
        builder.Services.AddHealth();
        builder.Services.AddSingleton(NodeId.New()).AddClusterMember(ShopTab.Settings);
        builder.Services.AddCircuits();
        builder.Services.AddPictures();
        builder.Services.AddOperators();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddShopper();
        builder.Services.AddShopComponents(ShopTab.Settings);
        more?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseShop();
        app.MapGet(File, () => Results.Text("p {}", "text/css"));
        app.MapShop();
        await app.StartAsync();
        return new ShopHost(app);
    }

    /// <summary>Lets the operator "admin" sign in.</summary>
    public async Task AddOperatorAsync()
    {
        await using var scope = app.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<OperatorAccounts>();
        await accounts.MigrateAsync(default);
        await accounts.PrepareAsync(default);
    }

    /// <summary>A browser with cookies of its own, which shows redirects instead of following them.</summary>
    public HttpClient NewBrowser() => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }, disposeHandler: true) { BaseAddress = Address };

    /// <summary>Ends the host as a signal to its process does.</summary>
    public Task StopAsync() => app.StopAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
