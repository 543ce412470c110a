using System.Globalization;
using LiveShop.Domain;

namespace LiveShop.Web.Shopper;

/// <summary>What the shop says to shoppers. Short, plain, present tense.</summary>
internal static class Words
{
    public const string Unavailable = "That did not work just now. Nothing was changed. Try again in a moment.";
    public const string TooFast = "One moment: your earlier clicks are still on their way.";
    public const string NoCookies = "Your browser keeps no cookies, so there is no cart. Allow them for this shop and reload.";

    /// <summary>Changes of a price that one message names.</summary>
    private const int MostPrices = 3;

    public static string Size(decimal size) => size.ToString("0.#", CultureInfo.InvariantCulture);

    public static string Price(decimal price) =>
        "$" + price.ToString(price == decimal.Truncate(price) ? "#,0" : "#,0.00", CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("d MMMM yyyy 'at' HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static string Paused(string reason) => $"Sale paused: {reason}";

    public static string Level(StockLevel level) => level switch
    {
        StockLevel.High => "plenty",
        StockLevel.Medium => "going",
        StockLevel.Low => "last pairs",
        _ => "gone",
    };

    public static (string, MessageKind) Added(AddOutcome outcome, Shelf shelf, int? itemId)
    {
        var size = itemId is { } id && shelf.FindProductOf(id)?.Items.First(item => item.Id == id).Size is { } known ? $"Size {Size(known)}" : "This size";
        return outcome switch
        {
            AddOutcome.Added => ($"{size} is in your cart. It is yours when you check out.", MessageKind.News),
            AddOutcome.AlreadyInCart => ($"{size} is in your cart already. One of each per shopper.", MessageKind.Trouble),
            AddOutcome.CartFull => ("Your cart is full. Remove a pair to add another.", MessageKind.Trouble),
            AddOutcome.SoldOut => ($"{size} is gone. Pick another.", MessageKind.Trouble),
            AddOutcome.Stopped => ($"The sale of {char.ToLowerInvariant(size[0])}{size[1..]} is paused. Come back in a while.", MessageKind.Trouble),
            AddOutcome.NotForSale => ("This one is not on sale yet.", MessageKind.Trouble),
            _ => (Unavailable, MessageKind.Trouble),
        };
    }

    /// <summary>What changed on a page by itself.</summary>
    public static string Changed(IReadOnlyList<PriceChange> repriced, IReadOnlyList<CartLine> gone) =>
        string.Join(" ", new[] { repriced.Count > 0 ? Repriced(repriced) : null, gone.Count > 0 ? Gone(gone) : null }.OfType<string>());

    private static string Repriced(IReadOnlyList<PriceChange> changes) =>
        string.Join(" ", changes.Take(MostPrices).Select(change => $"{change.ProductName} costs {Price(change.Now)} now, not {Price(change.Was)}."))
        + (changes.Count > MostPrices ? $" {changes.Count - MostPrices} more prices changed." : "");

    public static string Gone(IReadOnlyList<CartLine> lines) => lines.Count == 1
        ? $"{Named(lines[0])} is gone. Pick another."
        : $"{string.Join(" and ", lines.Select(Named))} are gone. Pick others.";

    /// <summary>Why nothing was sold; null when something was.</summary>
    /// <param name="lines">What the shopper saw.</param>
    public static string? NotSold(PurchaseOutcome outcome, IReadOnlyList<CartLine> lines, Shelf shelf) => outcome switch
    {
        PurchaseOutcome.Placed => null,
        PurchaseOutcome.SoldOut soldOut => $"Not sold: {NamedAll(soldOut.ItemIds, lines)} went while you paid. Nothing was charged. Remove it to buy the rest.",
        PurchaseOutcome.NotForSale notForSale => $"Not sold: {NamedAll(notForSale.ItemIds, lines)} is not on sale at the moment. Nothing was charged.",
        PurchaseOutcome.CartChanged changed => $"Not sold: {Difference(changed, lines, shelf)} Nothing was charged. Look again, then place the order.",
        PurchaseOutcome.LimitReached => "These are more pairs than one shopper may buy. Nothing was charged.",
        PurchaseOutcome.KeyReused => "This order was placed with another cart. Reload the page.",
        PurchaseOutcome.Invalid invalid => string.Join(" ", invalid.Messages),
        PurchaseOutcome.Busy => "Too many orders at this moment. Nothing was charged. Try again in a second.",
        _ => "We could not confirm the order. Press again in a moment: the same order is never placed twice.",
    };

    public static string Title(OrderState state) => state switch
    {
        OrderState.Cancelled => "Cancelled.",
        OrderState.Refunded => "Refunded.",
        _ => "Yours.",
    };

    /// <summary>What has become of an order, said after its number.</summary>
    public static string Fate(Order order)
    {
        var when = order.StateChangedAt is { } at ? $" on {Time(at)}" : "";
        return order.State switch
        {
            OrderState.Cancelled => $"was cancelled{when}. It is not sent.",
            OrderState.Refunded => $"was refunded{when}. Your {Price(order.Total)} went back to you.",
            _ => "is placed.",
        };
    }

    private static string Difference(PurchaseOutcome.CartChanged changed, IReadOnlyList<CartLine> lines, Shelf shelf)
    {
        string[] differences =
        [
            .. changed.Repriced.SelectMany(_ => lines, (now, line) => (now, line)).Where(pair => pair.now.ItemId == pair.line.ItemId)
                .Select(pair => $"{pair.line.ProductName} costs {Price(pair.now.Price)} now, not {Price(pair.line.Price)}.").Distinct(),
            .. changed.Came.Select(id => $"{Named(id, shelf)} is in your cart too."),
            .. changed.Went.Select(id => $"{Named(id, shelf)} is no longer in your cart."),
        ];
        return differences.Length > 0 ? string.Join(" ", differences) : "your cart is another one by now.";
    }

    private static string Named(int itemId, Shelf shelf) => shelf.FindProductOf(itemId) is { } product
        ? $"{product.Name}, size {Size(product.Items.First(item => item.Id == itemId).Size)},"
        : "A pair";

    private static string NamedAll(IEnumerable<int> itemIds, IReadOnlyList<CartLine> lines) =>
        string.Join(" and ", lines.Where(line => itemIds.Contains(line.ItemId)).Select(Named));

    private static string Named(CartLine line) => $"{line.ProductName}, size {Size(line.Size)},";
}

/// <summary>What the shopper is told. Each has a number of its own, so that the same words said twice are announced twice.</summary>
public readonly record struct Message(string Text, MessageKind Kind, int Number)
{
    public bool IsEmpty => string.IsNullOrEmpty(Text);

    public Message Next(string text, MessageKind kind) => new(text, kind, Number + 1);
}

public enum MessageKind
{
    News,
    Trouble,
}
