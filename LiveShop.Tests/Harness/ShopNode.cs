using System.Diagnostics.Metrics;
using LiveShop.Domain;
using LiveShop.Web.Cluster;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace LiveShop.Tests.Harness;

/// <summary>
/// One node without its web server: the domain over a database. Several over one database are a cluster. What it measures is seen by
/// whoever reads the metrics of this process, so that tests with a node belong to <see cref="PostgresServer.Collection"/>, one after the other.
/// </summary>
public sealed class ShopNode : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly CancellationTokenSource stop = new();
    private readonly RedisServer? redis;
    private readonly List<Task> running = [];
    private ClusterListener? listener;
    private bool disposed;

    /// <param name="bus">The listeners of nodes that are given the same one hear each other at once; their Shelves learn of each other by the sweeps.</param>
    /// <param name="redis">Of the cluster that the node joins. It tells the others at once, and hears them after <see cref="ListenAsync"/>.</param>
    public ShopNode(string connectionString, ShopSettings? settings = null, IEventBus? bus = null, RedisServer? redis = null)
    {
        this.redis = redis;
        var collection = new ServiceCollection().AddLogging();
        if (bus is not null) collection.AddSingleton(bus);
        collection.AddCluster(ShopTab.Settings with { Redis = redis?.Address });
        services = collection.AddShopDomain(connectionString, settings ?? ShopSettings.Default).BuildServiceProvider();
    }

    public Inventory Inventory => Get<Inventory>();

    public DropControl DropControl => Get<DropControl>();

    public CatalogDesk CatalogDesk => Get<CatalogDesk>();

    public CatalogImport CatalogImport => Get<CatalogImport>();

    public ProductPictures ProductPictures => Get<ProductPictures>();

    public Carts Carts => Get<Carts>();

    public Checkout Checkout => Get<Checkout>();

    public Orders Orders => Get<Orders>();

    public OrderBook OrderBook => Get<OrderBook>();

    public OrderControl OrderControl => Get<OrderControl>();

    public Sales Sales => Get<Sales>();

    public Outbox Outbox => Get<Outbox>();

    public IPresence Presence => Get<IPresence>();

    public Audit Audit => Get<Audit>();

    public ShopDatabase Database => Get<ShopDatabase>();

    public IEventBus Bus => Get<IEventBus>();

    public Refusals Refusals => Get<Refusals>();

    public Meter Meter => Get<Meter>();

    public LedgerWatch LedgerWatch => Get<LedgerWatch>();

    internal NodeId NodeId => Get<NodeId>();

    internal RedisLink Redis => Get<RedisLink>();

    internal CartWatch CartWatch => Get<CartWatch>();

    internal ShelfSync Sync => Get<ShelfSync>();

    internal ShelfKeeper Keeper => Get<ShelfKeeper>();

    internal NpgsqlDataSource Connections => Get<NpgsqlDataSource>();

    internal IDbContextFactory<ShopDb> Contexts => Get<IDbContextFactory<ShopDb>>();

    /// <summary>Gives what pages and endpoints use of this node to another container, which disposes none of it.</summary>
    public void AddTo(IServiceCollection others) => others
        .AddSingleton(Bus).AddSingleton(Presence).AddSingleton(Inventory).AddSingleton(DropControl)
        .AddSingleton(CatalogDesk).AddSingleton(CatalogImport).AddSingleton(ProductPictures)
        .AddSingleton(Carts).AddSingleton(Checkout).AddSingleton(Refusals)
        .AddSingleton(Orders).AddSingleton(OrderBook).AddSingleton(OrderControl).AddSingleton(Sales)
        .AddSingleton(Audit).AddSingleton(Meter).AddSingleton(Connections).AddSingleton(TimeProvider.System);

    /// <summary>Keeps the Shelf from now on, as a node with circuits does; returns when it is loaded.</summary>
    public async Task<ShopNode> WatchAsync()
    {
        running.Add(Inventory.RunAsync(stop.Token));
        await Eventually.TrueAsync(() => Inventory.IsLoaded);
        return this;
    }

    /// <summary>Takes in what other nodes tell from now on; returns when it does, and tells them too.</summary>
    public async Task<ShopNode> ListenAsync()
    {
        await (listener = ActivatorUtilities.CreateInstance<ClusterListener>(services)).StartAsync(default);
        var cart = CartId.New();
        await using var other = new ShopNode("Host=/nowhere", redis: redis);
        using var heard = Record(Topic.Cart(cart));
        await Eventually.TrueAsync(() =>
        {
            other.Bus.Publish(new CartChanged(Cart.Empty(cart)));
            return heard.Heard.Count > 0;
        });
        await Eventually.TrueAsync(() => Redis.IsReachable);
        return this;
    }

    /// <summary>Finds out by itself which connected carts have changed, from now on.</summary>
    public ShopNode WatchCarts()
    {
        running.Add(Carts.RunAsync(stop.Token));
        return this;
    }

    /// <summary>Whether this shopper's tabs here show an older cart than this one.</summary>
    public bool IsBehind(Cart cart) => Get<InMemoryPresence>().IsBehind(cart.Id, cart.Version);

    /// <summary>Decides purchases from now on.</summary>
    public ShopNode Sell()
    {
        running.Add(Checkout.RunAsync(stop.Token));
        return this;
    }

    /// <summary>Puts a product into the store and releases it; costs 120 and comes in size 8 unless told otherwise.</summary>
    public async Task<Product> AddProductAsync(string sku, int stock, bool release = true, decimal price = 120, params decimal[] sizes)
    {
        await Inventory.ImportAsync([Some.Spec(sku, stock, price, sizes)], release, "test");
        await using var db = await Contexts.CreateDbContextAsync();
        var id = await db.Products.Where(product => product.Sku == sku).Select(product => product.Id).SingleAsync();
        return Assert.Single(await InventoryReader.ReadProductsAsync(db, [id], default)).Product;
    }

    /// <summary>Puts a product in one size into the store, releases it and returns that item's id.</summary>
    public async Task<int> AddItemAsync(int stock) => (await AddProductAsync($"P{Guid.NewGuid():N}", stock)).Items[0].Id;

    /// <summary>Sells until everything released is gone and returns how many pairs that were.</summary>
    public async Task<int> SellOutAsync(int pairs = 10)
    {
        var total = 0;
        while (await Inventory.SellAtRandomAsync(pairs, "crowd") is var sold and > 0) total += sold;
        return total;
    }

    /// <summary>A new shopper who holds these items.</summary>
    public async Task<Cart> FillCartAsync(params int[] itemIds)
    {
        var id = CartId.New();
        foreach (var itemId in itemIds) Assert.Equal(AddOutcome.Added, await Carts.AddAsync(id, itemId));
        return await CartAsync(id);
    }

    /// <summary>A new shopper buys a pair of each and gets this order number. The node must sell.</summary>
    public async Task<string> BuyAsync(params int[] itemIds)
    {
        var cart = await FillCartAsync(itemIds);
        return Assert.IsType<PurchaseOutcome.Placed>(await Checkout.PlaceOrderAsync(Some.Request(cart))).OrderNumber;
    }

    public async Task<Cart> CartAsync(CartId id) => Assert.IsType<Cart>(await Carts.FindAsync(id));

    /// <summary>Everything published on the topic from now on.</summary>
    public Recorder Record(Topic topic) => new(Bus, topic);

    /// <summary>Stops as a node does that is told to: what waits to be decided is decided.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        if (listener is not null) await listener.StopAsync(default);
        try
        {
            await Task.WhenAll(running);
        }
        catch (OperationCanceledException)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, true)) return;
        await StopAsync();
        stop.Dispose();
        await services.DisposeAsync();
    }

    private T Get<T>() where T : notnull => services.GetRequiredService<T>();
}
