using LiveShop.Web.Admin;
using LiveShop.Web.Circuits;

namespace LiveShop.Web.Engine;

/// <summary>A search among the circuits of this node as an address carries it. What makes no sense counts as not given.</summary>
/// <param name="Text">Part of the id, the page or the slowest handler, in any case.</param>
/// <param name="Browser">"here" or "away"; null for both.</param>
/// <param name="Sort">A <see cref="CircuitColumn.Name"/>, after a minus sign for the descending order; null for the oldest first.</param>
public sealed record CircuitTerms(string? Text = null, string? Browser = null, string? Sort = null)
{
    public const string Here = "here";
    public const string Away = "away";

    internal CircuitColumn Column => CircuitColumn.All.FirstOrDefault(column => column.Name == Sort?.TrimStart('-')) ?? CircuitColumn.Age;

    public bool IsDescending => Sort is null or ['-', ..] || Column.Name != Sort;

    /// <summary>Finds and sorts, of those that are given.</summary>
    internal IReadOnlyList<CircuitVitals> Find(IEnumerable<CircuitVitals> circuits) => [.. Column.Order(circuits.Where(IsMeant), IsDescending)];

    internal CircuitTerms SortedBy(CircuitColumn column, bool descending) =>
        this with { Sort = (column, descending) == (CircuitColumn.Age, true) ? null : (descending ? "-" : "") + column.Name };

    public string In(string path) => AddressValues.In(path, ("text", Text), ("browser", Browser), ("sort", Sort));

    private bool IsMeant(CircuitVitals circuit) =>
        (Browser is not (Here or Away) || circuit.IsConnected == (Browser == Here))
        && (string.IsNullOrWhiteSpace(Text) || new[] { circuit.Id, circuit.Page?.Route, circuit.Slowest.Handler }.Any(value => value?.Contains(Text.Trim(), StringComparison.OrdinalIgnoreCase) == true));
}
