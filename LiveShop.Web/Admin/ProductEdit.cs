using LiveShop.Domain;

namespace LiveShop.Web.Admin;

/// <summary>
/// A form over a product that others may change meanwhile: it follows the product while nothing is typed, and never loses what is.
/// </summary>
internal sealed class ProductEdit(Product product)
{
    /// <summary>The newest that is known of the product.</summary>
    public Product Product { get; private set; } = product;

    /// <summary>The product that what is typed was typed over.</summary>
    public Product Seen { get; private set; } = product;

    public ProductDraft Draft { get; private set; } = DraftOf(product);

    /// <summary>Whether something is typed that is not saved.</summary>
    public bool IsDirty => Draft != DraftOf(Seen);

    /// <summary>What somebody else wrote meanwhile; null where nobody did.</summary>
    public ProductDraft? Theirs { get; private set; }

    /// <summary>Takes a newer state of the product; an older one is ignored.</summary>
    public void Follow(Product newer)
    {
        if (newer.Version <= Product.Version) return;
        Product = newer;
        if (!IsDirty) Draft = DraftOf(newer);
        else if (DraftOf(newer) != DraftOf(Seen)) return;
        Seen = newer;
    }

    /// <summary>Takes the outcome of a save. What was typed while it ran stays.</summary>
    /// <param name="sent">The draft that was to be saved.</param>
    public void Take(ProductOutcome outcome, ProductDraft sent)
    {
        Theirs = null;
        if (outcome is ProductOutcome.Done done)
        {
            (Product, Seen) = (done.Product, done.Product);
            if (Draft == sent) Draft = DraftOf(done.Product);
        }
        else if (outcome is ProductOutcome.ChangedMeanwhile changed)
        {
            (Product, Seen, Theirs) = (changed.Now, changed.Now, DraftOf(changed.Now));
        }
    }

    private static ProductDraft DraftOf(Product product) => new()
    {
        Sku = product.Sku,
        Brand = product.Brand,
        Name = product.Name,
        Colorway = product.Colorway,
        Price = CatalogWords.Price(product.Price),
    };
}
