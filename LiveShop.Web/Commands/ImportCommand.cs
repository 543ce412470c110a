using LiveShop.Domain;

namespace LiveShop.Web.Commands;

internal static class ImportCommand
{
    private const int ErrorsShown = 20;

    public static async Task RunAsync(Inventory inventory, FileInfo file, int stock, bool release, string actor, CancellationToken stop)
    {
        if (stock is < 0 or > Item.MostPairs) throw new CommandException($"--stock must be a whole number from 0 to {Item.MostPairs}, but is '{stock}'.");
        var content = await ReadAsync(file, stock, stop);
        if (content.Errors.Count > 0)
        {
            foreach (var error in content.Errors.Take(ErrorsShown)) await Console.Error.WriteLineAsync($"{file.Name} {error}");
            throw new CommandException($"{file.Name} has {content.Errors.Count} bad rows; nothing was changed.");
        }

        var result = await inventory.ImportAsync(content.Products, release, actor, cancellationToken: stop);
        await CommandNode.Say($"{result.Created} products added, {result.Updated} updated, {result.ItemsAdded} items added{(release ? ", all released" : "")}.");
    }

    private static async Task<CatalogFileContent> ReadAsync(FileInfo file, int stock, CancellationToken stop)
    {
        try
        {
            // Read whole first: a file that cannot be read to its end is not half imported.
            using var content = new MemoryStream(await File.ReadAllBytesAsync(file.FullName, stop));
            return CatalogFile.Read(content, stock, DateTimeOffset.UtcNow);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"Cannot read {file.FullName}: {exception.Message}");
        }
    }
}
