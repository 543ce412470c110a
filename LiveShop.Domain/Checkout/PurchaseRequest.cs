using System.Collections.Immutable;

namespace LiveShop.Domain;

/// <summary>An order as the shopper saw it when placing it.</summary>
/// <param name="Key">The idempotency key: <see cref="Cart.CheckoutKey"/> of the cart that the form was made from.</param>
/// <param name="Lines">What the form showed. Differs from the cart by now: nothing is sold.</param>
public sealed record PurchaseRequest(CartId CartId, Guid Key, ImmutableArray<PurchaseLine> Lines, DeliveryDetails Delivery);

/// <param name="Price">US dollars, as shown.</param>
public readonly record struct PurchaseLine(int ItemId, decimal Price);

/// <summary>What became of a purchase. Nothing was sold unless it is <see cref="Placed"/>.</summary>
public abstract record PurchaseOutcome
{
    private PurchaseOutcome()
    {
    }

    /// <param name="IsRepeat">The order had been placed before under the same key; this request sold nothing more.</param>
    public sealed record Placed(string OrderNumber, bool IsRepeat) : PurchaseOutcome;

    /// <param name="ItemIds">The items that are gone, in the order of the request. The others stay in the cart.</param>
    public sealed record SoldOut(ImmutableArray<int> ItemIds) : PurchaseOutcome;

    /// <param name="ItemIds">Items that are not on sale: of a product that is not released, or stopped or retired by an operator.</param>
    public sealed record NotForSale(ImmutableArray<int> ItemIds) : PurchaseOutcome;

    /// <summary>The cart or a price is no longer what the form showed. All empty: there is no such cart any more, or another order was made from it.</summary>
    /// <param name="Came">Items in the cart that the form did not show.</param>
    /// <param name="Went">Items that the form showed and the cart does not hold.</param>
    /// <param name="Repriced">Items whose price is another one, with the price of now.</param>
    public sealed record CartChanged(ImmutableArray<int> Came, ImmutableArray<int> Went, ImmutableArray<PurchaseLine> Repriced) : PurchaseOutcome
    {
        public static CartChanged Wholly { get; } = new([], [], []);
    }

    /// <summary>More lines than a cart may hold.</summary>
    public sealed record LimitReached : PurchaseOutcome;

    /// <summary>The key belongs to an order of another cart or of other items.</summary>
    public sealed record KeyReused : PurchaseOutcome;

    /// <param name="Messages">What is wrong with the delivery details.</param>
    public sealed record Invalid(IReadOnlyList<string> Messages) : PurchaseOutcome;

    /// <summary>Too many purchases wait already.</summary>
    public sealed record Busy : PurchaseOutcome;

    /// <summary>
    /// The database did not confirm. If the order was placed all the same, repeating the request with the same key finds it;
    /// it is never placed twice.
    /// </summary>
    public sealed record Unavailable : PurchaseOutcome;
}
