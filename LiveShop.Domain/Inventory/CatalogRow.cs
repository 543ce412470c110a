using System.Globalization;
using CsvHelper;

namespace LiveShop.Domain;

/// <summary>One row of a <see cref="CatalogFile"/>.</summary>
internal sealed class CatalogRow(CsvReader csv, CatalogColumns columns, CatalogFileOptions options, List<CatalogFileError> errors)
{
    private static readonly Dictionary<string, string> ColumnOf = new()
    {
        [nameof(ProductDraft.Sku)] = CatalogColumns.Sku,
        [nameof(ProductDraft.Brand)] = CatalogColumns.Brand,
        [nameof(ProductDraft.Name)] = CatalogColumns.Name,
        [nameof(ProductDraft.Colorway)] = CatalogColumns.Colorway,
        [nameof(ProductDraft.Price)] = CatalogColumns.Price,
        [nameof(ProductDraft.Sizes)] = CatalogColumns.Sizes,
        [nameof(ProductDraft.Stock)] = CatalogColumns.Stock,
    };

    public int Number { get; } = (int)csv.LineNumber;

    public bool IsBlank => Enumerable.Range(0, csv.FieldCount).All(index => string.IsNullOrWhiteSpace(csv.GetString(index)));

    public void Refuse(string reason, string value) => errors.Add(new(Number, reason, value));

    /// <summary>Whether no field stands beyond the header's columns. What is there says so itself.</summary>
    public bool FitsHeader()
    {
        for (var index = columns.Count; index < csv.FieldCount; index++)
        {
            if (string.IsNullOrWhiteSpace(csv.GetString(index))) continue;
            Refuse("the row has more fields than the header has columns: decimal comma or thousands separator? Put such a value in quotes", string.Join(csv.Separator, Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)));
            return false;
        }
        return true;
    }

    public ProductSpec ReadProduct(DateTimeOffset now)
    {
        var released = ReleaseDate();
        var reader = new ProductReader(
            new ProductDraft
            {
                Sku = Text(CatalogColumns.Sku),
                Brand = Text(CatalogColumns.Brand),
                Name = Text(CatalogColumns.Name),
                Colorway = Text(CatalogColumns.Colorway),
                Price = Amount(Text(CatalogColumns.Price)),
                Sizes = Text(CatalogColumns.Sizes),
                Stock = Text(CatalogColumns.Stock) is { Length: > 0 } stock ? stock : options.Stock.ToString(CultureInfo.InvariantCulture),
            },
            options.AllowFree);
        var product = reader.ReadProduct();
        foreach (var error in reader.Errors) Refuse($"{ColumnOf[error.Field]} {error.Reason}", error.Field == nameof(ProductDraft.Price) ? Text(CatalogColumns.Price) : error.Value);
        return product with { ScheduledAt = released > now ? released : null };
    }

    private string Text(string column) => columns.IndexOf(column) is >= 0 and var index && index < csv.FieldCount ? csv.GetString(index).Trim() : "";

    /// <summary>
    /// The amount with a decimal point and nothing else, where it can be read in one way only. The column is in dollars, so their
    /// sign says nothing new. Where semicolons separate columns, spreadsheets write decimal commas.
    /// </summary>
    private string Amount(string written)
    {
        var amount = written.StartsWith('$') ? written[1..].TrimStart() : written;
        var parts = amount.Split(',');
        if (parts.Length == 1) return amount;
        var hasPoint = parts[^1].Contains('.', StringComparison.Ordinal);
        // 1,299.00: both are there, and the last one is decimal.
        if (hasPoint && AreThousands(parts[0], [.. parts[1..^1], parts[^1].Split('.')[0]])) return string.Concat(parts);
        if (csv.Separator == ',' || parts.Length != 2 || hasPoint || parts[1].Length is 0 or > 2) return written;
        var whole = parts[0].Split('.');
        return whole.Length == 1 || AreThousands(whole[0], whole[1..]) ? $"{string.Concat(whole)}.{parts[1]}" : written;
    }

    private static bool AreThousands(string first, string[] groups) => first.Length is >= 1 and <= 3 && groups.All(group => group.Length == 3);

    private DateTimeOffset ReleaseDate()
    {
        var value = Text(CatalogColumns.Released);
        var format = options.DateFormat.Length > 0 ? options.DateFormat : "yyyy-MM-dd";
        if (DateTimeOffset.TryParseExact(value, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)) return date;
        var example = new DateTime(2026, 11, 21).ToString(format, CultureInfo.InvariantCulture);
        Refuse($"release_date must be a date such as {example}", value);
        return default;
    }
}
