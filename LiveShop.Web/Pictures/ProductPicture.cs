using System.Text;
using LiveShop.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveShop.Web.Pictures;

/// <summary>Where the picture of a product is: drawn by hand for the demo store, from its colourway for every other product.</summary>
internal static class ProductPicture
{
    private static readonly HashSet<string> DrawnByHand = ["SHU6000", "SHU6100"];

    /// <summary>Changes when the picture does, so that browsers may keep it for good.</summary>
    public static string UrlOf(Listing listing) => DrawnByHand.Contains(listing.Sku)
        ? $"/pictures/{listing.Sku}.svg"
        : $"/pictures/{listing.ProductId}/{Revision(listing.Sku, listing.Colorway)}.svg";

    public static void MapPictures(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/pictures/{productId:int}/{revision}.svg", Serve);

    private static Results<ContentHttpResult, NotFound> Serve(int productId, string revision, Inventory inventory, HttpResponse response)
    {
        if (inventory.Shelf.FindProduct(productId) is not { } product || Revision(product.Sku, product.Colorway) != revision) return TypedResults.NotFound();
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return TypedResults.Content(ColorwayPicture.Draw(product.Sku, product.Colorway), "image/svg+xml", Encoding.UTF8);
    }

    private static string Revision(string sku, string colorway) => StableHash.Of($"{sku}\n{colorway}").ToString("x8");
}
