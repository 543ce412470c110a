using Microsoft.EntityFrameworkCore;

namespace LiveShop.Domain;

/// <summary>A file of products in two steps: what it would change, and then exactly that.</summary>
public sealed class CatalogImport
{
    public const int MaxBytes = 5 * 1024 * 1024;

    private const int Attempts = 5;

    private readonly IDbContextFactory<ShopDb> contexts;
    private readonly Inventory inventory;

    internal CatalogImport(IDbContextFactory<ShopDb> contexts, Inventory inventory) => (this.contexts, this.inventory) = (contexts, inventory);

    /// <summary>Reads a <see cref="CatalogFile"/> and compares it with the store.</summary>
    /// <param name="defaultStock">Pairs per size where the file does not say, as typed.</param>
    public async Task<PreviewOutcome> PreviewAsync(byte[] file, string defaultStock, CancellationToken cancellationToken = default)
    {
        var stock = new ProductReader(new ProductDraft { Stock = defaultStock });
        var pairs = stock.ReadStock();
        if (stock.Errors.Count > 0) return new PreviewOutcome.BadStock(stock.Errors[0]);
        using var stream = new MemoryStream(file);
        var content = CatalogFile.Read(stream, pairs, inventory.Now);
        if (content.Errors.Count > 0) return new PreviewOutcome.BadFile(content.Errors);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var skus = content.Products.Select(spec => spec.Sku).ToArray();
            var known = await db.Products.AsNoTracking().Include(product => product.Items).Where(product => skus.Contains(product.Sku))
                .ToDictionaryAsync(product => product.Sku, cancellationToken);
            return new PreviewOutcome.Ready(new([.. content.Products.Select(spec => ProductPreview.Of(spec, known.GetValueOrDefault(spec.Sku)))]));
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return new PreviewOutcome.Unavailable();
        }
    }

    /// <summary>
    /// Imports what was looked at, all of it or nothing. What changed in the store since then is no obstacle: new products are
    /// added and known ones updated, as they are then. Null when the database did not confirm; repeating is safe.
    /// </summary>
    public async Task<ImportResult?> ImportAsync(ImportPreview preview, bool release, string actor, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await inventory.ImportAsync(preview.Specs, release, actor, cancellationToken);
            }
            catch (DbUpdateException exception) when (attempt < Attempts && CatalogDesk.IsTwin(exception))
            {
                // Somebody put one of the new products or sizes into the store at the same moment, so it is an update now.
            }
            catch (Exception exception) when (DatabaseOutage.Is(exception))
            {
                return null;
            }
        }
    }
}
