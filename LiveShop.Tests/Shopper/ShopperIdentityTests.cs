using System.Security.Claims;
using LiveShop.Domain;
using LiveShop.Web.Shopper;
using Microsoft.AspNetCore.Components.Authorization;

namespace LiveShop.Tests;

public sealed class ShopperIdentityTests
{
    [Fact]
    public async Task The_cart_stays_when_the_session_of_an_operator_ends_in_the_same_circuit()
    {
        var cart = CartId.New();
        var session = new Session(new ClaimsPrincipal([new ClaimsIdentity([new(ClaimTypes.Name, "ana")], "cookie"), new ClaimsIdentity([new(CartCookie.ClaimType, cart.Value)])]));
        var identity = new ShopperIdentity(session);
        Assert.Equal(cart, await identity.FindCartIdAsync());

        session.User = new ClaimsPrincipal(new ClaimsIdentity());

        Assert.Equal(cart, await identity.FindCartIdAsync());
    }

    [Fact]
    public async Task A_browser_without_cookies_has_no_cart() => Assert.Null(await new ShopperIdentity(new Session(new ClaimsPrincipal())).FindCartIdAsync());

    private sealed class Session(ClaimsPrincipal user) : AuthenticationStateProvider
    {
        public ClaimsPrincipal User { get; set; } = user;

        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(User));
    }
}
