using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;

namespace LiveShop.Domain;

/// <summary>
/// Orders as CSV, UTF-8 with a byte order mark and a header, a row for each line of an order. What a spreadsheet would take for a
/// formula, because it begins with = + - @ or a tab, has an apostrophe before it, also where it would begin a cell only for a
/// reader that takes semicolons, tabs, bars or line breaks for separators: shoppers type their names and addresses as they like.
/// </summary>
internal static partial class OrderFile
{
    private static readonly CsvWriterOptions Format = new()
    {
        Injection = CsvInjection.Escape,
        Quoting = CsvQuoting.WhenNeededOrWhitespace,
        BufferSize = 16 * 1024,
    };

    private static readonly string[] Header =
    [
        "number", "placed_at", "state", "email", "name", "address", "city", "postal_code", "country",
        "sku", "product", "size", "price_usd", "order_total_usd",
    ];

    /// <summary>Writes each row as it comes; nothing before the first has come.</summary>
    public static async Task WriteAsync(IAsyncEnumerable<OrderFileLine> lines, Stream file, CancellationToken cancellationToken)
    {
        await using var rows = lines.GetAsyncEnumerator(cancellationToken);
        var hasRow = await rows.MoveNextAsync();
        // Spreadsheets take a file without it for the encoding of their country.
        await file.WriteAsync(Encoding.UTF8.Preamble.ToArray(), cancellationToken);
        await using var csv = CsvWriter.Create(file, Format, leaveOpen: true);
        await csv.WriteRecordAsync(Header, cancellationToken);
        for (; hasRow; hasRow = await rows.MoveNextAsync()) await csv.WriteRecordAsync(Fields(rows.Current), cancellationToken);
    }

    private static string[] Fields(OrderFileLine row) => [.. Values(row).Select(value => HiddenFormula().Replace(value, "$1'"))];

    /// <summary>Matches the place before a formula that begins inside a value.</summary>
    [GeneratedRegex(@"([;|\t\r\n][\s""]*)(?=[=+\-@])")]
    private static partial Regex HiddenFormula();

    private static string[] Values(OrderFileLine row) =>
    [
        row.Order.Number, row.Order.PlacedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), row.Order.State,
        row.Order.Email, row.Order.Name, row.Order.Address, row.Order.City, row.Order.PostalCode, row.Order.Country,
        row.Line.Sku, row.Line.ProductName, row.Line.Size.ToString("0.#", CultureInfo.InvariantCulture), Amount(row.Line.Price), Amount(row.Order.Total),
    ];

    private static string Amount(decimal dollars) => dollars.ToString("0.00", CultureInfo.InvariantCulture);
}

internal sealed record OrderFileLine(OrderRow Order, OrderLineRow Line);
