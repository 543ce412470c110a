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
/// <param name="Median"><see cref="ImportPreview.MedianPrice"/>.</param>
/// <param name="Now">The time of looking at it.</param>
internal sealed record ImportRow(ProductPreview Preview, decimal? Median, DateTimeOffset Now)
{
    /// <summary>How far from the usual something is that may be a slip.</summary>
    private const int Far = 10;

    private static readonly TimeSpan FarAhead = TimeSpan.FromDays(2 * 365);

    /// <summary>More pairs of a size than a drop has.</summary>
    private const int ManyPairs = 20_000;

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

    /// <summary>What looks odd, in words; empty where nothing does.</summary>
    public string Odd => string.Join(", ", Oddities());

    private IEnumerable<string> Oddities()
    {
        if (Price == 0) yield return "free";
        else if (Price * Far < Median) yield return "cheap beside the others";
        else if (Price > Median * Far) yield return "dear beside the others";
        if (Preview.Spec.Items.Any(item => item.Stock > ManyPairs)) yield return "many pairs";
        if (Preview.IsNew && Preview.Spec.Items.All(item => item.Stock == 0)) yield return "no pairs";
        if (OpensAt - Now > FarAhead) yield return "opens in years";
    }
}
