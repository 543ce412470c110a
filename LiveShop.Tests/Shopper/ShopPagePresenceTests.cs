using Bunit;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Pages.Shop;
using LiveShop.Web.Shopper;
using Microsoft.Extensions.DependencyInjection;

namespace LiveShop.Tests;

/// <summary>What the pages of the shop tell about who is connected.</summary>
public sealed class ShopPagePresenceTests(PostgresServer postgres) : PageTests(postgres)
{
    private PresenceTotals Totals => Node.Presence.Totals;

    [Fact]
    public async Task A_shopper_in_the_store_is_here_until_the_page_is_left()
    {
        var tab = OpenTab();
        await OpenStoreAsync(tab);
        Assert.Equal((1, 0), (Totals.Shoppers, Totals.WithCart));
        Assert.Equal([new("/", 1)], Totals.Pages);

        await tab.DisposeComponentsAsync();

        await Eventually.TrueAsync(() => Totals.Shoppers == 0);
        Assert.Empty(Totals.Pages);
    }

    [Fact]
    public async Task Two_tabs_on_two_pages_are_one_shopper_on_both()
    {
        await OpenStoreAsync();
        await OpenCheckoutAsync();

        Assert.Equal(1, Totals.Shoppers);
        Assert.Equal([new("/", 1), new("/checkout", 1)], Totals.Pages.OrderBy(page => page.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_the_shopper_holds_already_is_counted_when_the_page_opens()
    {
        var item = await Node.AddItemAsync(stock: 5);
        await AddElsewhereAsync(item);

        await OpenStoreAsync();

        Assert.Equal([new(item, 1)], Totals.InCarts);
        Assert.Equal(1, Totals.WithCart);
    }

    [Fact]
    public async Task What_the_shopper_adds_and_removes_is_counted()
    {
        var item = await Node.AddItemAsync(stock: 5);
        var page = await OpenStoreAsync();
        await page.PressAsync($".size-container button[value='{item}']");
        await Eventually.TrueAsync(() => Totals.InCarts.GetValueOrDefault(item) == 1);

        await page.WaitForElementAsync(".cart-item button");
        await page.PressAsync(".cart-item button");

        await Eventually.TrueAsync(() => Totals.InCarts.IsEmpty);
        Assert.Equal((1, 0), (Totals.Shoppers, Totals.WithCart));
    }

    [Fact]
    public async Task From_the_store_to_the_checkout_in_one_circuit_is_a_move()
    {
        var item = await Node.AddItemAsync(stock: 5);
        await AddElsewhereAsync(item);
        var tab = OpenTab();
        await OpenStoreAsync(tab);
        await tab.DisposeComponentsAsync();

        await OpenCheckoutAsync(tab);

        Assert.Equal([new("/checkout", 1)], Totals.Pages);
        Assert.Equal([new(item, 1)], Totals.InCarts);
    }

    [Fact]
    public async Task A_page_whose_browser_is_back_shows_what_became_of_the_cart_meanwhile()
    {
        var (first, second) = (await Node.AddItemAsync(stock: 5), await Node.AddItemAsync(stock: 5));
        await AddElsewhereAsync(first);
        var tab = OpenTab();
        var page = await OpenStoreAsync(tab);
        var circuit = tab.Services.GetRequiredService<CircuitPresence>();
        await circuit.OnConnectionDownAsync(null!, default);
        await Database.ExecuteAsync($"insert into cart_items (cart_id, item_id) values ('{Shopper.Value}', {second}); update carts set version = nextval('shop_version')");

        await circuit.OnConnectionUpAsync(null!, default);

        await page.WaitForElementAsync($".cart-item[data-item-id='{second}']");
    }

    [Fact]
    public async Task Pages_whose_browsers_are_back_all_at_once_ask_for_eight_carts_at_a_time_until_they_are_told()
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));
        var tabs = Enumerable.Range(0, 12).Select(_ => OpenTab()).ToList();
        var pages = new List<IRenderedComponent<StorePage>>();
        foreach (var tab in tabs) pages.Add(await OpenStoreAsync(tab));
        var circuits = tabs.Select(tab => tab.Services.GetRequiredService<CircuitPresence>()).ToList();
        foreach (var circuit in circuits) await circuit.OnConnectionDownAsync(null!, default);
        await using var other = await Database.OpenSessionAsync();
        await other.ExecuteAsync("begin; lock table carts");

        foreach (var circuit in circuits) await circuit.OnConnectionUpAsync(null!, default);

        await Database.UntilSomebodyWaitsForALockAsync(sessions: 8);
        await Node.StopAsync();
        Link.Cut();
        await other.ExecuteAsync("delete from cart_items; update carts set version = nextval('shop_version'); commit");
        Link.Mend();
        foreach (var page in pages) await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll(".cart-item")));
    }

    [Fact]
    public async Task Prerendering_enters_nothing()
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));

        await OpenStoreAsync(OpenTab(isLive: false));

        Assert.Same(PresenceTotals.Nobody, Totals);
    }

    [Fact]
    public async Task A_browser_that_keeps_no_cookies_is_not_counted()
    {
        await OpenStoreAsync(OpenTab(keepsCookies: false));

        Assert.Same(PresenceTotals.Nobody, Totals);
    }
}
