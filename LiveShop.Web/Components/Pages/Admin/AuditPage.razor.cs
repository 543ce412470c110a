using LiveShop.Domain;
using LiveShop.Web.Admin;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LiveShop.Web.Components.Pages.Admin;

/// <summary>The audit log. The address holds the search, the sort order and the page.</summary>
public sealed partial class AuditPage
{
    public const string Path = "/admin/audit";

    private const string Who = "Who";
    private const string What = "What";
    private const string OnWhat = "On what";

    private static readonly IEqualityComparer<AuditEntry> ById = EqualityComparer<AuditEntry>.Create((left, right) => left?.Id == right?.Id, entry => entry.Id.GetHashCode());

    private readonly Dictionary<string, object?> table = new() { ["aria-label"] = "Entries" };
    private readonly IReadOnlyList<string> columns = [Who, What, OnWhat];
    private IReadOnlySet<string> hidden = new HashSet<string>();
    private readonly AddressTrail<string> trail = new();
    private AuditTerms asked = new();
    private IReadOnlyList<AuditEntry>? entries;
    private long? last;
    private bool isAway;
    private MudDataGrid<AuditEntry> grid = null!;
    private MudTextField<string>? search;
    private ElementReference list;

    [SupplyParameterFromQuery]
    private string? Text { get; set; }

    [SupplyParameterFromQuery]
    private string? Actor { get; set; }

    [SupplyParameterFromQuery]
    private string? Action { get; set; }

    [SupplyParameterFromQuery]
    private string? Subject { get; set; }

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? To { get; set; }

    [SupplyParameterFromQuery]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery]
    private string? Past { get; set; }

    private AuditTerms Terms => new(Text, Actor, Action, Subject, From, To, Sort, Past);

    private SortDirection Direction => asked.OldestFirst ? SortDirection.Ascending : SortDirection.Descending;

    protected override Task LoadAsync()
    {
        asked = Terms;
        return Task.CompletedTask;
    }

    /// <summary>Follows the address to another search, also to one that was gone back to.</summary>
    protected override async Task OnParametersSetAsync()
    {
        if (!trail.IsNews(Terms.In(Path)) || asked == Terms) return;
        var turned = asked with { Past = null } == Terms with { Past = null };
        asked = Terms;
        if (grid is null) return;
        var isSorted = grid.SortDefinitions.Values.FirstOrDefault()?.Descending == !asked.OldestFirst;
        await (isSorted ? grid.ReloadServerData() : grid.SetSortAsync(nameof(AuditEntry.At), Direction, entry => entry.Id));
        if (turned) await list.FocusAsync();
    }

    private async Task<GridData<AuditEntry>> ReadAsync(GridState<AuditEntry> state, CancellationToken cancellationToken)
    {
        var terms = asked;
        var found = await Audit.FindAsync(terms.Query, cancellationToken);
        // A search that was asked for meanwhile is the one to show.
        if (terms == asked)
        {
            isAway = found is null;
            if (found is not null)
            {
                entries = [.. found.Take(AuditTerms.PageSize)];
                last = found.Count > AuditTerms.PageSize ? entries[^1].Id : null;
            }
            StateHasChanged();
        }
        return new GridData<AuditEntry> { Items = entries ?? [], TotalItems = entries?.Count ?? 0 };
    }

    /// <summary>Writes the sort order that was pressed into the address. The grid reads the rows itself.</summary>
    private void OnSorted(Dictionary<string, SortDefinition<AuditEntry>> sorts)
    {
        if (sorts.Values.FirstOrDefault() is { } sort && sort.Descending == asked.OldestFirst) Show(asked.SortedAs(!sort.Descending), replace: false);
    }

    /// <param name="isTyped">Whether the search follows each pause in typing, of which the browser keeps only the newest.</param>
    private async Task SearchAsync(AuditTerms terms, bool isTyped = false)
    {
        terms = terms with { Past = null };
        if (terms == asked) return;
        Show(terms, replace: isTyped);
        await grid.ReloadServerData();
    }

    /// <summary>Shows another search at once, not only when the browser has told its address.</summary>
    private void Show(AuditTerms terms, bool replace)
    {
        asked = terms;
        trail.Write(terms.In(Path));
        Navigation.NavigateTo(terms.In(Path), replace: replace);
    }
}
