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
    /// <param name="defaultStock">Pairs per size where the file does not say, as typed; replaces that of the options.</param>
    public async Task<PreviewOutcome> PreviewAsync(byte[] file, string defaultStock, CatalogFileOptions? options = null, CancellationToken cancellationToken = default)
    {
        var stock = new ProductReader(new ProductDraft { Stock = defaultStock });
        var pairs = stock.ReadStock();
        if (stock.Errors.Count > 0) return new PreviewOutcome.BadStock(stock.Errors[0]);
        var content = CatalogFile.Read(file, (options ?? CatalogFileOptions.Default) with { Stock = pairs }, inventory.Now);
        try
        {
            var preview = await CompareAsync(content, cancellationToken);
            return content.Errors.Count > 0 ? new PreviewOutcome.BadFile(content.Errors, preview) : new PreviewOutcome.Ready(preview);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return content.Errors.Count > 0 ? new PreviewOutcome.BadFile(content.Errors, new([], content.Format)) : new PreviewOutcome.Unavailable();
        }
    }

    /// <summary>
    /// Imports what was looked at, all of it or nothing. What changed in the store since then is no obstacle: new products are
    /// added and known ones updated, as they are then.
    /// </summary>
    /// <param name="progress">Told how many products are written. None of them is committed before the last one is written.</param>
    /// <param name="stop">Stops the import until its commit begins; nothing is changed then.</param>
    public async Task<ImportOutcome> ImportAsync(
        ImportPreview preview, bool release, string actor, IProgress<int>? progress = null, CancellationToken stop = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new ImportOutcome.Done(await inventory.ImportAsync(preview.Specs, release, actor, progress, stop));
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return new ImportOutcome.Stopped();
            }
            catch (DbUpdateException exception) when (attempt < Attempts && CatalogDesk.IsTwin(exception))
            {
                // Somebody put one of the new products or sizes into the store at the same moment, so it is an update now.
            }
            catch (Exception exception) when (DatabaseOutage.Is(exception))
            {
                return new ImportOutcome.Unavailable();
            }
        }
    }

    private async Task<ImportPreview> CompareAsync(CatalogFileContent content, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await Catalog.FindAsync(db, db.Products.AsNoTracking(), content.Products, cancellationToken);
        return new([.. content.Products.Select(spec => ProductPreview.Of(spec, known.GetValueOrDefault(spec.Sku)))], content.Format);
    }
}

/// <summary>What became of an import. Nothing was changed unless it is <see cref="Done"/>.</summary>
public abstract record ImportOutcome
{
    private ImportOutcome()
    {
    }

    public sealed record Done(ImportResult Result) : ImportOutcome;

    /// <summary>The operator stopped it before its commit.</summary>
    public sealed record Stopped : ImportOutcome;

    /// <summary>The database did not confirm. Repeating is safe.</summary>
    public sealed record Unavailable : ImportOutcome;
}
