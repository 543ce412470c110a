using System.Globalization;
using LiveShop.Domain;

namespace LiveShop.Web.Admin;

/// <summary>What the pages about products say to operators.</summary>
internal static class CatalogWords
{
    private static readonly Dictionary<string, string> Labels = new()
    {
        [nameof(ProductDraft.Sku)] = "Style code",
        [nameof(ProductDraft.Brand)] = "Brand",
        [nameof(ProductDraft.Name)] = "Name",
        [nameof(ProductDraft.Colorway)] = "Colorway",
        [nameof(ProductDraft.Price)] = "Price, USD",
        [nameof(ProductDraft.Sizes)] = "Sizes",
        [nameof(ProductDraft.Stock)] = "Pairs per size",
    };

    public static string Label(string field) => Labels[field];

    /// <summary>Of a field by itself, with its name in front.</summary>
    public static string Of(FieldError error) => $"{Label(error.Field)} {error.Reason}.";

    public static string Price(decimal price) => price.ToString("0.##", CultureInfo.InvariantCulture);

    public static string State(Product product) => product switch
    {
        { RetiredAt: { } at } => $"retired {at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}",
        { IsReleased: true, StopReason: not null } => "paused",
        { IsReleased: true } => "released",
        _ => OperatorWords.State(product, left: 0, pace: 0),
    };

    /// <summary>Why a product was not written; null when it was.</summary>
    public static string? Trouble(ProductOutcome outcome) => outcome switch
    {
        ProductOutcome.Done => null,
        ProductOutcome.Invalid => "Not saved. Look at the fields that are marked.",
        ProductOutcome.SkuTaken => "Not saved. A product has this style code already, in the store or retired.",
        ProductOutcome.ChangedMeanwhile => "Not saved. Somebody changed the product meanwhile. What it is now stands beside your words; save again to write yours.",
        ProductOutcome.Unknown => "That product is not in the store any more.",
        _ => OperatorWords.Unavailable,
    };

    public static string Retired(RetireOutcome outcome, string product) => Of(outcome, $"{product} is retired.", $"{product} was retired before.");

    public static string BroughtBack(RetireOutcome outcome, string product) => Of(outcome, $"{product} is back in the store.", $"{product} was in the store already.");

    private static string Of(RetireOutcome outcome, string done, string alreadySo) => outcome switch
    {
        RetireOutcome.Done => done,
        RetireOutcome.AlreadySo => alreadySo,
        RetireOutcome.Unknown => "That product is not in the store any more.",
        _ => OperatorWords.Unavailable,
    };
}
