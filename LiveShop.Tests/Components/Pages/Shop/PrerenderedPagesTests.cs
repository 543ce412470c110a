using System.Net;
using System.Text.RegularExpressions;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Shopper;

namespace LiveShop.Tests;

/// <summary>The first HTML that a browser gets, before there is a circuit.</summary>
public sealed partial class PrerenderedPagesTests(PostgresServer postgres) : HostTests(postgres)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/drops")]
    public async Task The_store_is_complete_in_the_first_html_and_tells_no_count(string path)
    {
        var product = await Node.AddProductAsync("A", stock: 4711, sizes: [8, 9]);
        await Node.AddProductAsync("B", stock: 4711, release: false);

        var page = await Browser.GetStringAsync(path);

        Assert.Contains("<title>Sneakers23</title>", page, StringComparison.Ordinal);
        Assert.All(product.Items, item => Assert.Contains($"value=\"{item.Id}\"", page, StringComparison.Ordinal));
        Assert.Contains("coming soon...", page, StringComparison.Ordinal);
        Assert.DoesNotContain("4711", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_only_script_is_the_frameworks()
    {
        var page = await Browser.GetStringAsync("/");

        Assert.Equal(1, page.Split("<script").Length - 1);
        Assert.Contains("""<script src="_framework/blazor.web.js"></script>""", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cart_follows_the_browser_and_nobody_else()
    {
        var item = await Node.AddItemAsync(stock: 5);
        await Browser.GetStringAsync("/");
        await PostFormAsync(CartForms.AddPath, ("item_id", $"{item}"));

        Assert.Contains("cart-container", await Browser.GetStringAsync("/"), StringComparison.Ordinal);
        using var stranger = NewBrowser();
        Assert.DoesNotContain("cart-container", await stranger.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_checkout_of_an_empty_cart_leads_to_the_store()
    {
        var answer = await Browser.GetAsync("/checkout");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location is { IsAbsoluteUri: true } location ? location.PathAndQuery : answer.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("/no-such-page")]
    [InlineData("/checkout/complete/0000-0000")]
    [InlineData("/checkout/complete/'; drop table orders; --")]
    [InlineData("/pictures/99/00000000.svg")]
    public async Task What_does_not_exist_is_answered_with_404_and_a_page_that_leads_to_the_store(string path)
    {
        var answer = await Browser.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Nothing here.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_strangers_order_and_no_order_look_the_same()
    {
        var cart = await Node.FillCartAsync(await Node.AddItemAsync(stock: 5));
        var placed = Assert.IsType<PurchaseOutcome.Placed>(await Node.Checkout.PlaceOrderAsync(Some.Request(cart)));

        var (theirs, none) = (await Browser.GetAsync($"/checkout/complete/{placed.OrderNumber}"), await Browser.GetAsync("/checkout/complete/0000-0000"));

        Assert.Equal(none.StatusCode, theirs.StatusCode);
        Assert.Equal(await VisibleAsync(none), await VisibleAsync(theirs));

        // Without what the framework encrypts into comments, which is never the same twice.
        static async Task<string> VisibleAsync(HttpResponseMessage answer) => Comment().Replace(await answer.Content.ReadAsStringAsync(), "");
    }

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment();
}
