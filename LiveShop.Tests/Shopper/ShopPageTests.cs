using System.Threading.RateLimiting;
using Bunit;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Pages.Shop;
using LiveShop.Web.Shopper;
using Microsoft.Extensions.DependencyInjection;

namespace LiveShop.Tests;

/// <summary>What every page with a cart has in common, seen in the store.</summary>
public sealed class ShopPageTests(PostgresServer postgres) : PageTests(postgres)
{
    [Fact]
    public async Task What_a_page_is_told_late_does_not_take_the_place_of_a_newer_cart()
    {
        var bus = new DirectBus();
        var node = await NewNode(bus: bus).WatchAsync();
        var (first, second) = (await node.AddItemAsync(stock: 5), await node.AddItemAsync(stock: 5));
        await node.Carts.AddAsync(Shopper, first);
        var old = await node.CartAsync(Shopper);
        var page = await OpenStoreAsync(OpenTab(node));
        await node.Carts.AddAsync(Shopper, second);
        await page.WaitForElementsAsync(".cart-item", 2);

        await bus.DeliverAsync(new CartChanged(old));

        Assert.Equal(2, page.FindAll(".cart-item").Count);
    }

    [Fact]
    public async Task What_is_gone_when_the_page_opens_is_greyed_and_not_announced()
    {
        var item = await Node.AddItemAsync(stock: 1);
        await AddElsewhereAsync(item);
        await BuyElsewhereAsync(item);

        var page = await OpenStoreAsync();

        Assert.Single(page.FindAll(".cart-item--out-of-stock"));
        Assert.Equal("", page.Notice());
    }

    [Fact]
    public async Task A_page_that_continues_an_ended_circuit_says_what_was_said_there()
    {
        var item = await Node.AddItemAsync(stock: 5);
        var before = await OpenStoreAsync();
        await before.PressAsync($".size-container button[value='{item}']");
        var said = before.Notice();
        Assert.Contains("is in your cart", said, StringComparison.Ordinal);

        var page = await ContinueAsync<StorePage>(next => next.State = Kept(before.Instance.State), "/?added=CartFull");

        Assert.Equal(said, page.Notice());
        Assert.Single(page.FindAll(".cart-item"));
    }

    [Fact]
    public async Task A_page_that_continues_announces_what_went_since_and_not_what_was_known_to_be_gone()
    {
        var product = await Node.AddProductAsync("A", stock: 1, sizes: [8, 9]);
        var (early, late) = (product.Items[0].Id, product.Items[1].Id);
        await AddElsewhereAsync(early, late);
        await BuyElsewhereAsync(early);
        var before = await OpenStoreAsync();
        var state = Kept(before.Instance.State);
        await BuyElsewhereAsync(late);
        await before.WaitForElementsAsync(".cart-item--out-of-stock", 2);

        var page = await ContinueAsync<StorePage>(next => next.State = state);

        Assert.Equal("Name of A, size 9, is gone. Pick another.", page.Notice());
        Assert.Equal(2, page.FindAll(".cart-item--out-of-stock").Count);
    }

    [Fact]
    public async Task A_page_that_continues_while_the_database_is_away_announces_what_went_when_its_cart_is_told()
    {
        var product = await Node.AddProductAsync("A", stock: 1, sizes: [8, 9]);
        var (early, late) = (product.Items[0].Id, product.Items[1].Id);
        await AddElsewhereAsync(early, late);
        await BuyElsewhereAsync(early);
        var before = await OpenStoreAsync();
        var state = Kept(before.Instance.State);
        await BuyElsewhereAsync(late);
        await before.WaitForElementsAsync(".cart-item--out-of-stock", 2);
        Link.Cut();

        var page = await ContinueAsync<StorePage>(next => next.State = state);
        Assert.Contains("Your cart cannot be read just now.", page.Find(".cart").TextContent, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => !Node.Inventory.IsDatabaseReachable);
        Link.Mend();

        await page.WaitForAssertionAsync(() => Assert.Equal("Name of A, size 9, is gone. Pick another.", page.Notice()));
    }

    [Fact]
    public async Task A_page_that_continues_tells_what_costs_more_than_before()
    {
        var product = await Node.AddProductAsync("A", stock: 5, price: 120);
        await AddElsewhereAsync(product.Items[0].Id);
        var state = Kept((await OpenStoreAsync()).Instance.State);
        await RepriceAsync(product, 150);

        var page = await ContinueAsync<StorePage>(next => next.State = state);

        Assert.Equal("Name of A costs $150 now, not $120.", page.Notice());
        Assert.Equal("It was $120", page.Find(".cart-item__was").TextContent);
    }

    [Fact]
    public async Task A_price_in_the_store_that_changes_is_announced_whether_or_not_a_pair_of_it_is_in_the_cart()
    {
        var (held, other) = (await Node.AddProductAsync("A", stock: 5, price: 120), await Node.AddProductAsync("B", stock: 5, price: 140));
        await AddElsewhereAsync(held.Items[0].Id);
        var page = await OpenStoreAsync();

        await RepriceAsync(other, 99);
        await page.WaitForAssertionAsync(() => Assert.Equal("Name of B costs $99 now, not $140.", page.Notice()));
        await RepriceAsync(held, 150);
        await page.WaitForAssertionAsync(() => Assert.Equal("Name of A costs $150 now, not $120.", page.Notice()));
    }

    [Fact]
    public async Task A_page_that_shows_something_already_takes_no_state()
    {
        var page = await OpenStoreAsync();

        page.Instance.State = new(default(Message).Next("Said elsewhere.", MessageKind.News), [], []);
        page.Render();

        Assert.Equal("", page.Notice());
    }

    [Fact]
    public async Task What_is_prerendered_carries_no_state()
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 1));
        var tab = OpenTab(isLive: false);

        Assert.Null((await OpenStoreAsync(tab)).Instance.State);
        var checkout = (await OpenCheckoutAsync(OpenTab(isLive: false))).Instance;
        Assert.Null(checkout.State ?? (object?)checkout.Typed ?? checkout.PlacedOrder);
    }

    [Fact]
    public async Task What_goes_later_is_announced()
    {
        var product = await Node.AddProductAsync("A", stock: 1, sizes: [8.5m]);
        await AddElsewhereAsync(product.Items[0].Id);
        var page = await OpenStoreAsync();

        await BuyElsewhereAsync(product.Items[0].Id);

        await page.WaitForAssertionAsync(() => Assert.Equal("Name of A, size 8.5, is gone. Pick another.", page.Notice()));
        Assert.Single(page.FindAll(".cart-item--out-of-stock"));
    }

    [Fact]
    public async Task What_is_gone_is_announced_once_and_not_again_with_the_next_change()
    {
        var product = await Node.AddProductAsync("A", stock: 1, sizes: [8, 9, 10]);
        var (held, other, full) = (product.Items[0].Id, product.Items[1].Id, product.Items[2].Id);
        await AddElsewhereAsync(held);
        var page = await OpenStoreAsync();
        await BuyElsewhereAsync(held);
        await page.WaitForAssertionAsync(() => Assert.Contains("is gone", page.Notice(), StringComparison.Ordinal));
        await page.PressAsync($".size-container button[value='{full}']");

        await BuyElsewhereAsync(other);

        await page.WaitForElementsAsync(".size-container__entry--level-out", 2);
        Assert.Equal("Size 10 is in your cart. It is yours when you check out.", page.Notice());
    }

    [Fact]
    public async Task Several_that_go_at_once_are_announced_together()
    {
        var product = await Node.AddProductAsync("A", stock: 1, sizes: [8, 9]);
        await AddElsewhereAsync([.. product.Items.Select(item => item.Id)]);
        var page = await OpenStoreAsync();

        await BuyElsewhereAsync([.. product.Items.Select(item => item.Id)]);

        await page.WaitForAssertionAsync(() => Assert.Equal("Name of A, size 8, and Name of A, size 9, are gone. Pick others.", page.Notice()));
    }

    [Fact]
    public async Task An_item_that_the_node_does_not_know_yet_joins_the_cart_when_it_does()
    {
        var page = await OpenStoreAsync();
        Node.Bus.Publish(new CartChanged(new Cart(Shopper, Version: 1, Guid.NewGuid(), [1])));

        var product = await Node.AddProductAsync("A", stock: 5);

        Assert.Equal(1, product.Items[0].Id);
        await page.WaitForAssertionAsync(() => Assert.Equal("Name of A", page.Find(".cart-item .cart-item__name").TextContent));
    }

    [Fact]
    public async Task A_store_that_is_emptied_empties_the_cart_on_the_page()
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));
        var page = await OpenStoreAsync();
        Assert.Single(page.FindAll(".cart-item"));

        await Node.Database.ResetAsync([Some.Spec("New", stock: 5)]);

        await page.WaitForAssertionAsync(() =>
        {
            Assert.Equal("Name of New", Assert.Single(page.FindAll(".product-listing__name")).TextContent);
            Assert.Empty(page.FindAll("#cart-container"));
        });
    }

    [Fact]
    public async Task After_the_store_was_emptied_the_cart_works_as_before()
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));
        var page = await OpenStoreAsync();
        await Node.Database.ResetAsync([Some.Spec("New", stock: 5)]);
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll("#cart-container")));
        await Eventually.TrueAsync(() => Node.Presence.Totals is { Shoppers: 1, WithCart: 0, InCarts.IsEmpty: true });
        await Node.Inventory.ReleaseAsync(1, "test");
        await page.WaitForElementAsync(".size-container button");

        await page.PressAsync(".size-container button");

        await page.WaitForAssertionAsync(() => Assert.Equal("Name of New", page.Find(".cart-item__name").TextContent));
    }

    [Fact]
    public async Task A_cart_that_could_not_be_read_is_not_called_empty_and_comes_back_by_itself()
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));
        Link.Cut();
        var page = await OpenStoreAsync();
        Assert.Contains("Your cart cannot be read just now.", page.Find(".cart").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll(".size-container button"));

        // The sweep has to notice that the database was away before it can notice that it is back.
        await Eventually.TrueAsync(() => !Node.Inventory.IsDatabaseReachable);
        Link.Mend();

        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll(".cart-item")));
    }

    [Fact]
    public async Task A_cart_that_could_not_be_read_comes_back_also_when_the_node_noticed_nothing()
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));
        await Node.StopAsync();
        Link.Cut();
        var page = await OpenStoreAsync();
        Assert.Contains("Your cart cannot be read just now.", page.Find(".cart").TextContent, StringComparison.Ordinal);

        Link.Mend();

        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll(".cart-item")));
        Assert.True(Node.Inventory.IsDatabaseReachable);
    }

    [Fact]
    public async Task When_the_whole_store_is_another_one_pages_ask_for_eight_carts_at_a_time()
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));
        var pages = new List<IRenderedComponent<StorePage>>();
        for (var i = 0; i < 12; i++) pages.Add(await OpenStoreAsync());
        using var told = Node.Record(Topic.Shelf);
        await using var other = await Database.OpenSessionAsync();
        await other.ExecuteAsync("begin; lock table carts");

        await Database.ExecuteAsync("update store set epoch = epoch + 1");
        await Eventually.TrueAsync(() => told.Of<ShelfChanged>().Any(changed => changed.Replaced));
        foreach (var page in pages) await page.InvokeAsync(() => { });

        await Database.UntilSomebodyWaitsForALockAsync(sessions: 8);
        await other.ExecuteAsync("delete from cart_items; commit");
        foreach (var page in pages) await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll(".cart-item")));
    }

    [Fact]
    public async Task A_shopper_whose_earlier_clicks_are_still_waiting_is_asked_for_patience()
    {
        var item = await Node.AddItemAsync(stock: 5);
        var tab = OpenTab();
        var page = await OpenStoreAsync(tab);
        var requests = tab.Services.GetRequiredService<PartitionedRateLimiter<CartId>>();
        var running = await FillAsync(requests, ShopTab.Settings.RequestsPerShopper);

        await page.PressAsync($".size-container button[value='{item}']");
        Assert.Equal(Words.TooFast, page.Notice());

        foreach (var turn in running) turn.Dispose();
        await page.PressAsync($".size-container button[value='{item}']");
        await page.WaitForElementAsync(".cart-item");
    }

    /// <summary>Takes every turn and every place in the line; those who wait leave as soon as it is their turn.</summary>
    private async Task<List<IDisposable>> FillAsync(PartitionedRateLimiter<CartId> requests, int atOnce)
    {
        var running = new List<IDisposable>();
        for (var i = 0; i < atOnce; i++) running.Add(await requests.AcquireAsync(Shopper));
        while (requests.AcquireAsync(Shopper).AsTask() is { IsCompleted: false } waiting) _ = LeaveAsync(waiting);
        return running;

        static async Task LeaveAsync(Task<RateLimitLease> waiting) => (await waiting).Dispose();
    }

    private async Task RepriceAsync(Product product, decimal price) => Assert.IsType<ProductOutcome.Done>(await Node.CatalogDesk.EditAsync(
        product.Id, product.Version, new ProductDraft { Brand = product.Brand, Name = product.Name, Colorway = product.Colorway, Price = $"{price}" }, "bo"));
}
