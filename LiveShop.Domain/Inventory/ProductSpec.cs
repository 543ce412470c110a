namespace LiveShop.Domain;

/// <summary>A product to be put into the store; the style code decides whether it is a new one.</summary>
/// <param name="Sku">The style code.</param>
/// <param name="Price">US dollars, 0 or more.</param>
/// <param name="ScheduledAt">When it is to be released; null says nothing about that.</param>
public sealed record ProductSpec(
    string Sku,
    string Brand,
    string Name,
    string Colorway,
    decimal Price,
    DateTimeOffset? ScheduledAt,
    IReadOnlyList<ItemSpec> Items);

/// <param name="Size">US men's size, one decimal.</param>
/// <param name="Stock">Pairs to begin with, 0 or more. Of no effect for an item that exists.</param>
public sealed record ItemSpec(string Sku, decimal Size, int Stock);

/// <summary>Why availability changed, as the ledger has it.</summary>
internal static class StockReason
{
    public const string Initial = "initial";
    public const string Import = "import";
    public const string Sale = "sale";
    public const string SellOut = "sell-out";
    public const string Restock = "restock";
    public const string Correction = "correction";

    /// <summary>A pair of an order that was cancelled or refunded.</summary>
    public const string Return = "return";
}
