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
    /// <summary>The width at most of an uploaded picture, in pixels; enough for a phone of 390 CSS pixels at double density.</summary>
    public const int Width = 960;

    /// <summary>The width of its smaller encoding; enough for the store on a screen of single density.</summary>
    public const int SmallWidth = Width / 2;

    /// <summary>
    /// The width at which the store shows a picture, for browsers to choose one of <see cref="SourceSetOf"/>. Beside the sizes it is
    /// about 335 CSS pixels wide and cropped to their height, which takes a picture of up to 480.
    /// </summary>
    public const string Sizes = "(max-width: 719px) 100vw, 480px";

    private static readonly HashSet<string> DrawnByHand = ["SHU6000", "SHU6100"];

    /// <summary>Changes when the picture does, so that browsers may keep it for good.</summary>
    public static string UrlOf(Listing listing) => UrlOf(listing.ProductId, listing.Sku, listing.Colorway, listing.PictureHash);

    /// <inheritdoc cref="UrlOf(Listing)"/>
    public static string UrlOf(Product product) => UrlOf(product.Id, product.Sku, product.Colorway, product.PictureHash);

    /// <summary>
    /// The addresses of an uploaded picture in both of its widths; null for a drawn one, which is sharp at any. A picture narrower
    /// than a width is served under it as it is.
    /// </summary>
    public static string? SourceSetOf(Listing listing) =>
        listing.PictureHash is null ? null : $"{UrlOf(listing)}?w={SmallWidth} {SmallWidth}w, {UrlOf(listing)} {Width}w";

    /// <summary>For what never changes at its address.</summary>
    public static void KeepForGood(HttpResponse response) => response.Headers.CacheControl = "public, max-age=31536000, immutable";

    public static Results<ContentHttpResult, NotFound> ServeDrawn(int productId, string revision, Inventory inventory, HttpResponse response)
    {
        if (inventory.Shelf.FindProduct(productId) is not { } product || Revision(product.Sku, product.Colorway) != revision) return TypedResults.NotFound();
        KeepForGood(response);
        return TypedResults.Content(ColorwayPicture.Draw(product.Sku, product.Colorway), "image/svg+xml", Encoding.UTF8);
    }

    private static string UrlOf(int productId, string sku, string colorway, string? hash) =>
        hash is not null ? $"/pictures/{productId}/{hash}"
        : DrawnByHand.Contains(sku) ? $"/pictures/{sku}.svg"
        : $"/pictures/{productId}/{Revision(sku, colorway)}.svg";

    private static string Revision(string sku, string colorway) => StableHash.Of($"{sku}\n{colorway}").ToString("x8");
}
