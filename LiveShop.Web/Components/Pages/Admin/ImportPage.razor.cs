using LiveShop.Domain;
using LiveShop.Web.Admin;
using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;

namespace LiveShop.Web.Components.Pages.Admin;

/// <summary>Imports products from a file in two steps: what it would change, and then exactly that.</summary>
public sealed partial class ImportPage
{
    private readonly ProductDraft draft = new() { Stock = "200" };
    private CatalogFileOptions options = CatalogFileOptions.Default;
    private byte[]? file;
    private IBrowserFile? source;
    private bool release;
    private int? percent;
    private bool isComparing;
    private ImportPreview? shown;
    private IReadOnlyList<CatalogFileError> badRows = [];
    private string? trouble;

    /// <summary>Products that the running import has written; null while none runs.</summary>
    private int? written;

    private CancellationTokenSource stop = new();

    private string Name => source?.Name ?? "";

    protected override Task LoadAsync() => Task.CompletedTask;

    private void TypeStock(string typed) => (draft.Stock, shown, badRows, isComparing) = (typed, null, [], false);

    /// <summary>Reads the file in another way, at once where there is one.</summary>
    private async Task Choose(CatalogFileOptions chosen)
    {
        if (chosen == options || written is not null) return;
        (options, shown, badRows, isComparing) = (chosen, null, [], false);
        await PreviewAsync();
    }

    private async Task ReadAsync(IBrowserFile chosen)
    {
        (file, shown, badRows, isComparing, trouble, source, percent) = (null, null, [], false, null, chosen, 0);
        var (bytes, why) = await Upload.ReadAsync(chosen, CatalogImport.MaxBytes, done => Arrived(chosen, done));
        // Another file was chosen meanwhile.
        if (source != chosen) return;
        (trouble, percent) = (why, null);
        if (why is not null) return;
        file = bytes;
        await PreviewAsync();
    }

    private void Arrived(IBrowserFile chosen, int done)
    {
        if (source != chosen) return;
        percent = done;
        StateHasChanged();
    }

    private async Task PreviewAsync()
    {
        if (file is null || await FindOperatorAsync() is null) return;
        // What is typed or chosen while this runs makes its answer an old one.
        var asked = (file, draft.Stock, options);
        isComparing = true;
        StateHasChanged();
        // Reading a large file takes seconds, in which the circuit must answer.
        var outcome = await Task.Run(() => Import.PreviewAsync(asked.file, asked.Stock, asked.options));
        if (asked != (file, draft.Stock, options)) return;
        isComparing = false;
        badRows = outcome is PreviewOutcome.BadFile bad ? bad.Errors : [];
        shown = outcome switch
        {
            PreviewOutcome.Ready ready => ready.Preview,
            PreviewOutcome.BadFile { GoodRows: var goodRows } => goodRows,
            _ => null,
        };
        trouble = ImportWords.Trouble(outcome, Name);
    }

    private async Task ImportAsync()
    {
        if (shown is not { } preview || written is not null) return;
        var (name, releases) = (Name, release);
        var answer = await Dialogs.ShowMessageBoxAsync($"Import {name}?", ImportWords.Question(preview, releases), "Import", cancelText: "Not now");
        if (answer != true || written is not null || await FindOperatorAsync() is not { } actor) return;
        (written, stop) = (0, new CancellationTokenSource());
        StateHasChanged();
        var progress = new Progress<int>(count =>
        {
            if (written is null) return;
            written = count;
            Refresh();
        });
        var outcome = await Task.Run(() => Import.ImportAsync(preview, releases, actor, progress, stop.Token));
        written = null;
        trouble = ImportWords.Trouble(outcome);
        if (outcome is ImportOutcome.Done done)
        {
            Messages.Add(ImportWords.Of(done.Result, releases), Severity.Success);
            if (shown == preview) (file, shown) = (null, null);
        }
        else if (outcome is ImportOutcome.Stopped)
        {
            Messages.Add(ImportWords.Stopped, Severity.Warning);
        }
    }
}
