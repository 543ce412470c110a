using System.Globalization;
using System.Text.Unicode;
using CsvHelper;

namespace LiveShop.Domain;

/// <summary>
/// Products in a CSV file, UTF-8 with the header <c>style_code,brand,name,colorway,retail_price_usd,release_date</c> and
/// optionally <c>sizes</c> and <c>stock</c>, in any order of columns.
/// </summary>
public static class CatalogFile
{
    private static readonly string[] Required = ["style_code", "brand", "name", "colorway", "retail_price_usd", "release_date"];

    /// <summary>What one import may hold: it is one transaction, in the process that sells.</summary>
    internal const int MostProducts = 5_000;

    private const int MostItems = 100_000;

    private static readonly CsvReaderOptions Format = new() { Separator = ',', TrimWhitespace = true, WhitespaceCharacters = " ", TrackLineNumbers = true };

    /// <summary>Reads the whole file. What is wrong with a row is an entry of the result's errors, and the row is not among its products.</summary>
    /// <param name="defaultStock">Pairs per size where the file does not say, 0 to 1,000,000.</param>
    /// <param name="now">A release date after this schedules the release, for midnight UTC of that day.</param>
    public static CatalogFileContent Read(Stream file, int defaultStock, DateTimeOffset now)
    {
        using var buffer = new MemoryStream();
        file.CopyTo(buffer);
        var bytes = buffer.ToArray();
        if (RowThatIsNotUtf8(bytes) is { } bad) return CatalogFileContent.Refused(new(bad, "the row is not UTF-8", ""));
        using var csv = CsvReader.Create(bytes, Format);
        var products = new List<ProductSpec>();
        var errors = new List<CatalogFileError>();
        var (rows, items) = (0, 0);
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var header = csv.Headers;
        if (header.Count == 0) return CatalogFileContent.Refused(new(1, "the file is empty", ""));
        var missing = Required.Except(header).ToList();
        if (missing.Count > 0) return CatalogFileContent.Refused(new(1, "the header lacks " + string.Join(", ", missing), string.Join(",", header)));

        while (csv.Read())
        {
            var (row, errorsBefore) = (new Row(csv, errors), errors.Count);
            var product = row.ReadProduct(defaultStock, now);
            if (product.Sku.Length > 0 && !seen.TryAdd(product.Sku, row.Number))
            {
                row.Refuse($"the style code stands in row {seen[product.Sku]} already", product.Sku);
            }
            if (errors.Count == errorsBefore) products.Add(product);
            rows++;
            items += product.Items.Count;
            if (rows <= MostProducts && items <= MostItems) continue;
            row.Refuse($"the file has more than {MostProducts} products or {MostItems} sizes; import it in parts", product.Sku);
            products.Clear();
            break;
        }
        if (rows == 0) errors.Add(new(1, "the file has no rows", ""));
        return new CatalogFileContent(products, errors);
    }

    private static int? RowThatIsNotUtf8(ReadOnlySpan<byte> file)
    {
        var number = 1;
        foreach (var row in file.Split((byte)'\n'))
        {
            if (!Utf8.IsValid(file[row])) return number;
            number++;
        }
        return null;
    }

    private sealed class Row(CsvReader csv, List<CatalogFileError> errors)
    {
        private static readonly Dictionary<string, string> ColumnOf = new()
        {
            [nameof(ProductDraft.Sku)] = "style_code",
            [nameof(ProductDraft.Brand)] = "brand",
            [nameof(ProductDraft.Name)] = "name",
            [nameof(ProductDraft.Colorway)] = "colorway",
            [nameof(ProductDraft.Price)] = "retail_price_usd",
            [nameof(ProductDraft.Sizes)] = "sizes",
            [nameof(ProductDraft.Stock)] = "stock",
        };

        public int Number { get; } = (int)csv.LineNumber;

        public void Refuse(string reason, string value) => errors.Add(new(Number, reason, value));

        public ProductSpec ReadProduct(int defaultStock, DateTimeOffset now)
        {
            var released = ReleaseDate();
            var reader = new ProductReader(new ProductDraft
            {
                Sku = Text("style_code"),
                Brand = Text("brand"),
                Name = Text("name"),
                Colorway = Text("colorway"),
                Price = Text("retail_price_usd"),
                Sizes = Text("sizes"),
                Stock = Text("stock") is { Length: > 0 } stock ? stock : defaultStock.ToString(CultureInfo.InvariantCulture),
            });
            var product = reader.ReadProduct();
            foreach (var error in reader.Errors) Refuse($"{ColumnOf[error.Field]} {error.Reason}", error.Value);
            return product with { ScheduledAt = released > now ? released : null };
        }

        private string Text(string column) => csv.TryGetFieldIndex(column, out var index) && csv.Headers[index] == column ? csv.GetString(index) : "";

        private DateTimeOffset ReleaseDate()
        {
            var value = Text("release_date");
            if (DateTimeOffset.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)) return date;
            Refuse("release_date must be a date such as 2026-11-21", value);
            return default;
        }
    }
}

/// <param name="Products">Of the rows without errors, in the order of the file.</param>
/// <param name="Errors">In the order of the rows. A file with any is not to be imported.</param>
public sealed record CatalogFileContent(IReadOnlyList<ProductSpec> Products, IReadOnlyList<CatalogFileError> Errors)
{
    internal static CatalogFileContent Refused(CatalogFileError error) => new([], [error]);
}

/// <param name="Row">Line in the file; the header is line 1.</param>
public sealed record CatalogFileError(int Row, string Reason, string Value)
{
    public override string ToString() => $"row {Row}: {Reason}: '{Value}'";
}
