using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

/// <summary>Changes of a cart that no message told of: nodes of one database that hear nothing of each other.</summary>
public sealed class CartWatchTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task A_connected_cart_that_changed_elsewhere_is_told_here()
    {
        var (here, there) = (NewNode().WatchCarts(), NewNode());
        var (first, second) = (await there.AddItemAsync(stock: 9), await there.AddItemAsync(stock: 9));
        var cart = await there.FillCartAsync(first);
        Connect(here, cart);
        using var told = here.Record(Topic.Cart(cart.Id));

        await there.Carts.AddAsync(cart.Id, second);

        await told.UntilAsync(1);
        Assert.Equal([first, second], told.Of<CartChanged>()[0].Cart.ItemIds.AsEnumerable());
        Assert.Equivalent(await there.CartAsync(cart.Id), told.Of<CartChanged>()[0].Cart, strict: true);
    }

    [Fact]
    public async Task A_cart_that_was_bought_elsewhere_is_empty_here()
    {
        var (here, there) = (NewNode().WatchCarts(), NewNode().Sell());
        var cart = await there.FillCartAsync(await there.AddItemAsync(stock: 9));
        Connect(here, cart);
        using var told = here.Record(Topic.Cart(cart.Id));

        Assert.IsType<PurchaseOutcome.Placed>(await there.Checkout.PlaceOrderAsync(Some.Request(cart)));

        await told.UntilAsync(1);
        Assert.Empty(told.Of<CartChanged>()[^1].Cart.ItemIds);
    }

    [Fact]
    public async Task A_change_committed_long_after_it_was_made_is_found_though_newer_ones_were_seen()
    {
        var (here, there) = (NewNode(), NewNode());
        var (slow, quick) = (await there.FillCartAsync(await there.AddItemAsync(stock: 9)), await there.FillCartAsync(await there.AddItemAsync(stock: 9)));
        foreach (var cart in new[] { slow, quick }) Connect(here, cart);
        using var ofSlow = here.Record(Topic.Cart(slow.Id));
        using var ofQuick = here.Record(Topic.Cart(quick.Id));
        await LookAsync(here);
        await using var session = await Database.OpenSessionAsync();
        await session.ExecuteAsync($"begin; {Touch(slow)}");

        await Database.ExecuteAsync(Touch(quick));
        await LookAsync(here, 3);
        await ofQuick.UntilAsync(1);
        Assert.Empty(ofSlow.Heard);

        await session.ExecuteAsync("commit");
        await LookAsync(here, 2);
        await ofSlow.UntilAsync(1);
    }

    [Fact]
    public async Task What_a_message_told_in_time_is_not_told_again_and_who_is_not_here_is_not_told()
    {
        var (here, there) = (NewNode(), NewNode());
        var item = await there.AddItemAsync(stock: 9);
        var (known, absent) = (await there.FillCartAsync(item), await there.FillCartAsync(item));
        Connect(here, known);
        using var ofKnown = here.Record(Topic.Cart(known.Id));
        using var ofAbsent = here.Record(Topic.Cart(absent.Id));
        await LookAsync(here);

        await Database.ExecuteAsync(Touch(known) + ";" + Touch(absent));
        await LookAsync(here);
        here.Presence.Hold(await there.CartAsync(known.Id));
        await LookAsync(here, 3);
        here.Bus.Publish(new CartChanged(known));

        await ofKnown.UntilAsync(1);
        Assert.Equal(known.Version, Assert.Single(ofKnown.Of<CartChanged>()).Cart.Version);
        Assert.Empty(ofAbsent.Heard);
    }

    [Fact]
    public async Task A_tab_that_opens_with_a_newer_cart_has_the_older_ones_told()
    {
        var (here, there) = (NewNode(), NewNode());
        var (first, second) = (await there.AddItemAsync(stock: 9), await there.AddItemAsync(stock: 9));
        var cart = await there.FillCartAsync(first);
        Connect(here, cart);
        using var told = here.Record(Topic.Cart(cart.Id));
        await there.Carts.AddAsync(cart.Id, second);

        var opened = await here.CartAsync(cart.Id);
        here.Presence.Hold(opened);
        await here.CartAsync(cart.Id);
        here.Bus.Publish(new CartChanged(cart));

        await told.UntilAsync(2);
        Assert.Equal([opened.Version, cart.Version], told.Of<CartChanged>().Select(changed => changed.Cart.Version));
    }

    private static void Connect(ShopNode node, Cart cart)
    {
        node.Presence.Enter(cart.Id.Value, cart.Id, "/");
        node.Presence.Hold(cart);
    }

    private static async Task LookAsync(ShopNode node, int times = 1)
    {
        for (var i = 0; i < times; i++) await node.CartWatch.LookAsync(default);
    }

    private static string Touch(Cart cart) => $"update carts set version = nextval('shop_version') where id = '{cart.Id.Value}'";
}
