using LiveShop.Domain;

namespace LiveShop.Web.Commands;

internal static class ImportCommand
{
    private const int RowsShown = 20;

    public static async Task RunAsync(Inventory inventory, FileInfo file, CatalogFileOptions options, ImportChoices choices, string actor, CancellationToken stop)
    {
        if (options.Stock is < 0 or > Item.MostPairs) throw new CommandException($"--stock must be a whole number from 0 to {Item.MostPairs}, but is '{options.Stock}'.");
        var content = await ReadAsync(file, options, stop);
        if (content.Errors.Count > 0)
        {
            var rows = CatalogFileError.CountRows(content.Errors);
            var shown = choices.ShowsAllErrors ? content.Errors : content.Errors.DistinctBy(error => error.Row == 1 ? (1, error.Reason) : (error.Row, "")).Take(RowsShown);
            foreach (var error in shown) await Console.Error.WriteLineAsync($"{file.Name} {error}");
            throw new CommandException($"{file.Name} has {rows} bad row{(rows == 1 ? "" : "s")}; nothing was changed.{(choices.ShowsAllErrors ? "" : " --all lists every error.")}");
        }

        var result = await inventory.ImportAsync(content.Products, choices.Releases, actor, cancellationToken: stop);
        await CommandNode.Say($"{result.Created} products added, {result.Updated} updated, {result.ItemsAdded} items added{(choices.Releases ? ", all released" : "")}.");
    }

    private static async Task<CatalogFileContent> ReadAsync(FileInfo file, CatalogFileOptions options, CancellationToken stop)
    {
        try
        {
            // Read whole first: a file that cannot be read to its end is not half imported.
            return CatalogFile.Read(await File.ReadAllBytesAsync(file.FullName, stop), options, DateTimeOffset.UtcNow);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"Cannot read {file.FullName}: {exception.Message}");
        }
    }
}

/// <param name="ShowsAllErrors">Whether every error is listed, and not only the first one of a row.</param>
internal sealed record ImportChoices(bool Releases, bool ShowsAllErrors);
