using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LiveShop.Domain;

/// <summary>Puts the contexts into a container.</summary>
public static class DomainServices
{
    /// <summary>
    /// Adds every context as a singleton over one pool of connections, and the bus and the presence of a node that is alone unless
    /// another <see cref="IEventBus"/> or <see cref="IPresence"/> is there already.
    /// </summary>
    /// <param name="connectionString">Npgsql's form. Nothing is connected until a context is used.</param>
    public static IServiceCollection AddShopDomain(this IServiceCollection services, string connectionString, ShopSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => new Meter(Telemetry.Name));
        services.AddSingleton<InProcessEventBus>();
        services.TryAddSingleton<IEventBus>(p => p.GetRequiredService<InProcessEventBus>());
        services.AddSingleton<InMemoryPresence>();
        services.TryAddSingleton<IPresence>(p => p.GetRequiredService<InMemoryPresence>());
        services.AddSingleton(settings);
        // Its name stands in metrics, where Npgsql would else write the connection string.
        services.AddSingleton(_ => new NpgsqlDataSourceBuilder(WithPatience(connectionString)) { Name = "shop" }.Build());
        services.AddPooledDbContextFactory<ShopDb>((provider, options) => options.UseShopDatabase(provider.GetRequiredService<NpgsqlDataSource>()));

        services.AddSingleton<InventoryMetrics>();
        services.AddSingleton<CheckoutMetrics>();
        services.AddSingleton<CartMetrics>();
        services.AddSingleton<CartWatch>();
        services.AddSingleton<ShelfKeeper>();
        services.AddSingleton<ShelfSync>();
        services.AddSingleton<Refusals>();
        services.AddSingleton<PurchaseBatch>();
        services.AddSingleton<PurchaseQueue>();
        services.AddSingleton(p => new ShopDatabase(Contexts(p)));
        services.AddSingleton(p => new Audit(Contexts(p)));
        services.AddSingleton(p => new Inventory(
            Contexts(p), p.GetRequiredService<ShelfKeeper>(), p.GetRequiredService<ShelfSync>(), p.GetRequiredService<IEventBus>(),
            p.GetRequiredService<InventoryMetrics>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<Inventory>>()));
        services.AddSingleton(p => new LedgerWatch(
            p.GetRequiredService<NpgsqlDataSource>(), p.GetRequiredService<InventoryMetrics>(), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<LedgerWatch>>()));
        services.AddSingleton<OperatorTransaction>();
        services.AddSingleton(p => new DropControl(p.GetRequiredService<OperatorTransaction>(), p.GetRequiredService<Inventory>()));
        services.AddSingleton(p => new CatalogDesk(p.GetRequiredService<OperatorTransaction>()));
        services.AddSingleton(p => new CatalogImport(Contexts(p), p.GetRequiredService<Inventory>()));
        services.AddSingleton(p => new ProductPictures(Contexts(p), p.GetRequiredService<OperatorTransaction>()));
        services.AddSingleton(p => new Carts(Contexts(p), p.GetRequiredService<Inventory>(), settings, p.GetRequiredService<IEventBus>(), p.GetRequiredService<Refusals>(), p.GetRequiredService<CartMetrics>(),
            p.GetRequiredService<CartWatch>()));
        services.AddSingleton(p => new Checkout(
            Contexts(p), p.GetRequiredService<PurchaseQueue>(), settings, p.GetRequiredService<Refusals>(), p.GetRequiredService<CheckoutMetrics>(),
            p.GetRequiredService<ILogger<Checkout>>()));
        services.AddSingleton(p => new Orders(Contexts(p)));
        services.AddSingleton(p => new Outbox(p.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton(p => new OrderBook(Contexts(p)));
        services.AddSingleton(p => new OrderControl(p.GetRequiredService<OperatorTransaction>(), p.GetRequiredService<Inventory>()));
        services.AddSingleton(p => new Sales(p.GetRequiredService<NpgsqlDataSource>()));
        return services;
    }

    private static IDbContextFactory<ShopDb> Contexts(IServiceProvider provider) => provider.GetRequiredService<IDbContextFactory<ShopDb>>();

    /// <summary>
    /// Unless the connection string says otherwise: a shopper is told after seconds, not after Npgsql's default half a minute,
    /// and two nodes find room among the 100 connections that PostgreSQL allows by default. A storm waits for a connection
    /// here rather than there: PostgreSQL is slower the more of them it has. A node that stands still in a
    /// transaction, or whose machine is gone without a word, holds the rows that everybody wants for five seconds, not for hours.
    /// </summary>
    private static string WithPatience(string connectionString)
    {
        var patient = new NpgsqlConnectionStringBuilder("Timeout=5;Command Timeout=10;Maximum Pool Size=40;" + connectionString);
        patient.Options = $"-c idle_in_transaction_session_timeout=5s {patient.Options}";
        return patient.ConnectionString;
    }
}
