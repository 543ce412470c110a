using System.Diagnostics;
using LiveShop.Web.Admin;
using LiveShop.Web.Circuits;
using LiveShop.Web.Engine;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LiveShop.Web.Components.Pages.Admin;

/// <summary>The circuits of this node. Only the rows that are seen are rendered, each under its circuit, so that a refresh leaves scroll position, selection and focus.</summary>
public sealed partial class CircuitTable
{
    private const string AnyBrowser = "any";

    private readonly Dictionary<string, object?> table = new() { ["aria-label"] = "Circuits" };
    private readonly IReadOnlyList<string> titles = [.. CircuitColumn.All.Select(column => column.Title)];
    private IReadOnlySet<string> hidden = new HashSet<string>();
    private HashSet<CircuitVitals> selected = [];
    private readonly AddressTrail<string> trail = new();
    private CircuitTerms asked = new();
    private int found;
    private TimeSpan took;
    private MudDataGrid<CircuitVitals>? grid;

    [Parameter, EditorRequired]
    public CircuitTerms Terms { get; set; } = new();

    /// <summary>Called with another search, for the address.</summary>
    [Parameter]
    public EventCallback<CircuitTerms> OnSearch { get; set; }

    /// <summary>Closes the circuit of that id.</summary>
    [Parameter, EditorRequired]
    public Func<string, Task<BulkLine>> OnClose { get; set; } = null!;

    /// <summary>Reads the circuits anew.</summary>
    public async Task RefreshAsync()
    {
        if (grid is null) return;
        var open = Circuits.All.ToHashSet();
        // A new set only where something changed: the grid takes it for another choice of the operator.
        if (!selected.IsSubsetOf(open)) selected = [.. selected.Where(open.Contains)];
        await grid.ReloadServerData();
        StateHasChanged();
    }

    /// <summary>Follows the address, also to a search that was gone back to.</summary>
    protected override async Task OnParametersSetAsync()
    {
        if (!trail.IsNews(Terms.In(EnginePage.Path)) || asked == Terms) return;
        asked = Terms;
        if (grid is null) return;
        if (grid.SortDefinitions.Values.FirstOrDefault() is { } sort && (sort.SortFunc, sort.Descending) == (asked.Column.SortKey, asked.IsDescending)) await RefreshAsync();
        else await grid.SetSortAsync(grid.RenderedColumns.First(column => column.Title == asked.Column.Title).PropertyName!, DirectionOf(asked.Column), asked.Column.SortKey);
    }

    private SortDirection DirectionOf(CircuitColumn column) =>
        column != asked.Column ? SortDirection.None : asked.IsDescending ? SortDirection.Descending : SortDirection.Ascending;

    private Task<GridData<CircuitVitals>> ReadAsync(GridStateVirtualize<CircuitVitals> state, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var all = asked.Find(Circuits.All);
        took = Stopwatch.GetElapsedTime(begun);
        found = all.Count;
        return Task.FromResult(new GridData<CircuitVitals> { Items = [.. all.Skip(state.StartIndex).Take(state.Count)], TotalItems = all.Count });
    }

    private Task OnSorted(Dictionary<string, SortDefinition<CircuitVitals>> sorts)
    {
        var sort = sorts.Values.FirstOrDefault();
        var column = CircuitColumn.All.FirstOrDefault(column => column.SortKey == sort?.SortFunc);
        if (sort is null || column is null || (column, sort.Descending) == (asked.Column, asked.IsDescending)) return Task.CompletedTask;
        asked = asked.SortedBy(column, sort.Descending);
        trail.Write(asked.In(EnginePage.Path));
        return OnSearch.InvokeAsync(asked);
    }

    private async Task SearchAsync(CircuitTerms terms)
    {
        if (terms == asked) return;
        asked = terms;
        trail.Write(asked.In(EnginePage.Path));
        await OnSearch.InvokeAsync(asked);
        await RefreshAsync();
    }

    private void SelectAll() => selected = [.. asked.Find(Circuits.All)];

    /// <summary>Asks for the circuits that are named in the dialog, whatever the table shows below it.</summary>
    private async Task CloseAsync(CircuitVitals[] circuits)
    {
        var title = circuits is [var only] ? $"Close circuit {only.Id}" : $"Close {circuits.Length} circuits";
        var shown = await Dialogs.ShowAsync<BulkDialog>(
            $"{title}?",
            new DialogParameters<BulkDialog>
            {
                { dialog => dialog.Question, circuits.Length == 1 ? "Its tab loads again." : "Their tabs load again, all at once." },
                { dialog => dialog.Label, title },
                { dialog => dialog.Subjects, circuits.Select(circuit => new BulkSubject(circuit.Id, circuit.Id, CircuitColumn.Page.Text(circuit))).ToArray() },
                { dialog => dialog.Act, (id, _) => OnClose(id) },
            },
            BulkDialog.Options);
        if (await shown.Result is { Data: BulkRun run })
        {
            var closed = run.Lines.Where(line => line.State == BulkState.Done).Select(line => line.Id).ToHashSet();
            selected = [.. selected.Where(circuit => !closed.Contains(circuit.Id))];
        }
        await RefreshAsync();
    }
}
