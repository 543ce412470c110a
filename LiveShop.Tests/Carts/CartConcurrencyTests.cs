using LiveShop.Domain;
using LiveShop.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveShop.Tests;

public sealed class CartConcurrencyTests(PostgresServer postgres) : ShopTests(postgres)
{
    private static readonly decimal[] Sizes = [.. Enumerable.Range(1, 40).Select(size => (decimal)size)];

    [Fact]
    public async Task Forty_tabs_that_add_at_once_lose_no_item()
    {
        var (left, right) = (NewNode(Limit(40)), NewNode(Limit(40)));
        var items = await ItemsAsync(left);
        var shopper = CartId.New();

        var outcomes = await Task.WhenAll(items.Select((item, tab) => (tab % 2 == 0 ? left : right).Carts.AddAsync(shopper, item)));

        Assert.All(outcomes, outcome => Assert.Equal(AddOutcome.Added, outcome));
        Assert.Equal(items, (await left.CartAsync(shopper)).ItemIds.Order());
    }

    [Fact]
    public async Task Forty_tabs_that_add_at_once_never_exceed_the_limit()
    {
        var (left, right) = (NewNode(), NewNode());
        var items = await ItemsAsync(left);
        var shopper = CartId.New();

        var outcomes = await Task.WhenAll(items.Select((item, tab) => (tab % 2 == 0 ? left : right).Carts.AddAsync(shopper, item)));

        Assert.Equal(4, outcomes.Count(outcome => outcome == AddOutcome.Added));
        Assert.Equal(36, outcomes.Count(outcome => outcome == AddOutcome.CartFull));
        Assert.Equal(4, (await left.CartAsync(shopper)).ItemIds.Length);
    }

    [Fact]
    public async Task Forty_tabs_that_add_the_same_item_add_it_once()
    {
        var node = NewNode();
        var item = await node.AddItemAsync(stock: 1);
        var shopper = CartId.New();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => node.Carts.AddAsync(shopper, item)));

        Assert.Single(outcomes, AddOutcome.Added);
        Assert.Equal(39, outcomes.Count(outcome => outcome == AddOutcome.AlreadyInCart));
    }

    [Fact]
    public async Task Half_the_tabs_adding_while_the_others_remove_lose_no_change()
    {
        var (left, right) = (NewNode(Limit(40)), NewNode(Limit(40)));
        var items = await ItemsAsync(left);
        var shopper = (await left.FillCartAsync([.. items[..20]])).Id;

        await Task.WhenAll(Enumerable.Range(0, 20).SelectMany(tab => new Task[]
        {
            left.Carts.RemoveAsync(shopper, items[tab]),
            right.Carts.AddAsync(shopper, items[20 + tab]),
        }));

        Assert.Equal(items[20..], (await left.CartAsync(shopper)).ItemIds.Order());
    }

    [Fact]
    public async Task The_event_with_the_highest_version_holds_the_cart_as_it_is_stored()
    {
        var bus = new InProcessEventBus(NullLogger<InProcessEventBus>.Instance, Some.Meter);
        var (left, right) = (NewNode(Limit(40), bus), NewNode(Limit(40), bus));
        var items = await ItemsAsync(left);
        var shopper = CartId.New();
        using var events = left.Record(Topic.Cart(shopper));

        await Task.WhenAll(items.Select((item, tab) => (tab % 2 == 0 ? left : right).Carts.AddAsync(shopper, item)));

        await events.UntilAsync(40);
        var stored = await left.CartAsync(shopper);
        var newest = events.Of<CartChanged>().MaxBy(changed => changed.Cart.Version)!.Cart;
        Assert.Equal((stored.Version, stored.CheckoutKey), (newest.Version, newest.CheckoutKey));
        Assert.Equal(stored.ItemIds.AsEnumerable(), newest.ItemIds);
        Assert.Equal(40, events.Of<CartChanged>().Select(changed => changed.Cart.Version).Distinct().Count());
    }

    [Fact]
    public async Task A_change_is_published_after_its_commit_with_a_growing_version()
    {
        var node = NewNode();
        var items = (await ItemsAsync(node))[..4];
        var shopper = CartId.New();
        var seen = new List<(Cart Told, Cart Stored)>();
        using var listener = node.Bus.Subscribe(Topic.Cart(shopper), async changed =>
        {
            var stored = await NewNode().CartAsync(shopper);
            lock (seen) seen.Add((((CartChanged)changed).Cart, stored));
        });

        foreach (var item in items) await node.Carts.AddAsync(shopper, item);
        foreach (var item in items) await node.Carts.RemoveAsync(shopper, item);

        await Eventually.TrueAsync(() => seen.Count == 8);
        Assert.All(seen, pair => Assert.True(pair.Stored.Version >= pair.Told.Version));
        Assert.Equal(seen.Select(pair => pair.Told.Version).Order().Distinct(), seen.Select(pair => pair.Told.Version));
        Assert.Empty(seen[^1].Told.ItemIds);
    }

    private static ShopSettings Limit(int items) => ShopSettings.Default with { MaxItemsPerCart = items };

    private static async Task<int[]> ItemsAsync(ShopNode node) =>
        [.. (await node.AddProductAsync("A", stock: 9, sizes: Sizes)).Items.Select(item => item.Id).Order()];
}
