using System.Globalization;
using LiveShop.Domain;

namespace LiveShop.Web.Admin;

/// <summary>What the import page says to operators.</summary>
internal static class ImportWords
{
    public static string Summary(ImportPreview preview)
    {
        var unchanged = preview.Products.Count - preview.New - preview.Changed;
        return string.Create(CultureInfo.InvariantCulture, $"{preview.New} new, {preview.Changed} changed, {unchanged} unchanged; {preview.NewSizes} new sizes.");
    }

    public static string Question(ImportPreview preview, bool release) => string.Create(
        CultureInfo.InvariantCulture,
        $"Adds {preview.New}, changes {preview.Changed}, releases {(release ? preview.ToRelease : 0)}. Shoppers see it at once.");

    public static string Kind(ProductPreview product) => product switch
    {
        { IsNew: true } => "new",
        { IsUnchanged: true } => "unchanged",
        { IsRetired: true } => "changed, stays retired",
        _ => "changed",
    };

    /// <summary>Why there is nothing to look at; null when there is.</summary>
    public static string? Trouble(PreviewOutcome outcome, string file) => outcome switch
    {
        PreviewOutcome.Ready => null,
        PreviewOutcome.BadFile => $"{file} cannot be imported. Nothing was changed.",
        PreviewOutcome.BadStock => "Say how many pairs a size has where the file does not.",
        _ => OperatorWords.Unavailable,
    };

    public static string Of(ImportResult? result, bool release) => result is null ? OperatorWords.Unavailable : string.Create(
        CultureInfo.InvariantCulture,
        $"Imported: {result.Created} added, {result.Updated} brought up to date, {result.ItemsAdded} new sizes{(release ? ", all released" : "")}.");
}
