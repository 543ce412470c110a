using System.Globalization;
using LiveShop.Domain;
using Microsoft.AspNetCore.Http.Extensions;

namespace LiveShop.Web.Admin;

/// <summary>A search for orders as an address has it, so that it can be shared and gone back to. What makes no sense counts as not said.</summary>
internal sealed record OrderTerms(string? Number, string? Email, string? Product, string? State, string? Before)
{
    public OrderState? OrderState { get; } = Enum.GetValues<OrderState>().Cast<OrderState?>().FirstOrDefault(state => OrderWords.Of(state!.Value) == State);

    public OrderQuery Query => new(
        Number, Email, Product, OrderState, long.TryParse(Before, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null);

    public string In(string path)
    {
        (string Key, string? Value)[] terms = [("number", Number), ("email", Email), ("product", Product), ("state", State), ("before", Before)];
        return path + new QueryBuilder(terms.Where(term => !string.IsNullOrEmpty(term.Value)).Select(term => KeyValuePair.Create(term.Key, term.Value!)));
    }
}
