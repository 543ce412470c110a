using System.Globalization;
using System.Text;
using System.Text.Unicode;
using CsvHelper;
using CsvHelper.Configuration;

namespace LiveShop.Domain;

/// <summary>
/// Products in a CSV file, UTF-8 with the header <c>style_code,brand,name,colorway,retail_price_usd,release_date</c> and
/// optionally <c>sizes</c> and <c>stock</c>, in any order of columns. SPEC.md, "Importing products".
/// </summary>
public static class CatalogFile
{
    private static readonly string[] Required = ["style_code", "brand", "name", "colorway", "retail_price_usd", "release_date"];
    private static readonly decimal[] DefaultSizes = [.. Enumerable.Range(0, 15).Select(step => 6m + (step * 0.5m))];

    /// <summary>Reads the whole file; what is wrong with any row is an entry of the result's errors, and then there are no products.</summary>
    /// <param name="defaultStock">Pairs per size where the file does not say, 0 to 1,000,000.</param>
    /// <param name="now">A release date after this schedules the release, for midnight UTC of that day.</param>
    public static CatalogFileContent Read(Stream file, int defaultStock, DateTimeOffset now)
    {
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        if (RowThatIsNotUtf8(bytes.ToArray()) is { } bad) return CatalogFileContent.Refused(new(bad, "the row is not UTF-8", ""));
        bytes.Position = 0;
        using var text = new StreamReader(bytes, Encoding.UTF8);
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            MissingFieldFound = null,
            BadDataFound = null,
            TrimOptions = TrimOptions.Trim,
        });
        var products = new List<ProductSpec>();
        var errors = new List<CatalogFileError>();
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        if (!csv.Read() || !csv.ReadHeader()) return CatalogFileContent.Refused(new(1, "the file is empty", ""));
        var missing = Required.Except(csv.HeaderRecord!).ToList();
        if (missing.Count > 0) return CatalogFileContent.Refused(new(1, "the header lacks " + string.Join(", ", missing), string.Join(",", csv.HeaderRecord!)));

        while (csv.Read())
        {
            var row = new Row(csv, errors);
            var product = row.ReadProduct(defaultStock, now);
            if (product.Sku.Length > 0 && !seen.TryAdd(product.Sku, row.Number))
            {
                row.Refuse($"the style code stands in row {seen[product.Sku]} already", product.Sku);
            }
            products.Add(product);
        }
        if (products.Count == 0 && errors.Count == 0) errors.Add(new(1, "the file has no rows", ""));
        return errors.Count > 0 ? new CatalogFileContent([], errors) : new CatalogFileContent(products, []);
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
        public int Number { get; } = csv.Parser.RawRow;

        public void Refuse(string reason, string value) => errors.Add(new(Number, reason, value));

        public ProductSpec ReadProduct(int defaultStock, DateTimeOffset now)
        {
            var sku = Text("style_code", 60);
            var stock = Optional("stock") is { } given ? Stock(given) : defaultStock;
            var released = ReleaseDate();
            return new ProductSpec(
                sku, Text("brand", 60), Text("name", 120), Text("colorway", 120), Price(),
                released > now ? released : null,
                [.. Sizes().Select(size => new ItemSpec($"{sku}-{size.ToString("0.#", CultureInfo.InvariantCulture)}", size, stock))]);
        }

        private string? Optional(string column) => csv.TryGetField<string>(column, out var value) && !string.IsNullOrEmpty(value) ? value : null;

        private string Text(string column, int longest)
        {
            var value = Optional(column) ?? "";
            if (value.Length == 0) Refuse($"{column} is missing", value);
            else if (value.Length > longest) Refuse($"{column} is longer than {longest} characters", value);
            else if (value.Any(char.IsControl)) Refuse($"{column} has a control character", value);
            return value;
        }

        private decimal Price()
        {
            var value = Optional("retail_price_usd") ?? "";
            if (decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price)
                && price <= 99_999_999.99m && decimal.Round(price, 2) == price) return price;
            Refuse("retail_price_usd must be an amount such as 120 or 99.50", value);
            return 0;
        }

        private int Stock(string value)
        {
            if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var stock) && stock <= 1_000_000) return stock;
            Refuse("stock must be a whole number from 0 to 1000000", value);
            return 0;
        }

        private DateTimeOffset ReleaseDate()
        {
            var value = Optional("release_date") ?? "";
            if (DateTimeOffset.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)) return date;
            Refuse("release_date must be a date such as 2026-11-21", value);
            return default;
        }

        private decimal[] Sizes()
        {
            if (Optional("sizes") is not { } value) return DefaultSizes;
            var sizes = new SortedSet<decimal>();
            foreach (var part in value.Split(';', StringSplitOptions.TrimEntries))
            {
                if (decimal.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var size)
                    && size is >= 0.5m and <= 60 && decimal.Round(size, 1) == size && sizes.Add(size)) continue;
                Refuse("sizes must be different numbers from 0.5 to 60 such as 6;6.5;7", value);
                break;
            }
            return [.. sizes];
        }
    }
}

/// <summary>Either products or errors, never both.</summary>
public sealed record CatalogFileContent(IReadOnlyList<ProductSpec> Products, IReadOnlyList<CatalogFileError> Errors)
{
    internal static CatalogFileContent Refused(CatalogFileError error) => new([], [error]);
}

/// <param name="Row">Line in the file; the header is line 1.</param>
public sealed record CatalogFileError(int Row, string Reason, string Value)
{
    public override string ToString() => $"row {Row}: {Reason}: '{Value}'";
}
