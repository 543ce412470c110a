using System.Net;
using LiveShop.E2E.Harness;

namespace LiveShop.E2E.Cart;

public sealed class CookieScenarios(Chrome chrome, OpenShop shop) : OpenShopScenario(chrome, shop)
{
    [Fact]
    public async Task C5_a_cookie_that_was_altered_truncated_made_elsewhere_or_a_megabyte_long_gives_a_fresh_empty_cart()
    {
        var shopper = await NewShopperAsync();
        var tab = await shopper.OpenStoreAsync();
        await tab.AddAsync(1);
        var good = await CookieOfAsync(shopper);
        var (_, unspoilt) = await GetStoreAsync(good);
        Assert.Contains("cart-item", unspoilt, StringComparison.Ordinal);

        foreach (var bad in new[] { Altered(good), good[..^20], "", "\"", await CookieOfAnotherShopAsync(), new string('x', 1024 * 1024) })
        {
            var (fresh, page) = await GetStoreAsync(bad);
            Assert.False(string.IsNullOrEmpty(fresh), "No fresh cookie was set.");
            Assert.Contains("<title>Sneakers23</title>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("cart-item", page, StringComparison.Ordinal);
        }
        await tab.ReloadAsync();
        await Expect(tab.CartItem(1)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task C5_a_browser_with_an_altered_cookie_goes_on_with_an_empty_cart_that_works()
    {
        var shopper = await NewShopperAsync();
        var tab = await shopper.OpenStoreAsync();
        await tab.AddAsync(1);
        await shopper.Context.AddCookiesAsync([new() { Name = "cart", Value = Altered(await CookieOfAsync(shopper)), Url = Shop.Process.Url }]);

        await tab.GoToStoreAsync();
        await Expect(tab.Cart()).ToHaveCountAsync(0);
        await tab.AddAsync(2);

        await tab.ReloadAsync();
        await Expect(tab.Cart()).ToHaveCountAsync(1);
    }

    private static string Altered(string cookie) => cookie[..50] + (cookie[50] == 'A' ? 'B' : 'A') + cookie[51..];

    private static async Task<string> CookieOfAsync(Shopper shopper) => (await shopper.Context.CookiesAsync()).Single(cookie => cookie.Name == "cart").Value;

    private async Task<string> CookieOfAnotherShopAsync()
    {
        var shopper = await NewShopperAsync(await FreshShopAsync());
        await shopper.OpenStoreAsync();
        return await CookieOfAsync(shopper);
    }

    /// <summary>The store as a browser with that cookie gets it; the cookie is the one that the answer sets, if it sets one.</summary>
    private async Task<(string? Cookie, string Page)> GetStoreAsync(string cookie)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false };
        using var http = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Shop.Process.Url));
        request.Headers.TryAddWithoutValidation("Cookie", $"cart={cookie}");
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var set = answer.Headers.TryGetValues("Set-Cookie", out var values) ? values.SingleOrDefault(value => value.StartsWith("cart=", StringComparison.Ordinal)) : null;
        return (set, await answer.Content.ReadAsStringAsync());
    }
}
