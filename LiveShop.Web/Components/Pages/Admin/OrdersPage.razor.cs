using LiveShop.Domain;
using LiveShop.Web.Admin;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace LiveShop.Web.Components.Pages.Admin;

/// <summary>
/// The list of orders. The address holds the search, the sort order, the page and the order that is open beside the list; the grid
/// only shows what the database returned for it.
/// </summary>
public sealed partial class OrdersPage
{
    public const string Path = "/admin/orders";

    private const string Placed = "Placed (UTC)";
    private const string StateTitle = "State";
    private const string Mail = "E-mail";
    private const string NameTitle = "Name";
    private const string Pairs = "Pairs";
    private const string Sum = "Total";

    private readonly Dictionary<string, object?> table = new() { ["aria-label"] = "Orders" };
    private readonly IReadOnlyList<string> columns = [Placed, StateTitle, Mail, NameTitle, Pairs, Sum];
    private IReadOnlySet<string> hidden = new HashSet<string>();
    private readonly AddressTrail<string> trail = new();
    private OrderTerms asked = new();
    private OrderFindings? found;
    private bool isAway;
    private string? opened;
    private string? focused;
    private MudDataGrid<OrderSummary> grid = null!;
    private ElementReference list;

    [SupplyParameterFromQuery]
    private string? Number { get; set; }

    [SupplyParameterFromQuery]
    private string? Email { get; set; }

    [SupplyParameterFromQuery]
    private string? Product { get; set; }

    [SupplyParameterFromQuery]
    private string? State { get; set; }

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? To { get; set; }

    [SupplyParameterFromQuery]
    private string? Sort { get; set; }

    [SupplyParameterFromQuery]
    private string? After { get; set; }

    [SupplyParameterFromQuery]
    private string? Before { get; set; }

    [SupplyParameterFromQuery]
    private string? Only { get; set; }

    /// <summary>The number of the order beside the list.</summary>
    [SupplyParameterFromQuery]
    private string? Open { get; set; }

    private OrderTerms Terms => new(Number, Email, Product, State, From, To, Sort, After, Before, Only);

    protected override Task LoadAsync()
    {
        asked = Place.Terms = Terms;
        opened = Open;
        // The list is shown again by the way back from the page of an order.
        (focused, Place.Opened) = (Open is null ? Place.Opened : null, null);
        return Task.CompletedTask;
    }

    /// <summary>Follows the address to another search, also to one that was gone back to.</summary>
    protected override async Task OnParametersSetAsync()
    {
        if (opened != Open) (focused, opened) = (Open is null ? opened : null, Open);
        if (!trail.IsNews(Terms.In(Path)) || asked == Terms) return;
        var turned = asked.Beginning == Terms.Beginning;
        asked = Place.Terms = Terms;
        if (grid is null) return;
        var isSorted = grid.SortDefinitions.Values.FirstOrDefault() is { } sort && (sort.SortBy, sort.Descending) == ($"{asked.SortedBy}", !asked.IsAscending);
        await (isSorted ? grid.ReloadServerData() : grid.SetSortAsync($"{asked.SortedBy}", DirectionOf(asked.SortedBy), order => order.Number));
        // A page is turned at the foot of the list, and read from its head.
        if (turned) await list.FocusAsync();
    }

    private SortDirection DirectionOf(OrderSort sort) =>
        sort != asked.SortedBy ? SortDirection.None : asked.IsAscending ? SortDirection.Ascending : SortDirection.Descending;

    private Task ReloadAsync() => grid.ReloadServerData();

    private async Task<GridData<OrderSummary>> ReadAsync(GridState<OrderSummary> state, CancellationToken cancellationToken)
    {
        var terms = asked;
        var findings = await Book.FindAsync(terms.Query, cancellationToken);
        // A search that was asked for meanwhile is the one to show.
        if (terms == asked)
        {
            isAway = findings is null;
            found = findings ?? found;
            StateHasChanged();
        }
        return new GridData<OrderSummary> { Items = found?.Orders.AsEnumerable() ?? [], TotalItems = found?.Orders.Length ?? 0 };
    }

    /// <summary>Writes the sort order that was pressed into the address. The grid reads the rows itself.</summary>
    private void OnSorted(Dictionary<string, SortDefinition<OrderSummary>> sorts)
    {
        if (sorts.Values.FirstOrDefault() is not { } sort || !Enum.TryParse<OrderSort>(sort.SortBy, out var by)) return;
        if ((by, !sort.Descending) != (asked.SortedBy, asked.IsAscending)) Show(asked.SortedAs(by, !sort.Descending));
    }

    private async Task SearchAsync(OrderTerms terms)
    {
        if (terms == asked) return;
        Show(terms);
        await grid.ReloadServerData();
    }

    /// <summary>Shows another search at once, not only when the browser has told its address.</summary>
    private void Show(OrderTerms terms)
    {
        asked = Place.Terms = terms;
        trail.Write(terms.In(Path));
        Navigation.NavigateTo(terms.In(Path, Open));
    }

    private void Select(HashSet<OrderSummary>? selected) => Place.Selected = new(selected?.Take(OrderPlace.MostSelected) ?? [], OrderPlace.ByNumber);

    /// <summary>Escape closes the order beside the list, wherever on the page the focus is.</summary>
    private void OnKey(KeyboardEventArgs pressed)
    {
        if (Open is not null && pressed.Key == "Escape") Close();
    }

    private void Close() => Navigation.NavigateTo(asked.In(Path));
}
