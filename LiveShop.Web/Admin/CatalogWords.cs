using System.Collections.Immutable;
using System.Globalization;
using LiveShop.Domain;
using LiveShop.Web.Pictures;
using LiveShop.Web.Shopper;

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

    public static string Label(ProductState state) => state switch
    {
        ProductState.ComingSoon => "Coming soon",
        ProductState.OnSale => "On sale",
        ProductState.SoldOut => "Sold out",
        _ => state.ToString(),
    };

    /// <summary>The class of a label of a state: only what is on sale or needs somebody is set off.</summary>
    public static string ClassOf(ProductState state) => state switch
    {
        ProductState.OnSale => "state state--plenty",
        ProductState.Paused or ProductState.SoldOut => "state state--live",
        _ => "state",
    };

    /// <summary>Returns the sentence to show beside a field.</summary>
    /// <param name="numbers">How the operator writes numbers, for the examples.</param>
    public static string Of(FieldError error, OperatorNumbers numbers) => error.Field == nameof(ProductDraft.Price)
        ? $"{Label(error.Field)} must be an amount such as 120 or {numbers.Show(99.5m)}."
        : $"{Label(error.Field)} {error.Reason}.";

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

    public static string Put(PictureOutcome outcome) => outcome switch
    {
        PictureOutcome.Done => "Shoppers see the new picture.",
        PictureOutcome.AlreadySo => "The product has this picture already.",
        _ => Of(outcome),
    };

    public static string Refused(PictureRefusal refusal, string file) => refusal switch
    {
        PictureRefusal.OtherKind => $"{file} is no PNG, JPEG or WebP picture, whatever its name says. Other kinds are not taken.",
        PictureRefusal.TooLarge => $"{file} is larger than {PictureEncoder.MaxBytes / (1024 * 1024)} MB.",
        PictureRefusal.TooManyPixels => $"{file} has more than {PictureDecoder.MaxPixels / 1_000_000} million pixels. Make it smaller and upload it again.",
        PictureRefusal.Animated => $"{file} is an animation. Only still pictures are taken.",
        PictureRefusal.Incomplete => $"{file} is not whole: it ends before the picture does. Export or copy it again.",
        PictureRefusal.Damaged => $"{file} is damaged and cannot be read as a picture. Export or copy it again.",
        PictureRefusal.Busy => "Other pictures are being worked on. Upload it again in a moment.",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, null),
    };

    public static string Removed(PictureOutcome outcome) => outcome switch
    {
        PictureOutcome.Done => "Shoppers see the drawn picture.",
        PictureOutcome.AlreadySo => "The product had no other picture than the drawn one.",
        _ => Of(outcome),
    };

    private static string Of(PictureOutcome outcome) =>
        outcome == PictureOutcome.Unknown ? "That product is not in the store any more." : OperatorWords.Unavailable;

    private static string Of(RetireOutcome outcome, string done, string alreadySo) => outcome switch
    {
        RetireOutcome.Done => done,
        RetireOutcome.AlreadySo => alreadySo,
        RetireOutcome.Unknown => "That product is not in the store any more.",
        _ => OperatorWords.Unavailable,
    };

    /// <summary>All of a few, the first and the last of many.</summary>
    public static string Sizes(ImmutableArray<Item> items) => items.Length > 3
        ? $"{Words.Size(items[0].Size)} to {Words.Size(items[^1].Size)}, {items.Length} sizes"
        : string.Join(" ", items.Select(item => Words.Size(item.Size)));
}
