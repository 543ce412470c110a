using System.Security.Claims;
using LiveShop.Domain;
using LiveShop.Web.Components.Pages.Shop;
using LiveShop.Web.Shopper;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace LiveShop.Tests;

public sealed class CartCookieTests
{
    private readonly EphemeralDataProtectionProvider keys = new();

    [Fact]
    public async Task The_first_page_sets_the_cookie_and_the_request_is_about_that_cart_already()
    {
        var first = await SendAsync();

        var set = Assert.Single(CookiesSetBy(first));
        Assert.Equal(CartCookie.Name, set.Name.ToString());
        var id = CartOf(first);
        Assert.NotNull(id);
        Assert.Equal(id, CartOf(await SendAsync(set.Value.Value)));
    }

    [Fact]
    public async Task Scripts_cannot_read_it_and_forms_of_other_sites_do_not_send_it()
    {
        var set = Assert.Single(CookiesSetBy(await SendAsync()));

        Assert.True(set.HttpOnly);
        Assert.Equal(Microsoft.Net.Http.Headers.SameSiteMode.Lax, set.SameSite);
        Assert.Equal("/", set.Path.ToString());
        Assert.True(set.MaxAge > Carts.Lifetime);
    }

    [Theory]
    [InlineData("https", true)]
    [InlineData("http", false)]
    public async Task It_is_kept_to_encrypted_connections_where_there_is_one(string scheme, bool isSecure)
    {
        var set = Assert.Single(CookiesSetBy(await SendAsync(scheme: scheme)));

        Assert.Equal(isSecure, set.Secure);
    }

    [Fact]
    public async Task It_does_not_show_the_cart_id()
    {
        var first = await SendAsync();

        Assert.DoesNotContain(CartOf(first)!.Value.Value, first.Response.Headers.SetCookie.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_has_one_keeps_it()
    {
        var cookie = Assert.Single(CookiesSetBy(await SendAsync())).Value.Value;

        Assert.Empty(CookiesSetBy(await SendAsync(cookie)));
    }

    [Fact]
    public async Task Every_browser_gets_a_cart_of_its_own() => Assert.NotEqual(CartOf(await SendAsync()), CartOf(await SendAsync()));

    [Theory]
    [InlineData("GET", false)]
    [InlineData("POST", true)]
    [InlineData("HEAD", true)]
    public async Task Only_a_page_that_is_fetched_sets_it(string method, bool isPage)
    {
        var context = await SendAsync(method: method, isPage: isPage);

        Assert.Empty(CookiesSetBy(context));
        Assert.Null(CartOf(context));
    }

    [Fact]
    public async Task Whatever_has_the_cookie_is_about_that_cart()
    {
        var first = await SendAsync();
        var cookie = Assert.Single(CookiesSetBy(first)).Value.Value;

        Assert.Equal(CartOf(first), CartOf(await SendAsync(cookie, method: "POST", isPage: false)));
    }

    [Fact]
    public async Task The_cart_says_nothing_of_who_the_shopper_is()
    {
        var context = await SendAsync();

        Assert.All(context.User.Identities, identity => Assert.False(identity.IsAuthenticated));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("%%%")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("ähm, \"quoted\"; and=more")]
    public async Task What_was_never_a_cookie_of_ours_counts_as_none(string value) => await CountsAsNoneAsync(value);

    [Fact]
    public async Task An_altered_cookie_counts_as_none()
    {
        var cookie = await NewCookieAsync();

        await CountsAsNoneAsync(cookie[..^5] + (cookie[^5] == 'A' ? 'B' : 'A') + cookie[^4..]);
    }

    [Fact]
    public async Task A_truncated_cookie_counts_as_none() => await CountsAsNoneAsync((await NewCookieAsync())[..^20]);

    [Fact]
    public async Task A_cookie_of_a_shop_with_other_keys_counts_as_none() =>
        await CountsAsNoneAsync(ProtectedBy(new EphemeralDataProtectionProvider(), CartId.New().Value));

    [Fact]
    public async Task A_cookie_that_holds_something_else_than_a_cart_id_counts_as_none() => await CountsAsNoneAsync(ProtectedBy(keys, "7"));

    [Fact]
    public async Task A_cookie_that_is_far_too_long_counts_as_none() => await CountsAsNoneAsync(new string('A', 1_000_000));

    [Fact]
    public async Task A_cookie_made_by_the_shops_own_keys_counts()
    {
        var id = CartId.New();

        Assert.Equal(id, CartOf(await SendAsync(ProtectedBy(keys, id.Value))));
    }

    private async Task CountsAsNoneAsync(string cookie)
    {
        var page = await SendAsync(cookie);
        Assert.Single(CookiesSetBy(page));
        Assert.NotNull(CartOf(page));
        Assert.Null(CartOf(await SendAsync(cookie, isPage: false)));
    }

    private async Task<string> NewCookieAsync() => Assert.Single(CookiesSetBy(await SendAsync())).Value.Value!;

    private static string ProtectedBy(EphemeralDataProtectionProvider provider, string text) => provider.CreateProtector("LiveShop.Cart.v1").Protect(text);

    private async Task<HttpContext> SendAsync(string? cookie = null, string method = "GET", string scheme = "http", bool isPage = true)
    {
        var context = new DefaultHttpContext { Request = { Method = method, Scheme = scheme } };
        if (cookie is not null) context.Request.Headers.Cookie = $"{CartCookie.Name}={cookie}";
        context.SetEndpoint(new Endpoint(null, isPage ? new EndpointMetadataCollection(new ComponentTypeMetadata(typeof(StorePage))) : [], "endpoint"));
        var wasPassedOn = false;
        await new CartCookie(keys).InvokeAsync(context, _ =>
        {
            wasPassedOn = true;
            return Task.CompletedTask;
        });
        Assert.True(wasPassedOn);
        return context;
    }

    private static IList<SetCookieHeaderValue> CookiesSetBy(HttpContext context) => SetCookieHeaderValue.ParseList([.. context.Response.Headers.SetCookie.OfType<string>()]);

    private static CartId? CartOf(HttpContext context) => CartId.TryParse(context.User.FindFirstValue(CartCookie.ClaimType), out var id) ? id : null;
}
