using LiveShop.Domain;
using LiveShop.Web.Admin;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LiveShop.Web.Components.Pages.Admin;

/// <summary>The list of products. Its address carries the whole query, and each change of the query is a step to go back from.</summary>
public sealed partial class ProductsPage
{
    private static readonly Dictionary<string, object?> TableAttributes = new() { ["aria-label"] = "Products" };

    private static readonly string[] Columns = ["Style code", "Colorway", "Price, USD", "State", "Opens (UTC)", "Sizes", "Left"];

    private readonly AddressTrail<ProductQuery> trail = new();
    private ProductQuery query = ProductQuery.Of(null, null, null, null, null);
    private ProductFinding? found;
    private HashSet<ProductRow> selected = new(ProductRow.ById);
    private IReadOnlySet<string> hidden = new HashSet<string>();
    private MudDataGrid<ProductRow>? grid;
    private MudTextField<string>? search;
    private int generation;
    private bool isStale;

    [SupplyParameterFromQuery(Name = "q")]
    private string? AskedSearch { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    private string? AskedState { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    private string? AskedSort { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? AskedPage { get; set; }

    [SupplyParameterFromQuery(Name = "size")]
    private string? AskedSize { get; set; }

    [CascadingParameter]
    private OperatorNumbers? OwnNumbers { get; set; }

    private OperatorNumbers Numbers => OwnNumbers ?? OperatorNumbers.Point;

    protected override Task LoadAsync()
    {
        FollowShelf(Inventory, () => isStale = true);
        return Task.CompletedTask;
    }

    protected override void OnParametersSet()
    {
        var asked = ProductQuery.Of(AskedSearch, AskedState, AskedSort, AskedPage, AskedSize);
        if (!trail.IsNews(asked) || asked == query) return;
        // The grid takes an order and a page size from outside only when it is new.
        if ((asked.Sort, asked.IsDescending, asked.Size) != (query.Sort, query.IsDescending, query.Size)) generation++;
        query = asked;
        isStale = true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        await base.OnAfterRenderAsync(firstRender);
        if (!isStale || grid is null) return;
        isStale = false;
        await grid.ReloadServerData();
    }

    private Task<GridData<ProductRow>> ReadAsync(GridState<ProductRow> state, CancellationToken cancellationToken)
    {
        found = query.Find(Inventory.Shelf);
        // The counts beside the grid change with it.
        StateHasChanged();
        // The grid turns to the first page by itself where the one that was asked for is past the end.
        var first = state.Page * state.PageSize < found.Rows.Count ? state.Page * state.PageSize : 0;
        return Task.FromResult(new GridData<ProductRow> { Items = [.. found.Rows.Skip(first).Take(state.PageSize)], TotalItems = found.Rows.Count });
    }

    private void SearchAsync(string? typed) => Go(query with { Search = typed ?? "", Page = 0 }, replace: true);

    private void SortAsync(Dictionary<string, SortDefinition<ProductRow>> sorts)
    {
        var sort = sorts.Values.FirstOrDefault();
        Go(query with { Sort = sort?.SortBy, IsDescending = sort?.Descending ?? false, Page = 0 });
    }

    private void TurnAsync(int page) => Go(query with { Page = page });

    private void ResizeAsync(int size) => Go(query with { Size = size, Page = 0 });

    private void Go(ProductQuery next, bool replace = false)
    {
        if (next == query) return;
        query = next;
        trail.Write(next);
        isStale = true;
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(next.Parameters), replace: replace);
    }

    private SortDirection DirectionOf(string column) =>
        query.Sort != column ? SortDirection.None : query.IsDescending ? SortDirection.Descending : SortDirection.Ascending;

    private static string ClassOf(ProductRow row, int index) => row.Product.IsRetired ? "products__retired" : "";

    /// <summary>Asks about the products that are selected at this moment; another selection below the dialog changes nothing of it.</summary>
    private async Task AskAsync(BulkAction action)
    {
        var products = selected.Select(row => Inventory.Shelf.FindProduct(row.Id) ?? row.Product).OrderBy(product => product.Id).ToList();
        var label = ProductBulk.Label(action, products.Count);
        var bulk = new ProductBulk(Inventory, Control, Desk);
        var dialog = await Dialogs.ShowAsync<BulkDialog>(
            $"{label}?",
            new DialogParameters<BulkDialog>
            {
                { shown => shown.Question, ProductBulk.Warning(action) },
                { shown => shown.Label, label },
                { shown => shown.ReasonHelp, action == BulkAction.Pause ? "Shoppers read it." : null },
                { shown => shown.Subjects, products.Select(ProductBulk.Subject).ToArray() },
                { shown => shown.Act, ActAsync },
            },
            BulkDialog.Options);
        if (await dialog.Result is not { Data: BulkRun run }) return;
        var done = run.Lines.Where(line => line.State == BulkState.Done).Select(line => line.Id).ToHashSet();
        selected = new(selected.Where(row => !done.Contains(OperatorWords.Count(row.Id))), ProductRow.ById);
        Messages.Add($"{action}: {run.Summary}", run.Done == products.Count ? Severity.Success : Severity.Warning);
        isStale = true;
        Refresh();

        async Task<BulkLine> ActAsync(string id, string reason) =>
            await FindOperatorAsync() is { } actor
                ? await bulk.DoAsync(action, products.First(product => OperatorWords.Count(product.Id) == id), reason, actor)
                : BulkLine.SessionEnded(id);
    }
}
