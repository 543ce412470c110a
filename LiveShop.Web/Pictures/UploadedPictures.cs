using System.Collections.Concurrent;
using LiveShop.Domain;

namespace LiveShop.Web.Pictures;

/// <summary>
/// Serves the pictures that operators uploaded. A drop's shoppers ask for the same few at the same moment, so each is read from
/// the database once and kept in memory.
/// </summary>
internal sealed class UploadedPictures(ProductPictures pictures, Inventory inventory)
{
    /// <summary>
    /// Pictures, each in both widths: some 100 KB for a photo, 1.7 MB for noise, which compresses worst. When one more is asked
    /// for, all are forgotten.
    /// </summary>
    private const int Kept = 32;

    private readonly ConcurrentDictionary<string, Lazy<Task<StoredPicture?>>> kept = new();

    /// <param name="w">The width wanted; any but <see cref="ProductPicture.SmallWidth"/> gets the full one.</param>
    public async Task<IResult> ServeAsync(int productId, string hash, int? w, HttpResponse response)
    {
        try
        {
            if (await FindAsync(productId, hash) is not { } picture) return Results.NotFound();
            ProductPicture.KeepForGood(response);
            // Opened by itself, it is a picture and nothing else, whatever a browser makes of it.
            response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
            response.Headers.ContentDisposition = "inline";
            return Results.Bytes(w == ProductPicture.SmallWidth ? picture.SmallBytes ?? picture.Bytes : picture.Bytes, picture.ContentType);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private async Task<StoredPicture?> FindAsync(int productId, string hash)
    {
        // What the Shelf does not know was taken away, or came so recently that only the database knows; it is not kept.
        if (inventory.Shelf.FindProduct(productId)?.PictureHash != hash) return await pictures.FindAsync(productId, hash);
        var key = $"{productId}/{hash}";
        if (kept.Count >= Kept && !kept.ContainsKey(key)) kept.Clear();
        var reading = kept.GetOrAdd(key, _ => new(() => pictures.FindAsync(productId, hash)));
        try
        {
            if (await reading.Value is { } picture) return picture;
        }
        catch
        {
            kept.TryRemove(new(key, reading));
            throw;
        }
        kept.TryRemove(new(key, reading));
        return null;
    }
}
