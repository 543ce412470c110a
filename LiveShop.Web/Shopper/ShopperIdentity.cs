using LiveShop.Domain;
using Microsoft.AspNetCore.Components.Authorization;

namespace LiveShop.Web.Shopper;

/// <summary>Whose request or circuit this is.</summary>
public sealed class ShopperIdentity(AuthenticationStateProvider authentication)
{
    /// <summary>Null for a browser that keeps no cookies.</summary>
    public async Task<CartId?> FindCartIdAsync()
    {
        var state = await authentication.GetAuthenticationStateAsync();
        return CartId.TryParse(state.User.FindFirst(CartCookie.ClaimType)?.Value, out var id) ? id : null;
    }
}
