using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace LiveShop.Domain;

/// <summary>
/// The pictures that operators gave to products, in the database, so that every node serves them. At most one for each product.
/// Nothing here looks into a picture; it is stored as it is given.
/// </summary>
public sealed class ProductPictures
{
    private readonly IDbContextFactory<ShopDb> contexts;
    private readonly OperatorTransaction transaction;

    internal ProductPictures(IDbContextFactory<ShopDb> contexts, OperatorTransaction transaction) => (this.contexts, this.transaction) = (contexts, transaction);

    /// <summary>Gives a product that picture in place of the one that it has.</summary>
    public Task<PictureOutcome> PutAsync(int productId, StoredPicture picture, string actor, CancellationToken cancellationToken = default)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(picture.Bytes));
        var smallOf = picture.SmallBytes is null ? null : sha256;
        return SetAsync(productId, sha256, actor, db => db.Database.ExecuteSqlAsync(
            $"""
            insert into product_pictures (product_id, sha256, content_type, bytes, small_bytes, small_of)
            values ({productId}, {sha256}, {picture.ContentType}, {picture.Bytes}, {picture.SmallBytes}, {smallOf})
            on conflict (product_id) do update set (sha256, content_type, bytes, small_bytes, small_of)
              = (excluded.sha256, excluded.content_type, excluded.bytes, excluded.small_bytes, excluded.small_of)
            """, cancellationToken), cancellationToken);
    }

    /// <summary>Takes the picture away; the product has a drawn one again.</summary>
    public Task<PictureOutcome> RemoveAsync(int productId, string actor, CancellationToken cancellationToken = default) => SetAsync(
        productId, sha256: null, actor, db => db.ProductPictures.Where(row => row.ProductId == productId).ExecuteDeleteAsync(cancellationToken), cancellationToken);

    /// <summary>Null when the product does not have that picture, any more or yet.</summary>
    /// <param name="hash">As in <see cref="Product.PictureHash"/>.</param>
    public async Task<StoredPicture?> FindAsync(int productId, string hash, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ProductPictures.Where(row => row.ProductId == productId && row.Sha256 == hash)
            .Select(row => new StoredPicture(row.ContentType, row.Bytes, row.SmallOf == row.Sha256 ? row.SmallBytes : null))
            .FirstOrDefaultAsync(cancellationToken);
    }

    private Task<PictureOutcome> SetAsync(int productId, string? sha256, string actor, Func<ShopDb, Task> write, CancellationToken cancellationToken) =>
        transaction.RunAsync(PictureOutcome.Unavailable, async db =>
        {
            if (await OperatorTransaction.LockProductAsync(db, productId, cancellationToken) is not { } product) return PictureOutcome.Unknown;
            if (product.PictureSha256 == sha256) return PictureOutcome.AlreadySo;
            await write(db);
            Audit.Write(db, actor, AuditAction.Picture, Audit.SubjectOf(product), new { product.PictureSha256 }, new { PictureSha256 = sha256 });
            product.PictureSha256 = sha256;
            await transaction.CommitAsync(db, productId, cancellationToken);
            return PictureOutcome.Done;
        }, cancellationToken);
}

/// <param name="ContentType">The media type of both encodings.</param>
/// <param name="Bytes">The picture in its full width; their SHA-256 identifies it.</param>
/// <param name="SmallBytes">The same picture scaled down; null when it is small enough already, or older than this column.</param>
public sealed record StoredPicture(string ContentType, byte[] Bytes, byte[]? SmallBytes = null);

/// <summary>The outcomes of storing or removing a picture. Nothing was changed unless it is <see cref="Done"/>.</summary>
public enum PictureOutcome
{
    Done,

    /// <summary>It has this very picture, or none was to be taken away.</summary>
    AlreadySo,

    Unknown,

    /// <summary>The database did not confirm. Repeating is safe.</summary>
    Unavailable,
}
