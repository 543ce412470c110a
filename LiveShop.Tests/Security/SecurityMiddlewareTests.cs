using System.Net;
using LiveShop.Tests.Harness;
using LiveShop.Web.Shopper;

namespace LiveShop.Tests;

public sealed class SecurityMiddlewareTests(PostgresServer postgres) : HostTests(postgres)
{
    private const string Circuit = "/_blazor/negotiate?negotiateVersion=1";

    public static TheoryData<string> Foreign => ["https://elsewhere.example", "http://127.0.0.1:1", "http://127.0.0.1", "null", "nonsense"];

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task A_page_of_another_site_cannot_start_a_circuit(string origin)
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Post, Circuit, origin)).StatusCode);
        // A websocket begins as a GET.
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Get, "/_blazor", origin)).StatusCode);
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public async Task A_page_of_another_site_cannot_post(string origin)
    {
        var item = await Node.AddItemAsync(stock: 5);
        await Browser.GetStringAsync("/");
        using var form = new HttpRequestMessage(HttpMethod.Post, CartForms.AddPath) { Content = new FormUrlEncodedContent([new("item_id", $"{item}")]) };
        form.Headers.Add("Origin", origin);

        Assert.Equal(HttpStatusCode.Forbidden, (await Browser.SendAsync(form)).StatusCode);
        Assert.Empty(await HeldAsync());
    }

    [Fact]
    public async Task The_shops_own_pages_can_do_both()
    {
        await Browser.GetStringAsync("/");

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Post, Circuit, OwnOrigin)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(HttpMethod.Post, CartForms.AddPath, OwnOrigin)).StatusCode);
    }

    [Fact]
    public async Task Who_sends_no_origin_is_no_page_of_another_site()
    {
        await Browser.GetStringAsync("/");

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Post, Circuit)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(HttpMethod.Post, CartForms.AddPath)).StatusCode);
    }

    [Fact]
    public async Task Following_a_link_from_another_site_is_fine() =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, "/", "https://elsewhere.example")).StatusCode);

    [Theory]
    [InlineData("/")]
    [InlineData("/checkout")]
    [InlineData("/no-such-page")]
    [InlineData("/health/live")]
    public async Task Every_answer_tells_browsers_what_they_may_do_with_it(string path)
    {
        var answer = await Browser.GetAsync(path);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/drops")]
    [InlineData("/checkout")]
    [InlineData("/checkout/complete/0000-0000")]
    public async Task Browsers_keep_no_page_because_each_shows_the_state_of_a_moment(string path) =>
        Assert.True((await Browser.GetAsync(path)).Headers.CacheControl?.NoStore);

    [Fact]
    public async Task Files_beside_the_pages_may_be_kept() => Assert.Null((await Browser.GetAsync(ShopHost.File)).Headers.CacheControl);

    [Fact]
    public async Task A_cookie_header_of_a_megabyte_is_answered_with_a_page()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Cookie", $"{CartCookie.Name}={new string('A', 1_000_000)}");
        using var browser = NewBrowser();

        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(request)).StatusCode);
    }
}
