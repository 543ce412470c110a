using LiveShop.E2E.Harness;
using Microsoft.Playwright;

namespace LiveShop.E2E.Checkout;

/// <summary>O6: what a shopper sees is what the shopper buys, over a line that holds frames up in either direction.</summary>
public sealed class LagScenarios(Chrome chrome) : Scenario(chrome)
{
    private const string Price = ".cart-item__price";

    private ShopProcess shop = null!;
    private TestStore store = null!;

    /// <summary>What the tab with the form reaches the shop by.</summary>
    private CuttableNetwork line = null!;

    public override async Task InitializeAsync()
    {
        shop = await FreshShopAsync();
        await shop.ReleaseAsync(1);
        store = await OpenStoreAsync(shop);
        line = Keep(new CuttableNetwork(shop.Url));
        await store.SetEveryAvailabilityAsync(300);
        await store.NextSweepAsync();
    }

    [Fact]
    public async Task O6_a_press_on_a_screen_that_has_not_heard_of_a_new_price_sells_nothing()
    {
        var tab = await OpenFormAsync(await NewShopperAsync(shop));
        line.Down.Close();
        await store.SetPriceAsync(1, 150);
        await store.NextSweepAsync();
        await Eventually.EqualAsync(true, () => Task.FromResult(line.Down.Holds));

        await Expect(tab.Locator(Price)).ToHaveTextAsync("$120");
        await tab.PlaceOrder().ClickAsync();
        await store.NextSweepAsync();
        line.Down.Open();

        await Expect(tab.Notice()).ToContainTextAsync("Not sold: Hop Man 3 costs $150 now, not $120. Nothing was charged.");
        await Expect(tab.Locator(Price)).ToHaveTextAsync("$150");
        await Expect(tab.Locator(".cart-item__was")).ToContainTextAsync("$120");
        Assert.Equal(0, await store.OrdersAsync());
        await tab.PlaceOrder().ClickAsync();
        await tab.WaitForURLAsync("**/checkout/complete/*");
        Assert.Equal(150, await store.ScalarAsync<decimal>("select total from orders"));
    }

    [Fact]
    public async Task O6_a_press_that_is_on_its_way_while_the_price_changes_sells_nothing()
    {
        var tab = await OpenFormAsync(await NewShopperAsync(shop));
        line.Up.Close();
        await tab.PlaceOrder().ClickAsync();
        await store.SetPriceAsync(1, 150);

        // The new price reaches the screen before the press reaches the shop, and its acknowledgement comes after the press.
        await Expect(tab.Locator(Price)).ToHaveTextAsync("$150");
        line.Up.Open();

        await Expect(tab.Notice()).ToContainTextAsync("Not sold: Hop Man 3 costs $150 now, not $120.");
        Assert.Equal(0, await store.OrdersAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task O6_frames_that_are_held_up_in_both_directions_sell_nothing_in_either_order(bool upFirst)
    {
        var tab = await OpenFormAsync(await NewShopperAsync(shop));
        line.Down.Close();
        line.Up.Close();
        await store.SetPriceAsync(1, 150);
        await store.NextSweepAsync();
        await Eventually.EqualAsync(true, () => Task.FromResult(line.Down.Holds));
        await tab.PlaceOrder().ClickAsync();

        (upFirst ? line.Up : line.Down).Open();
        await store.NextSweepAsync();
        (upFirst ? line.Down : line.Up).Open();

        await Expect(tab.Notice()).ToContainTextAsync("Not sold: Hop Man 3 costs $150 now, not $120.");
        Assert.Equal(0, await store.OrdersAsync());
    }

    [Fact]
    public async Task O6_a_pair_that_another_tab_added_behind_the_screen_is_not_sold_along()
    {
        var shopper = await NewShopperAsync(shop);
        var tab = await OpenFormAsync(shopper);
        line.Down.Close();
        var other = await shopper.OpenStoreAsync();
        await other.AddAsync(2);
        await Expect(other.Cart()).ToHaveCountAsync(2);

        await tab.PlaceOrder().ClickAsync();
        await store.NextSweepAsync();
        line.Down.Open();

        await Expect(tab.Notice()).ToContainTextAsync("Not sold: Hop Man 3, size 6.5, is in your cart too.");
        Assert.Equal(0, await store.OrdersAsync());
        await tab.PlaceOrder().ClickAsync();
        await tab.WaitForURLAsync("**/checkout/complete/*");
        Assert.Equal(240, await store.ScalarAsync<decimal>("select total from orders"));
    }

    [Fact]
    public async Task O6_a_second_press_on_the_same_old_screen_sells_nothing_either()
    {
        var tab = await OpenFormAsync(await NewShopperAsync(shop));
        line.Down.Close();
        await store.SetPriceAsync(1, 150);
        await store.NextSweepAsync();

        for (var press = 0; press < 3; press++)
        {
            await tab.PlaceOrder().ClickAsync();
            await store.NextSweepAsync();
        }
        line.Down.Open();

        await Expect(tab.Locator(Price)).ToHaveTextAsync("$150");
        Assert.Equal(0, await store.OrdersAsync());
    }

    private async Task<IPage> OpenFormAsync(Harness.Shopper shopper)
    {
        var start = await shopper.OpenStoreAsync();
        await start.AddAsync(1);
        await start.CloseAsync();
        var tab = await shopper.OpenCheckoutAsync(line.Url);
        await tab.FillDeliveryAsync();
        return tab;
    }
}
