using System.Globalization;
using CsvHelper;

namespace LiveShop.Domain;

/// <summary>
/// Products in a table of text with the header <c>style_code,brand,name,colorway,retail_price_usd,release_date</c> and optionally
/// <c>sizes</c> and <c>stock</c>, in any order of columns: UTF-8 or UTF-16, separated by commas, semicolons, tabs or bars.
/// </summary>
public static class CatalogFile
{
    /// <summary>What one import may hold: it is one transaction, in the process that sells.</summary>
    internal const int MostProducts = 5_000;

    private const int MostItems = 100_000;

    private const string Resave = "save the file as \"CSV UTF-8\"";

    private static readonly (char Separator, string Name)[] Separators = [(',', "commas"), (';', "semicolons"), ('\t', "tabs"), ('|', "bars")];

    /// <summary>Reads the whole file. What is wrong with a row is an entry of the result's errors, and the row is not among its products.</summary>
    /// <param name="now">A release date after this schedules the release, for midnight UTC of that day.</param>
    public static CatalogFileContent Read(byte[] file, CatalogFileOptions options, DateTimeOffset now)
    {
        var (decoded, badLine) = TableText.Decode(file);
        if (decoded is null) return CatalogFileContent.Refused(new(badLine, $"the row is neither UTF-8 nor marked as UTF-16, perhaps Windows-1252; {Resave}", ""));
        if (FindDateFormatTrouble(options.DateFormat) is { } trouble) return CatalogFileContent.Refused(new(1, trouble, options.DateFormat));
        var text = decoded.Text.StartsWith('\uFEFF') ? decoded.Text[1..] : decoded.Text;
        var errors = new List<CatalogFileError>();
        var broken = new HashSet<long>();
        using var csv = CsvReader.FromText(text, OptionsFor(text, options, record =>
        {
            if (Malformed(record.Reason) is not { } reason || !broken.Add(record.LineNumber)) return;
            errors.Add(new((int)record.LineNumber, reason, Beginning(record.RawRecord)));
        }));
        var header = csv.Headers;
        if (header.Count == 0 || header.All(string.IsNullOrWhiteSpace)) return CatalogFileContent.Refused(new(1, "the file is empty", ""));
        var format = $"{decoded.Encoding}, separated by {Separators.First(known => known.Separator == csv.Separator).Name}";
        var (columns, wrong) = CatalogColumns.Find(header, options);
        if (wrong.Count > 0) return new([], [.. wrong.Select(reason => new CatalogFileError(1, reason, string.Join(csv.Separator, header)))], format);

        var products = new List<ProductSpec>();
        var (rows, items) = (0, 0);
        var seen = new Dictionary<string, int>(StyleCode.Comparer);
        while (csv.Read())
        {
            var row = new CatalogRow(csv, columns, options, errors);
            // Spreadsheets leave rows of separators behind the last one.
            if (row.IsBlank) continue;
            rows++;
            var errorsBefore = errors.Count;
            if (!broken.Contains(row.Number) && row.FitsHeader())
            {
                var product = row.ReadProduct(now);
                if (product.Sku.Length > 0 && !seen.TryAdd(product.Sku, row.Number)) row.Refuse($"the style code stands in row {seen[product.Sku]} already", product.Sku);
                if (errors.Count == errorsBefore) products.Add(product);
                items += product.Items.Count;
            }
            if (rows <= MostProducts && items <= MostItems) continue;
            row.Refuse($"the file has more than {MostProducts} products or {MostItems} sizes; import it in parts", "");
            products.Clear();
            break;
        }
        if (rows == 0) errors.Add(new(1, "the file has no rows", ""));
        return new CatalogFileContent(products, [.. errors.OrderBy(error => error.Row)], format);
    }

    private static CsvReaderOptions OptionsFor(string text, CatalogFileOptions options, Action<CsvMalformedRecord> report)
    {
        var first = text.AsSpan().TrimStart("\r\n").ToString().Split('\n', 2)[0].TrimEnd('\r');
        var names = first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase);
        return new()
        {
            Separator = names ? null : SeparatorOf(first, options),
            DetectSeparatorHint = true,
            TrimWhitespace = true,
            WhitespaceCharacters = " ",
            TrackLineNumbers = true,
            OnMalformedRecord = report,
        };
    }

    /// <summary>The separator by which most names of the header can be read, or else the one that it has most of.</summary>
    private static char SeparatorOf(string header, CatalogFileOptions options) => Separators
        .Select(known => known.Separator)
        .OrderByDescending(separator => CatalogColumns.CountKnown(header.Split(separator).Select(name => name.Trim().Trim('"')), options))
        .ThenByDescending(separator => header.Count(letter => letter == separator))
        .First();

    /// <summary>Null for what a careless writer may have meant as it stands, such as the inches in 6".</summary>
    private static string? Malformed(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.UnterminatedQuote => "the quote that opens in this row is never closed",
        CsvMalformedReason.TextAfterClosingQuote => "text follows a closing quote; a quote within quotes is written twice",
        _ => null,
    };

    private static string Beginning(string record) => record.Length > 60 ? record[..60] + "…" : record;

    private static string? FindDateFormatTrouble(string format)
    {
        if (format.Length == 0) return null;
        try
        {
            var day = new DateTime(2026, 11, 21);
            var isRead = DateTime.TryParseExact(day.ToString(format, CultureInfo.InvariantCulture), format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read);
            if (isRead && read.Date == day) return null;
        }
        catch (FormatException)
        {
            // Said below.
        }
        return "the date format must have year, month and day, such as M/d/yyyy or dd.MM.yyyy";
    }
}

/// <param name="Products">Of the rows without errors, in the order of the file.</param>
/// <param name="Errors">In the order of the rows. A file with any is not to be imported.</param>
/// <param name="Format">The encoding and the separator that were found, for people; empty where they were not.</param>
public sealed record CatalogFileContent(IReadOnlyList<ProductSpec> Products, IReadOnlyList<CatalogFileError> Errors, string Format = "")
{
    internal static CatalogFileContent Refused(CatalogFileError error) => new([], [error]);
}

/// <param name="Row">Line in the file; the header is line 1.</param>
public sealed record CatalogFileError(int Row, string Reason, string Value)
{
    /// <summary>How many rows the errors are about.</summary>
    public static int CountRows(IEnumerable<CatalogFileError> errors) => errors.Select(error => error.Row).Distinct().Count();

    public override string ToString() => $"row {Row}: {Reason}: '{Value}'";
}
