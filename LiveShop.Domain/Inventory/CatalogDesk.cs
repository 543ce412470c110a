using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LiveShop.Domain;

/// <summary>Where operators write the catalogue. Everything that changes something is in the <see cref="Audit"/> log.</summary>
/// <remarks>What shoppers see of a change, they see at once: each is published after its commit.</remarks>
public sealed class CatalogDesk
{
    private readonly OperatorTransaction transaction;

    internal CatalogDesk(OperatorTransaction transaction) => this.transaction = transaction;

    /// <summary>Puts a new product into the store, coming soon, with its sizes and their stock.</summary>
    public async Task<ProductOutcome> CreateAsync(ProductDraft typed, string actor, CancellationToken cancellationToken = default)
    {
        var reader = new ProductReader(typed);
        var spec = reader.ReadProduct();
        if (reader.Errors.Count > 0) return new ProductOutcome.Invalid(reader.Errors);
        return await UnlessTwinAsync(new ProductOutcome.SkuTaken(), async db =>
        {
            await ShopDatabase.ClaimAsync(db, cancellationToken);
            if ((await Catalog.FindAsync(db, db.Products.AsNoTracking(), [spec], cancellationToken)).Count > 0) return new ProductOutcome.SkuTaken();
            var change = await new Catalog(db, actor).PutAsync([spec], StockReason.Initial, cancellationToken);
            Audit.Write(
                db, actor, AuditAction.Create, $"product {spec.Sku}", before: null,
                new { spec.Brand, spec.Name, spec.Colorway, spec.Price, Sizes = spec.Items.Select(item => item.Size), spec.Items[0].Stock });
            return new ProductOutcome.Done(await transaction.CommitAsync(db, change.ProductIds[0], cancellationToken));
        }, cancellationToken);
    }

    /// <summary>
    /// Changes brand, name, colourway and price; the style code stays, since files know the product by it. Nothing is sold at
    /// another price than the shopper was shown, and nothing at the old one once this has returned.
    /// </summary>
    /// <param name="version">The <see cref="Product.Version"/> that the operator saw.</param>
    public async Task<ProductOutcome> EditAsync(int productId, long version, ProductDraft typed, string actor, CancellationToken cancellationToken = default)
    {
        var reader = new ProductReader(typed);
        var spec = reader.ReadDetails();
        if (reader.Errors.Count > 0) return new ProductOutcome.Invalid(reader.Errors);
        return await transaction.RunAsync<ProductOutcome>(new ProductOutcome.Unavailable(), async db =>
        {
            await OperatorTransaction.LockAvailabilityAsync(db, productId, cancellationToken);
            if (await OperatorTransaction.LockProductAsync(db, productId, cancellationToken) is not { } product) return new ProductOutcome.Unknown();
            if (product.Version != version) return new ProductOutcome.ChangedMeanwhile(await ReadAsync(db, productId, cancellationToken));

            var before = new { product.Brand, product.Name, product.Colorway, product.Price };
            var after = new { spec.Brand, spec.Name, spec.Colorway, spec.Price };
            if (after.Equals(before)) return new ProductOutcome.Done(await ReadAsync(db, productId, cancellationToken));
            (product.Brand, product.Name, product.Colorway, product.Price) = (spec.Brand, spec.Name, spec.Colorway, spec.Price);
            Audit.Write(db, actor, AuditAction.Edit, Audit.SubjectOf(product), before, after);
            return new ProductOutcome.Done(await transaction.CommitAsync(db, productId, cancellationToken));
        }, cancellationToken);
    }

    /// <summary>Adds the sizes of the draft that the product does not have yet, each with the draft's stock. The others keep theirs.</summary>
    public async Task<ProductOutcome> AddSizesAsync(int productId, ProductDraft typed, string actor, CancellationToken cancellationToken = default)
    {
        var reader = new ProductReader(typed);
        _ = reader.ReadItems(sku: "");
        if (reader.Errors.Count > 0) return new ProductOutcome.Invalid(reader.Errors);
        return await UnlessTwinAsync(new ProductOutcome.Unavailable(), async db =>
        {
            if (await OperatorTransaction.LockProductAsync(db, productId, cancellationToken) is not { } product) return new ProductOutcome.Unknown();
            var known = await db.Items.Where(item => item.ProductId == productId).OrderBy(item => item.Size).Select(item => item.Size).ToListAsync(cancellationToken);
            var added = reader.ReadItems(product.Sku).Where(item => !known.Contains(item.Size)).ToList();
            if (added.Count == 0) return new ProductOutcome.Done(await ReadAsync(db, productId, cancellationToken));

            var spec = new ProductSpec(product.Sku, product.Brand, product.Name, product.Colorway, product.Price, ScheduledAt: null, added);
            await new Catalog(db, actor).PutAsync([spec], StockReason.Initial, cancellationToken);
            Audit.Write(
                db, actor, AuditAction.AddSizes, Audit.SubjectOf(product),
                new { Sizes = known }, new { Sizes = known.Concat(added.Select(item => item.Size)).Order(), added[0].Stock });
            return new ProductOutcome.Done(await transaction.CommitAsync(db, productId, cancellationToken));
        }, cancellationToken);
    }

    /// <summary>
    /// Takes a product off the store, and its schedule with it: nothing of it is sold once this has returned. Orders keep what
    /// they say of it.
    /// </summary>
    public Task<RetireOutcome> RetireAsync(int productId, string actor, CancellationToken cancellationToken = default) =>
        SetRetiredAsync(productId, isRetired: true, actor, cancellationToken);

    /// <summary>Puts a retired product back as it was: on sale if it was released, with what was left of it.</summary>
    public Task<RetireOutcome> BringBackAsync(int productId, string actor, CancellationToken cancellationToken = default) =>
        SetRetiredAsync(productId, isRetired: false, actor, cancellationToken);

    /// <summary>Whether somebody else wrote the same product or size at the same moment.</summary>
    internal static bool IsTwin(DbUpdateException exception) => exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    private async Task<ProductOutcome> UnlessTwinAsync(ProductOutcome twin, Func<ShopDb, Task<ProductOutcome>> action, CancellationToken cancellationToken)
    {
        try
        {
            return await transaction.RunAsync(new ProductOutcome.Unavailable(), action, cancellationToken);
        }
        catch (DbUpdateException exception) when (IsTwin(exception))
        {
            return twin;
        }
    }

    private Task<RetireOutcome> SetRetiredAsync(int productId, bool isRetired, string actor, CancellationToken cancellationToken) =>
        transaction.RunAsync(RetireOutcome.Unavailable, async db =>
        {
            await OperatorTransaction.LockAvailabilityAsync(db, productId, cancellationToken);
            if (await OperatorTransaction.LockProductAsync(db, productId, cancellationToken) is not { } product) return RetireOutcome.Unknown;
            if (product.RetiredAt is not null == isRetired) return RetireOutcome.AlreadySo;

            var before = new { product.RetiredAt, product.ScheduledAt };
            product.RetiredAt = isRetired ? await OperatorTransaction.NowAsync(db, cancellationToken) : null;
            // Brought back long after, it must not be released by a time that is past.
            product.ScheduledAt = null;
            Audit.Write(
                db, actor, isRetired ? AuditAction.Retire : AuditAction.BringBack, Audit.SubjectOf(product),
                before, new { product.RetiredAt, product.ScheduledAt });
            await transaction.CommitAsync(db, productId, cancellationToken);
            return RetireOutcome.Done;
        }, cancellationToken);

    private static async Task<Product> ReadAsync(ShopDb db, int productId, CancellationToken cancellationToken) =>
        (await InventoryReader.ReadProductsAsync(db, [productId], cancellationToken)).Single().Product;
}

/// <summary>What became of writing a product. Nothing was changed unless it is <see cref="Done"/>.</summary>
public abstract record ProductOutcome
{
    private ProductOutcome()
    {
    }

    /// <param name="Product">As it is now.</param>
    public sealed record Done(Product Product) : ProductOutcome;

    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : ProductOutcome;

    /// <summary>A product has this style code, in the store or retired.</summary>
    public sealed record SkuTaken : ProductOutcome;

    /// <param name="Now">What the product is instead of what the operator saw.</param>
    public sealed record ChangedMeanwhile(Product Now) : ProductOutcome;

    public sealed record Unknown : ProductOutcome;

    /// <summary>The database did not confirm. Repeating is safe.</summary>
    public sealed record Unavailable : ProductOutcome;
}

/// <summary>What became of retiring a product or of bringing it back.</summary>
public enum RetireOutcome
{
    Done,
    AlreadySo,
    Unknown,

    /// <summary>The database did not confirm. Repeating is safe.</summary>
    Unavailable,
}
