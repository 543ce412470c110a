using LiveShop.Domain;
using LiveShop.Web.Database;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace LiveShop.E2E.Harness;

/// <summary>
/// One running shop for all scenarios that need a store of their own and no settings of their own. Each begins with both products
/// coming soon and an operator who has chosen nothing yet: a shop that was just started would compile itself for seconds. Only for
/// scenarios of <see cref="Scenarios"/>, which run one after the other.
/// </summary>
internal static class FreshShop
{
    private static Lazy<Task<ShopProcess>> shared = new(StartAsync);

    /// <summary>Returns when the shop has noticed that its store is a new one.</summary>
    public static async Task<ShopProcess> BeginAsync()
    {
        var shop = await shared.Value;
        await using var store = await shop.OpenStoreAsync();
        await store.ForgetPreferencesAsync();
        await StoreReset.RunAsync(shop.ConnectionString!);
        await store.NextSweepAsync();
        return shop;
    }

    public static async Task StopAsync()
    {
        if (!shared.IsValueCreated) return;
        await (await shared.Value).DisposeAsync();
        shared = new(StartAsync);
    }

    private static Task<ShopProcess> StartAsync() => ShopProcess.StartAsync(Backend.Postgres, Operator.Setting);
}

/// <summary>What the command <c>reset</c> does to a database, without the time that a process takes to start.</summary>
internal static class StoreReset
{
    public static async Task RunAsync(string connectionString)
    {
        await using var services = new ServiceCollection().AddLogging().AddShopDomain(connectionString, ShopSettings.Default).BuildServiceProvider();
        await services.GetRequiredService<ShopDatabase>().ResetAsync(DemoStore.Products());
    }
}
