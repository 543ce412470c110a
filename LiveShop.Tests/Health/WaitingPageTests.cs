using System.Net;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

[Collection(PostgresServer.Collection)]
public sealed class WaitingPageTests : IAsyncLifetime
{
    /// <summary>Of a database that is not there: this node never has an inventory.</summary>
    private readonly ShopNode node = new("Host=127.0.0.1;Port=1;Username=shop;Database=shop");

    private ShopHost host = null!;
    private HttpClient browser = null!;

    public async Task InitializeAsync()
    {
        host = await ShopHost.StartAsync(node);
        browser = host.NewBrowser();
    }

    public async Task DisposeAsync()
    {
        browser.Dispose();
        await host.DisposeAsync();
        await node.DisposeAsync();
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/checkout")]
    [InlineData("/checkout/complete/7K4M-92QX")]
    public async Task Before_the_inventory_is_loaded_a_page_says_that_the_shop_opens_and_asks_again_by_itself(string path)
    {
        var answer = await browser.GetAsync(path);
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("<title>Sneakers23</title>", page, StringComparison.Ordinal);
        Assert.Contains("""<meta http-equiv="refresh" content="1">""", page, StringComparison.Ordinal);
        Assert.Contains("Opening.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_gives_out_no_cart_yet() => Assert.False((await browser.GetAsync("/")).Headers.Contains("Set-Cookie"));

    [Fact]
    public async Task A_circuit_is_refused_so_that_reconnecting_tabs_try_again()
    {
        var answer = await browser.PostAsync("/_blazor/negotiate?negotiateVersion=1", content: null);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData(ShopHost.File)]
    public async Task What_needs_no_inventory_is_answered_as_ever(string path) =>
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(path)).StatusCode);
}
