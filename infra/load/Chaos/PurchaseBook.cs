using System.Collections.Concurrent;

namespace LiveShop.Load;

/// <summary>Every purchase that shoppers began, to be compared with the database in the end. Any number of shoppers write.</summary>
internal sealed class PurchaseBook
{
    private readonly ConcurrentDictionary<string, Purchase> purchases = new();

    /// <summary>Answers that never came, because the connection died while the order was placed.</summary>
    public int Lost => purchases.Values.Sum(purchase => purchase.Lost);

    /// <summary>Of these, those that shoppers lost by their own network, whatever became of the shop.</summary>
    public int HungUp => purchases.Values.Sum(purchase => purchase.HungUp);

    /// <summary>Answers that the order could not be confirmed.</summary>
    public int Unconfirmed => purchases.Values.Sum(purchase => purchase.Unconfirmed);

    /// <summary>Orders whose number was shown.</summary>
    public int Confirmed => purchases.Values.Count(purchase => purchase.Number is not null);

    /// <summary>Orders of which the shopper was told by an empty cart alone.</summary>
    public int FoundPlaced => purchases.Values.Count(purchase => purchase is { PlacedAt: not null, Number: null });

    /// <summary>When shoppers learned that an order was placed (UTC).</summary>
    public IReadOnlyList<DateTime> Successes => [.. purchases.Values.Select(purchase => purchase.PlacedAt).OfType<DateTime>()];

    /// <summary>What shoppers learned in the end for whom an answer had been missing, with how many did.</summary>
    public IEnumerable<(string What, int Count)> LearnedLate =>
        purchases.Values.Select(purchase => purchase.LearnedLate).OfType<string>().GroupBy(what => what).Select(group => (group.Key, group.Count())).OrderByDescending(group => group.Item2);

    public Purchase Begin(string email) => purchases[email] = new Purchase(email);

    /// <summary>What is not as shoppers were told, one line each; nothing when all is.</summary>
    public IReadOnlyList<string> Compare(IReadOnlyCollection<PlacedOrder> orders)
    {
        var ofEmail = orders.ToLookup(order => order.Email, order => order.Number);
        return
        [
            .. purchases.Values.Select(purchase => purchase.Compare([.. ofEmail[purchase.Email].Order()])).OfType<string>(),
            .. orders.Where(order => !purchases.ContainsKey(order.Email)).Select(order => $"Order {order.Number} is of nobody's: {order.Email}."),
        ];
    }
}

internal readonly record struct PlacedOrder(string Number, string Email);
