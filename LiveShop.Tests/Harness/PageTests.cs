using System.Text.Json;
using Bunit;
using LiveShop.Domain;
using LiveShop.Web.Components.Pages.Shop;

namespace LiveShop.Tests.Harness;

/// <summary>Tests of pages over a node that watches and sells, with tabs that close before it stops.</summary>
public abstract class PageTests(PostgresServer postgres) : ShopTests(postgres)
{
    private readonly List<ShopTab> tabs = [];

    /// <summary>Between the node and the database.</summary>
    protected DatabaseLink Link { get; private set; } = null!;

    protected ShopNode Node { get; private set; } = null!;

    /// <summary>The shopper whose tabs are opened unless told otherwise.</summary>
    protected CartId Shopper { get; } = CartId.New();

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Link = new DatabaseLink(Database);
        Node = NewNode(connectionString: Link.ConnectionString);
        // A store that is in use from the beginning: the first import into one that never was replaces the whole Shelf.
        await Node.Database.SeedAsync([]);
        await Node.Sell().WatchAsync();
    }

    public override async Task DisposeAsync()
    {
        foreach (var tab in tabs) await tab.DisposeAsync();
        await base.DisposeAsync();
        await Link.DisposeAsync();
    }

    private protected ShopTab OpenTab(ShopNode? node = null, bool keepsCookies = true, bool isLive = true) =>
        Keep(ShopTab.On(node ?? Node, keepsCookies ? Shopper : null, isLive));

    /// <summary>A tab of the operator "ana", unless the session is another's.</summary>
    private protected ShopTab OpenOperatorTab(OperatorTabSession? session = null) =>
        Keep(ShopTab.OfOperator(Node, session ?? new OperatorTabSession("ana")));

    /// <summary>The store in a tab of its own, as soon as it shows something.</summary>
    private protected Task<IRenderedComponent<StorePage>> OpenStoreAsync(ShopTab? tab = null) => LoadedAsync((tab ?? OpenTab()).Render<StorePage>());

    /// <summary>The checkout in a tab of its own, as soon as it shows something.</summary>
    private protected Task<IRenderedComponent<CheckoutPage>> OpenCheckoutAsync(ShopTab? tab = null) => LoadedAsync((tab ?? OpenTab()).Render<CheckoutPage>());

    /// <summary>The page in a tab of its own whose circuit goes on where an earlier one has ended, with what the framework keeps of that one.</summary>
    /// <param name="restore">Sets the properties that are marked with <see cref="Microsoft.AspNetCore.Components.PersistentStateAttribute"/>.</param>
    private protected Task<IRenderedComponent<TPage>> ContinueAsync<TPage>(Action<TPage> restore, string address = "/")
        where TPage : Microsoft.AspNetCore.Components.IComponent, new()
    {
        var tab = OpenTab();
        tab.Navigation.NavigateTo(address);
        tab.ComponentFactories.Add(() =>
        {
            var page = new TPage();
            restore(page);
            return page;
        });
        return LoadedAsync(tab.Render<TPage>());
    }

    /// <summary>As the framework writes and reads what it keeps.</summary>
    protected static T Kept<T>(T state) => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(state, JsonSerializerOptions.Web), JsonSerializerOptions.Web)!;

    /// <summary>Another shopper buys a pair of each.</summary>
    protected async Task BuyElsewhereAsync(params int[] itemIds)
    {
        var cart = await Node.FillCartAsync(itemIds);
        Assert.IsType<PurchaseOutcome.Placed>(await Node.Checkout.PlaceOrderAsync(Some.Request(cart)));
    }

    /// <summary>This shopper adds the items in another tab.</summary>
    protected async Task AddElsewhereAsync(params int[] itemIds)
    {
        foreach (var itemId in itemIds) Assert.Equal(AddOutcome.Added, await Node.Carts.AddAsync(Shopper, itemId));
    }

    private ShopTab Keep(ShopTab tab)
    {
        tabs.Add(tab);
        return tab;
    }

    private static async Task<IRenderedComponent<TPage>> LoadedAsync<TPage>(IRenderedComponent<TPage> page)
        where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        await page.WaitForElementAsync("main");
        return page;
    }
}
