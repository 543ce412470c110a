using System.Security.Claims;
using System.Security.Cryptography;
using LiveShop.Domain;
using LiveShop.Web.Requests;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.DataProtection;

namespace LiveShop.Web.Shopper;

/// <summary>
/// Tells every request whose cart it is about. The first page that a browser gets sets the cookie, because a circuit cannot;
/// the id then travels as a claim of the request's user, which the framework hands on to the circuit.
/// </summary>
/// <remarks>A cookie that is not one of ours, whatever it is, counts as none: the shopper gets a fresh, empty cart.</remarks>
internal sealed class CartCookie(IDataProtectionProvider protection)
{
    public const string Name = "cart";
    public const string ClaimType = "liveshop:cart";

    /// <summary>A protected id has some 200 characters; whatever is longer than this is not worth a look.</summary>
    private const int LongestValue = 512;

    private readonly IDataProtector protector = protection.CreateProtector("LiveShop.Cart.v1");

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var id = Read(context.Request.Cookies[Name]);
        if (id is null && IsPage(context))
        {
            id = CartId.New();
            context.Response.Cookies.Append(Name, protector.Protect(id.Value.Value), new CookieOptions
            {
                HttpOnly = true,
                Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/",
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                IsEssential = true,
                MaxAge = TimeSpan.FromDays(365),
            });
        }
        // Not an authenticated identity: it says which cart, not who.
        if (id is not null) context.User.AddIdentity(new ClaimsIdentity([new Claim(ClaimType, id.Value.Value)]));
        await next(context);
    }

    private CartId? Read(string? value)
    {
        if (string.IsNullOrEmpty(value) || value.Length > LongestValue) return null;
        try
        {
            return CartId.TryParse(protector.Unprotect(value), out var id) ? id : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static bool IsPage(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && !context.AsksForHeadersOnly() && context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
}
