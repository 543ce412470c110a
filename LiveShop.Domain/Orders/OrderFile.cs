using System.Globalization;
using CsvHelper;

namespace LiveShop.Domain;

/// <summary>
/// Orders as CSV, UTF-8 with a header, a row for each line of an order. What a spreadsheet would take for a formula, because it
/// begins with = + - @ or a tab, has an apostrophe before it: shoppers type their names and addresses as they like.
/// </summary>
internal static class OrderFile
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
        await using var csv = CsvWriter.Create(file, Format, leaveOpen: true);
        await csv.WriteRecordAsync(Header, cancellationToken);
        for (; hasRow; hasRow = await rows.MoveNextAsync()) await csv.WriteRecordAsync(Fields(rows.Current), cancellationToken);
    }

    private static string[] Fields(OrderFileLine row) =>
    [
        row.Order.Number, row.Order.PlacedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), row.Order.State,
        row.Order.Email, row.Order.Name, row.Order.Address, row.Order.City, row.Order.PostalCode, row.Order.Country,
        row.Line.Sku, row.Line.ProductName, row.Line.Size.ToString("0.#", CultureInfo.InvariantCulture), Amount(row.Line.Price), Amount(row.Order.Total),
    ];

    private static string Amount(decimal dollars) => dollars.ToString("0.00", CultureInfo.InvariantCulture);
}

internal sealed record OrderFileLine(OrderRow Order, OrderLineRow Line);
