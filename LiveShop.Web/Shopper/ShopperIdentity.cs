using LiveShop.Domain;
using Microsoft.AspNetCore.Components.Authorization;

namespace LiveShop.Web.Shopper;

/// <summary>Whose request or circuit this is. It keeps its cart, though the session of an operator who shops in it may end.</summary>
public sealed class ShopperIdentity(AuthenticationStateProvider authentication)
{
    private CartId? known;

    /// <summary>Null for a browser that keeps no cookies.</summary>
    public async Task<CartId?> FindCartIdAsync() => known ??= await ReadAsync();

    private async Task<CartId?> ReadAsync()
    {
        var state = await authentication.GetAuthenticationStateAsync();
        return CartId.TryParse(state.User.FindFirst(CartCookie.ClaimType)?.Value, out var id) ? id : null;
    }
}
