using System.Globalization;

namespace LiveShop.Domain;

/// <summary>What an import of a file would change in the store as it is now.</summary>
/// <param name="Products">In the order of the file.</param>
/// <param name="Format">How the file is written, for people.</param>
public sealed record ImportPreview(IReadOnlyList<ProductPreview> Products, string Format = "")
{
    public int New => Products.Count(product => product.IsNew);

    /// <summary>Products that are in the store and would be written.</summary>
    public int Changed => Products.Count(product => product is { IsNew: false, IsUnchanged: false });

    public int NewSizes => Products.Sum(product => product.NewSizes.Count);

    /// <summary>Products that would be released with the import, where that is asked for.</summary>
    public int ToRelease => Products.Count(product => product.IsComingSoon);

    /// <summary>The price in the middle of the file's, far from which a price may be a slip. Null where too few products tell.</summary>
    public decimal? MedianPrice => Products.Count < 3 ? null : Products.Select(product => product.Spec.Price).Order().ElementAt(Products.Count / 2);

    /// <summary>Exactly what was looked at, to be imported.</summary>
    public IReadOnlyList<ProductSpec> Specs => [.. Products.Select(product => product.Spec)];
}

/// <param name="Changes">None for a new product.</param>
/// <param name="NewSizes">All of them for a new product.</param>
/// <param name="IsComingSoon">It is neither released nor retired, or it is new.</param>
/// <param name="IsRetired">It stays off the store, import or not.</param>
public sealed record ProductPreview(
    ProductSpec Spec, bool IsNew, IReadOnlyList<FieldChange> Changes, IReadOnlyList<decimal> NewSizes, bool IsComingSoon, bool IsRetired)
{
    public bool IsUnchanged => !IsNew && Changes.Count == 0 && NewSizes.Count == 0;

    /// <param name="product">What has the style code now; null when nothing has.</param>
    internal static ProductPreview Of(ProductSpec spec, ProductRow? product)
    {
        if (product is null) return new(spec, IsNew: true, Schedule(spec, null), [.. spec.Items.Select(item => item.Size)], IsComingSoon: true, IsRetired: false);
        var isComingSoon = product is { ReleasedAt: null, RetiredAt: null };
        FieldChange[] fields =
        [
            new("Brand", product.Brand, spec.Brand),
            new("Name", product.Name, spec.Name),
            new("Colorway", product.Colorway, spec.Colorway),
            new("Price", Amount(product.Price), Amount(spec.Price)),
        ];
        var sizes = product.Items.Select(item => item.Size).ToHashSet();
        return new(
            spec, IsNew: false,
            [.. fields.Where(field => field.Before != field.After), .. isComingSoon ? Schedule(spec, product.ScheduledAt) : []],
            [.. spec.Items.Select(item => item.Size).Where(size => !sizes.Contains(size))],
            isComingSoon, product.RetiredAt is not null);
    }

    private static IReadOnlyList<FieldChange> Schedule(ProductSpec spec, DateTimeOffset? before) =>
        spec.ScheduledAt is { } at && at != before ? [new("Opens", before is { } earlier ? Day(earlier) : "no date", Day(at))] : [];

    private static string Amount(decimal price) => price.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}

public sealed record FieldChange(string Field, string Before, string After);

/// <summary>What became of looking at a file. Nothing is changed by it.</summary>
public abstract record PreviewOutcome
{
    private PreviewOutcome()
    {
    }

    public sealed record Ready(ImportPreview Preview) : PreviewOutcome;

    /// <param name="Errors">In the order of the rows.</param>
    /// <param name="GoodRows">What the other rows would change. Empty while the database is out of reach.</param>
    public sealed record BadFile(IReadOnlyList<CatalogFileError> Errors, ImportPreview GoodRows) : PreviewOutcome;

    public sealed record BadStock(FieldError Error) : PreviewOutcome;

    /// <summary>The database is out of reach.</summary>
    public sealed record Unavailable : PreviewOutcome;
}
