using System.Globalization;
using System.Threading.RateLimiting;
using LiveShop.Domain;
using Microsoft.AspNetCore.Http.Extensions;

namespace LiveShop.Web.Shopper;

/// <summary>
/// The cart's buttons for a page that has no circuit: one that is not live yet, since a shopper in a drop clicks at once, or one
/// behind a proxy that lets none through. The buttons are ordinary form buttons; once the circuit is there it takes the clicks.
/// </summary>
/// <remarks>Forged posts from other sites come without the cart cookie (SameSite=Lax) and are refused by their origin.</remarks>
internal static class CartForms
{
    public const string AddPath = "/cart/add";
    public const string RemovePath = "/cart/remove";

    /// <summary>The query key that tells the store page what became of a click.</summary>
    public const string OutcomeKey = "added";

    public static void MapCartForms(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(AddPath, async (HttpContext context, Carts carts, PartitionedRateLimiter<CartId> requests) =>
        {
            if (Read(context) is not { } cartId || await ReadItemAsync(context.Request) is not { } itemId) return Results.Redirect("/");
            using var turn = await requests.AcquireAsync(cartId);
            var outcome = turn.IsAcquired ? await carts.AddAsync(cartId, itemId) : AddOutcome.Unavailable;
            return Results.Redirect("/" + new QueryBuilder { { OutcomeKey, outcome.ToString() } });
        }).DisableAntiforgery();

        endpoints.MapPost(RemovePath, async (HttpContext context, Carts carts, PartitionedRateLimiter<CartId> requests) =>
        {
            if (Read(context) is { } cartId && await ReadItemAsync(context.Request) is { } itemId)
            {
                using var turn = await requests.AcquireAsync(cartId);
                if (turn.IsAcquired) await carts.RemoveAsync(cartId, itemId);
            }
            return Results.Redirect(context.Request.Query["from"] == "checkout" ? "/checkout" : "/");
        }).DisableAntiforgery();
    }

    private static CartId? Read(HttpContext context) =>
        CartId.TryParse(context.User.FindFirst(CartCookie.ClaimType)?.Value, out var id) ? id : null;

    private static async Task<int?> ReadItemAsync(HttpRequest request)
    {
        try
        {
            return request.HasFormContentType && int.TryParse((await request.ReadFormAsync())["item_id"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            // It says that it is a form, and is none.
            return null;
        }
    }
}
