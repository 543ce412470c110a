using System.Globalization;
using LiveShop.Domain;
using LiveShop.Web.Shopper;

namespace LiveShop.Web.Admin;

/// <summary>What the pages of orders say to operators.</summary>
internal static class OrderWords
{
    public static string Of(OrderState state) => state.ToString().ToLowerInvariant();

    public static string Pairs(int count) => count == 1 ? "1 pair" : $"{count.ToString(CultureInfo.InvariantCulture)} pairs";

    public static string Orders(int count) => count == 1 ? "1 order" : $"{count.ToString(CultureInfo.InvariantCulture)} orders";

    /// <summary>Says what the cancellation of several orders will do, before it is done.</summary>
    public static string Cancelling(IReadOnlyCollection<OrderSummary> orders)
    {
        var placed = orders.Where(order => order.State == OrderState.Placed).ToList();
        var others = orders.Count - placed.Count;
        var rest = others == 0 ? "" : $" {Orders(others)} {(others == 1 ? "is" : "are")} cancelled or refunded already and {(others == 1 ? "stays" : "stay")} as {(others == 1 ? "it is" : "they are")}.";
        return $"They are not sent. Back into stock at once: {Pairs(placed.Sum(order => order.Pairs))}. Each shopper's page says that the order is cancelled.{rest}";
    }

    /// <summary>What a cancellation will do, before it is done.</summary>
    public static string Cancelling(OrderDetails order) =>
        $"It is not sent. Back into stock at once: {Pairs(order.Lines.Length)}. The shopper's page says that it is cancelled.";

    /// <summary>What a refund will do, before it is done.</summary>
    public static string Refunding(OrderDetails order)
    {
        var stock = order.State == OrderState.Placed ? $"Back into stock at once: {Pairs(order.Lines.Length)}." : "Its pairs are back in stock already.";
        return $"Send {Words.Price(order.Total)} back first: the shop moves no money. {stock} The shopper's page says that it is refunded.";
    }

    public static string Cancelled(OrderChangeOutcome outcome) => Of(outcome, OrderState.Cancelled);

    public static string Refunded(OrderChangeOutcome outcome) => Of(outcome, OrderState.Refunded);

    private static string Of(OrderChangeOutcome outcome, OrderState state) => outcome switch
    {
        OrderChangeOutcome.Done { Returned: 0 } => $"The order is {Of(state)}.",
        OrderChangeOutcome.Done done => $"The order is {Of(state)}. Back in stock: {Pairs(done.Returned)}.",
        OrderChangeOutcome.AlreadySo => $"The order was {Of(state)} before. Nothing was changed.",
        OrderChangeOutcome.NotPossible notPossible => $"The order is {Of(notPossible.State)}, so it cannot be {Of(state)} any more.",
        OrderChangeOutcome.Unknown => "There is no such order any more.",
        OrderChangeOutcome.ReasonMissing => "Say why: the audit log keeps it.",
        _ => OperatorWords.Unavailable,
    };
}
