using LiveShop.Domain;

namespace LiveShop.Web.Admin;

/// <summary>What a filter of an import's preview shows.</summary>
public enum ImportFilter
{
    New,
    Changed,
    Unchanged,
    Refused,
}

/// <summary>One product of an import's preview as a row of the list.</summary>
internal sealed record ImportRow(ProductPreview Preview)
{
    public ImportFilter Kind => Preview switch
    {
        { IsNew: true } => ImportFilter.New,
        { IsUnchanged: true } => ImportFilter.Unchanged,
        _ => ImportFilter.Changed,
    };

    public string Sku => Preview.Spec.Sku;

    public string Name => ProductRow.NameOf(Preview.Spec.Brand, Preview.Spec.Name);

    public decimal Price => Preview.Spec.Price;

    /// <summary>Pairs that the import adds: those of new sizes.</summary>
    public long Pairs => Preview.Spec.Items.Where(item => Preview.NewSizes.Contains(item.Size)).Sum(item => (long)item.Stock);

    public DateTimeOffset? OpensAt => Preview.Spec.ScheduledAt;
}
