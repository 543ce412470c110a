using System.Globalization;
using LiveShop.Domain;

namespace LiveShop.Web.Admin;

/// <summary>What the import page says to operators.</summary>
internal static class ImportWords
{
    public const string Stopped = "Stopped before anything was written for good. Nothing was changed.";

    public static string Summary(ImportPreview preview, int badRows)
    {
        var unchanged = preview.Products.Count - preview.New - preview.Changed;
        var refused = badRows > 0 ? $" {badRows} bad rows." : "";
        return string.Create(CultureInfo.InvariantCulture, $"{preview.New} new, {preview.Changed} changed, {unchanged} unchanged; {preview.NewSizes} new sizes.{refused}");
    }

    public static string Question(ImportPreview preview, bool release) => string.Create(
        CultureInfo.InvariantCulture,
        $"Adds {preview.New}, changes {preview.Changed}, releases {(release ? preview.ToRelease : 0)}. Shoppers see it at once, all of it or nothing.");

    public static string Kind(ProductPreview product) => product switch
    {
        { IsNew: true } => "new",
        { IsUnchanged: true } => "unchanged",
        { IsRetired: true } => "changed, stays retired",
        _ => "changed",
    };

    public static string Opens(ProductPreview product, bool release) => product switch
    {
        { IsComingSoon: true } when release => "with the import",
        { Spec.ScheduledAt: { } at, IsComingSoon: true } => OperatorWords.Minute(at),
        _ => "–",
    };

    /// <summary>Says how far an import is. The last step writes nothing more and cannot be counted.</summary>
    public static string Progress(int written, int all) => written < all
        ? string.Create(CultureInfo.InvariantCulture, $"{written} of {all} products are written. Shoppers see none of them until all are.")
        : "All products are written. They are put into the store now.";

    /// <summary>Why a file cannot be imported; null when it can.</summary>
    public static string? Trouble(PreviewOutcome outcome, string file) => outcome switch
    {
        PreviewOutcome.Ready => null,
        PreviewOutcome.BadFile => $"{file} cannot be imported. Nothing was changed.",
        PreviewOutcome.BadStock => "Say how many pairs a size has where the file does not.",
        _ => OperatorWords.Unavailable,
    };

    /// <summary>Why an import was not done; null where somebody stopped it, or it was done.</summary>
    public static string? Trouble(ImportOutcome outcome) => outcome is ImportOutcome.Unavailable ? OperatorWords.Unavailable : null;

    public static string Of(ImportResult result, bool release) => string.Create(
        CultureInfo.InvariantCulture,
        $"Imported: {result.Created} added, {result.Updated} brought up to date, {result.ItemsAdded} new sizes{(release ? ", all released" : "")}.");
}
