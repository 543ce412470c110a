using LiveShop.Domain;
using LiveShop.Web.Admin;
using LiveShop.Web.Mail;
using LiveShop.Web.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Npgsql;

namespace LiveShop.Web.Database;

internal static class DatabaseServices
{
    /// <summary>
    /// Adds the domain over the configured PostgreSQL, or over a private one that is started here. What is returned stops that
    /// one, so it is to be disposed after the application.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">The private database cannot run.</exception>
    public static async Task<IAsyncDisposable> AddDatabaseAsync(
        this IServiceCollection services, WebSettings settings, EmbeddedPostgresRole role, CancellationToken cancellationToken = default)
    {
        if (settings.Postgres is { } given)
        {
            services.AddShopDomain(given, settings.Shop).AddOperatorAccounts();
            return NothingToStop.Instance;
        }
        // The application's own log is not built yet, and what this says is for whoever sits at the terminal.
        var console = LoggerFactory.Create(logging => logging.AddSimpleConsole(options => options.SingleLine = true)
            .AddFilter(level => level >= (role == EmbeddedPostgresRole.Shop ? LogLevel.Information : LogLevel.Warning)));
        var embedded = await EmbeddedPostgres.StartAsync(
            new EmbeddedPostgresOptions(Path.Combine(settings.DataDirectory, "postgres"), role) { Logger = console.CreateLogger("LiveShop.Database") }, cancellationToken);
        services.AddShopDomain(embedded.ConnectionString, settings.Shop).AddOperatorAccounts();
        return embedded;
    }

    /// <summary>How long connections may take to close when the node stops; most do at once, and the others are cut off then.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    /// <summary>Adds what a node with a web server does in the background, and the keys that it shares with the others.</summary>
    public static IServiceCollection AddShopNode(this IServiceCollection services)
    {
        services.AddSingleton<DatabasePreparation>();
        services.AddHostedService<ShopNode>();
        services.AddMail();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = Farewell);
        return services.AddKeyRing();
    }

    /// <summary>Has Data Protection keep its keys in the shop's database.</summary>
    internal static IServiceCollection AddKeyRing(this IServiceCollection services)
    {
        services.AddDbContext<KeysDb>((provider, options) => options.UseShopDatabase(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddDataProtection().SetApplicationName("LiveShop").PersistKeysToDbContext<KeysDb>();
        services.AddOptions<KeyManagementOptions>().PostConfigure<IServiceScopeFactory>((options, scopes) => options.XmlRepository = new SharedKeyRing(options.XmlRepository!, scopes));
        return services;
    }

    /// <summary>
    /// Tries once to prepare the database before the node listens, so that its first answer is a page. Where the database is
    /// not there yet, the node listens all the same, says that it is opening, and goes on trying.
    /// </summary>
    public static Task PrepareDatabaseAsync(this IHost host) =>
        host.Services.GetRequiredService<DatabasePreparation>().TryAsync(CancellationToken.None);

    /// <summary>Runs until the node is told to stop.</summary>
    /// <exception cref="Exception">What ended the node by itself, which the framework takes for a normal end.</exception>
    public static async Task RunNodeAsync(this IHost host)
    {
        var node = host.Services.GetServices<IHostedService>().OfType<ShopNode>().Single();
        await host.RunAsync();
        if (node.ExecuteTask is { IsFaulted: true } failed) await failed;
    }

    private sealed class NothingToStop : IAsyncDisposable
    {
        public static readonly NothingToStop Instance = new();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
