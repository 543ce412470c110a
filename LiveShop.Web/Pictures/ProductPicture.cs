using System.Text;
using LiveShop.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LiveShop.Web.Pictures;

/// <summary>
/// Where the picture of a product is: uploaded by an operator, or drawn by hand for the demo store, or else drawn from its
/// colourway.
/// </summary>
internal static class ProductPicture
{
    private static readonly HashSet<string> DrawnByHand = ["SHU6000", "SHU6100"];

    /// <summary>Changes when the picture does, so that browsers may keep it for good.</summary>
    public static string UrlOf(Listing listing) => UrlOf(listing.ProductId, listing.Sku, listing.Colorway, listing.PictureHash);

    /// <inheritdoc cref="UrlOf(Listing)"/>
    public static string UrlOf(Product product) => UrlOf(product.Id, product.Sku, product.Colorway, product.PictureHash);

    public static void MapPictures(this IEndpointRouteBuilder endpoints)
    {
        var uploaded = new UploadedPictures(
            endpoints.ServiceProvider.GetRequiredService<ProductPictures>(), endpoints.ServiceProvider.GetRequiredService<Inventory>());
        endpoints.MapGet("/pictures/{productId:int}/{revision}.svg", ServeDrawn);
        endpoints.MapGet("/pictures/{productId:int}/{hash:length(64)}", uploaded.ServeAsync);
    }

    /// <summary>For what never changes at its address.</summary>
    public static void KeepForGood(HttpResponse response) => response.Headers.CacheControl = "public, max-age=31536000, immutable";

    private static string UrlOf(int productId, string sku, string colorway, string? hash) =>
        hash is not null ? $"/pictures/{productId}/{hash}"
        : DrawnByHand.Contains(sku) ? $"/pictures/{sku}.svg"
        : $"/pictures/{productId}/{Revision(sku, colorway)}.svg";

    private static Results<ContentHttpResult, NotFound> ServeDrawn(int productId, string revision, Inventory inventory, HttpResponse response)
    {
        if (inventory.Shelf.FindProduct(productId) is not { } product || Revision(product.Sku, product.Colorway) != revision) return TypedResults.NotFound();
        KeepForGood(response);
        return TypedResults.Content(ColorwayPicture.Draw(product.Sku, product.Colorway), "image/svg+xml", Encoding.UTF8);
    }

    private static string Revision(string sku, string colorway) => StableHash.Of($"{sku}\n{colorway}").ToString("x8");
}
