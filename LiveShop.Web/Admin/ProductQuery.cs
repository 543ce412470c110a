using System.Globalization;
using LiveShop.Domain;
using Microsoft.AspNetCore.WebUtilities;

namespace LiveShop.Web.Admin;

/// <summary>A search in the list of products, as the address of the list carries it.</summary>
/// <param name="State">Only products in this state; null for all.</param>
/// <param name="Sort">The name of a property of <see cref="ProductRow"/>; null for the order of the store, with retired products last.</param>
/// <param name="Page">Counted from 0.</param>
public sealed record ProductQuery(string Search, ProductState? State, string? Sort, bool IsDescending, int Page, int Size)
{
    public const string Path = "/admin/products";
    public const int DefaultSize = 25;

    public static readonly int[] Sizes = [10, DefaultSize, 50, 100];

    private static readonly Dictionary<string, Func<ProductRow, object?>> Keys = new()
    {
        [nameof(ProductRow.Sku)] = row => row.Sku,
        [nameof(ProductRow.Name)] = row => row.Name,
        [nameof(ProductRow.Colorway)] = row => row.Colorway,
        [nameof(ProductRow.Price)] = row => row.Price,
        [nameof(ProductRow.State)] = row => row.State,
        [nameof(ProductRow.OpensAt)] = row => row.OpensAt,
        [nameof(ProductRow.Sizes)] = row => row.Sizes,
        [nameof(ProductRow.Left)] = row => row.Left,
    };

    /// <summary>Reads the parameters of an address, which anybody may have written: what makes no sense counts as not given.</summary>
    /// <param name="sort">A property, after a minus sign for the descending order.</param>
    /// <param name="page">Counted from 1.</param>
    public static ProductQuery Of(string? search, string? state, string? sort, string? page, string? size)
    {
        var key = Keys.Keys.FirstOrDefault(key => string.Equals(key, sort?.TrimStart('-'), StringComparison.OrdinalIgnoreCase));
        return new ProductQuery(
            search ?? "",
            Enum.TryParse<ProductState>(state, ignoreCase: true, out var only) && Enum.IsDefined(only) ? only : null,
            key,
            key is not null && sort is ['-', ..],
            int.TryParse(page, CultureInfo.InvariantCulture, out var from1) && from1 > 0 ? from1 - 1 : 0,
            int.TryParse(size, CultureInfo.InvariantCulture, out var rows) && Sizes.Contains(rows) ? rows : DefaultSize);
    }

    /// <summary>The parameters of the address; null where the default stands.</summary>
    public IReadOnlyDictionary<string, object?> Parameters => new Dictionary<string, object?>
    {
        ["q"] = Search.Length > 0 ? Search : null,
        ["state"] = State?.ToString(),
        ["sort"] = Sort is null ? null : (IsDescending ? "-" : "") + Sort,
        ["page"] = Page > 0 ? Page + 1 : null,
        ["size"] = Size != DefaultSize ? Size : null,
    };

    /// <summary>The address of the list, without the default values.</summary>
    public string Address => AddressOf(Path, Parameters);

    /// <summary>The address of a product's page, which leads back to this list.</summary>
    public string AddressOfProduct(int productId) =>
        AddressOf($"{Path}/{productId}", new Dictionary<string, object?> { ["list"] = Address[Path.Length..].TrimStart('?') is { Length: > 0 } query ? query : null });

    /// <summary>The way back from a product's page to the list that it was opened from.</summary>
    /// <param name="list">The query of the list's address. It leads nowhere else, whatever it holds.</param>
    public static string AddressOfList(string? list) => string.IsNullOrEmpty(list) ? Path : $"{Path}?{list.Replace("#", "%23", StringComparison.Ordinal)}";

    /// <summary>Finds what is asked for in a snapshot of the store.</summary>
    public ProductFinding Find(Shelf shelf)
    {
        var words = Search.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var all = shelf.Products.Concat(shelf.RetiredProducts).Where(product => words.All(word => Has(product, word))).Select(product => ProductRow.Of(product, shelf)).ToList();
        var found = all.Where(row => State is null || row.State == State);
        if (Sort is not null) found = IsDescending ? found.OrderByDescending(Keys[Sort], Order) : found.OrderBy(Keys[Sort], Order);
        return new ProductFinding([.. found], all.CountBy(row => row.State).ToDictionary(), all.Count);
    }

    /// <summary>Text without regard to case; rows without a value come last in the ascending order.</summary>
    private static readonly Comparer<object?> Order = Comparer<object?>.Create((left, right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        (string a, string b) => StringComparer.OrdinalIgnoreCase.Compare(a, b),
        _ => Comparer<object>.Default.Compare(left, right),
    });

    private static bool Has(Product product, string word) =>
        new[] { product.Sku, product.Brand, product.Name, product.Colorway }.Any(text => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string AddressOf(string path, IEnumerable<KeyValuePair<string, object?>> parameters) => QueryHelpers.AddQueryString(
        path, parameters.Where(parameter => parameter.Value is not null).Select(parameter => KeyValuePair.Create(parameter.Key, parameter.Value!.ToString())));
}

/// <summary>The products that a <see cref="ProductQuery"/> finds.</summary>
/// <param name="Rows">Of all pages.</param>
/// <param name="InState">How many there are per state, whichever state was asked for.</param>
/// <param name="Total">In all states.</param>
public sealed record ProductFinding(IReadOnlyList<ProductRow> Rows, IReadOnlyDictionary<ProductState, int> InState, int Total);
