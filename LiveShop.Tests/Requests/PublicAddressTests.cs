using System.Net;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

/// <summary>Behind a proxy on this machine, which is trusted, that ends TLS.</summary>
public sealed class PublicAddressTests(PostgresServer postgres) : OperatorTests(postgres)
{
    [Theory]
    [InlineData("https", true)]
    [InlineData("http", false)]
    public async Task Every_cookie_is_for_TLS_only_where_the_browser_came_over_TLS(string scheme, bool isSecure)
    {
        var login = await SendAsync(HttpMethod.Get, Login, ("X-Forwarded-Proto", scheme));

        var cookies = login.Headers.GetValues("Set-Cookie").ToList();
        Assert.Equal(2, cookies.Count);
        Assert.All(cookies, cookie => Assert.Equal(isSecure, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task The_word_of_a_proxy_that_is_not_trusted_counts_for_nothing()
    {
        await using var host = await ShopHost.StartAsync(Node, configuration: ("Proxy:Trusted", "203.0.113.7"));
        using var browser = host.NewBrowser();
        browser.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        Assert.All((await browser.GetAsync("/")).Headers.GetValues("Set-Cookie"), cookie => Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("shop.example", "https")]
    [InlineData("shop.example", null)]
    [InlineData("shop.example:443", null)]
    public async Task Redirects_lead_to_a_path_of_whatever_address_the_browser_knows(string host, string? scheme)
    {
        foreach (var (path, to) in new[] { ("/admin", "/admin/login?ReturnUrl=%2Fadmin"), ("/admin/login/code", "/admin/login") })
        {
            var answer = await SendAsync(HttpMethod.Get, path, ("Host", host), ("X-Forwarded-Proto", scheme), ("X-Forwarded-For", "203.0.113.9"));

            Assert.Equal((HttpStatusCode.Redirect, to), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        }
    }

    [Fact]
    public async Task A_forwarded_host_is_the_one_that_forms_and_circuits_must_come_from()
    {
        async Task<HttpStatusCode> AskAsync(string origin) => (await SendAsync(
            HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", ("X-Forwarded-Host", "shop.example"), ("X-Forwarded-Proto", "https"), ("Origin", origin))).StatusCode;

        Assert.Equal(HttpStatusCode.OK, await AskAsync("https://shop.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(OwnOrigin));
    }

    [Fact]
    public async Task Origins_that_the_settings_allow_may_send_forms_whatever_the_proxy_calls_the_host()
    {
        await using var host = await ShopHost.StartAsync(Node, configuration: ("Shop:AllowedOrigins", "https://shop.example"));
        using var browser = host.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1") { Headers = { { "Origin", "https://shop.example" } } };

        Assert.Equal(HttpStatusCode.OK, (await browser.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Who_comes_through_the_proxy_is_no_insider_though_its_headers_are_taken_off() =>
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Get, "/metrics", ("X-Forwarded-For", "127.0.0.1"))).StatusCode);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Key, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (key, value) in headers)
        {
            if (value is not null) request.Headers.TryAddWithoutValidation(key, value);
        }
        return await Browser.SendAsync(request);
    }
}
