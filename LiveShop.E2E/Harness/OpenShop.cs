using System.Text.RegularExpressions;

namespace LiveShop.E2E.Harness;

/// <summary>A shop with both products released, shared by all scenarios that disturb no other. Each begins with the same stock.</summary>
public sealed partial class OpenShop : IAsyncLifetime
{
    /// <summary>Pairs of every item when a scenario begins: the level is medium.</summary>
    public const int Pairs = 300;

    private const int Items = 26;

    private long ordersBefore;

    public ShopProcess Process { get; private set; } = null!;

    public TestStore Store { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Process = await ShopProcess.StartAsync(Backend.Postgres, Operator.Setting);
        Store = await Process.OpenStoreAsync();
        await Process.ReleaseAsync(1, 2);
    }

    /// <summary>Returns when the shop has noticed.</summary>
    public async Task StockUpAsync()
    {
        await Store.SetEveryAvailabilityAsync(Pairs);
        ordersBefore = await Store.OrdersAsync();
        using var http = new HttpClient { BaseAddress = new Uri(Process.Url) };
        await Eventually.EqualAsync(Items, async () => MediumSizes().Count(await http.GetStringAsync("/")));
    }

    /// <summary>Orders placed since the scenario began.</summary>
    public async Task<long> OrdersAsync() => await Store.OrdersAsync() - ordersBefore;

    public async Task DisposeAsync()
    {
        await Store.DisposeAsync();
        await Process.DisposeAsync();
    }

    [GeneratedRegex("size-container__entry--level-medium")]
    private static partial Regex MediumSizes();
}

/// <summary>A scenario in an <see cref="OpenShop"/>.</summary>
public abstract class OpenShopScenario(Chrome chrome, OpenShop shop) : Scenario(chrome)
{
    protected OpenShop Shop => shop;

    protected TestStore Store => shop.Store;

    public override Task InitializeAsync() => shop.StockUpAsync();

    /// <summary>A shopper with a browser of their own.</summary>
    protected Task<Shopper> NewShopperAsync() => NewShopperAsync(shop.Process);
}
