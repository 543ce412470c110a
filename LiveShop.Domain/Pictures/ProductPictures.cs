using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace LiveShop.Domain;

/// <summary>The pictures that operators upload, in the database, so that every node serves them. At most one for each product.</summary>
public sealed class ProductPictures
{
    public const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>Pixels.</summary>
    public const int MaxSide = 4000;

    private readonly IDbContextFactory<ShopDb> contexts;
    private readonly OperatorTransaction transaction;

    internal ProductPictures(IDbContextFactory<ShopDb> contexts, OperatorTransaction transaction) => (this.contexts, this.transaction) = (contexts, transaction);

    /// <summary>
    /// Gives a product that picture in place of the one that it has. What is not needed to show it, such as where a photo was
    /// taken, is not kept.
    /// </summary>
    public async Task<PictureOutcome> PutAsync(int productId, byte[] file, string actor, CancellationToken cancellationToken = default)
    {
        if (file.Length > MaxBytes) return PictureOutcome.TooLarge;
        if (PictureFile.Read(file) is not { } picture) return PictureOutcome.NotAPicture;
        if (picture.Width > MaxSide || picture.Height > MaxSide) return PictureOutcome.TooManyPixels;
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(picture.Bytes));
        return await SetAsync(productId, sha256, actor, db => db.Database.ExecuteSqlAsync(
            $"""
            insert into product_pictures (product_id, sha256, content_type, bytes) values ({productId}, {sha256}, {picture.ContentType}, {picture.Bytes})
            on conflict (product_id) do update set (sha256, content_type, bytes) = (excluded.sha256, excluded.content_type, excluded.bytes)
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
            .Select(row => new StoredPicture(row.ContentType, row.Bytes)).FirstOrDefaultAsync(cancellationToken);
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

/// <param name="ContentType">That of its content: image/png, image/jpeg or image/webp.</param>
public sealed record StoredPicture(string ContentType, byte[] Bytes);

/// <summary>What became of a picture. Nothing was changed unless it is <see cref="Done"/>.</summary>
public enum PictureOutcome
{
    Done,

    /// <summary>It has this very picture, or none was to be taken away.</summary>
    AlreadySo,

    /// <summary>No PNG, JPEG or still WebP, whatever its name says, or only a part of one.</summary>
    NotAPicture,

    /// <summary>More than <see cref="ProductPictures.MaxBytes"/>.</summary>
    TooLarge,

    /// <summary>Wider or higher than <see cref="ProductPictures.MaxSide"/>.</summary>
    TooManyPixels,

    Unknown,

    /// <summary>The database did not confirm. Repeating is safe.</summary>
    Unavailable,
}
