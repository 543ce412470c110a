using System.Collections.Immutable;

namespace LiveShop.Domain;

/// <summary>
/// Who gets the pairs: first come, first served, each order whole or not at all. Pure; what it is told of items and carts must
/// be locked in the database until its answer is written.
/// </summary>
internal sealed class PurchaseDecision(PurchaseFacts facts)
{
    private readonly Dictionary<int, int> left = facts.Items.ToDictionary(item => item.Key, item => item.Value.Available);
    private readonly Dictionary<Guid, KnownOrder> orders = facts.Orders.ToDictionary();
    private readonly HashSet<CartId> sold = [];

    /// <summary>The orders to write, in the order of deciding.</summary>
    public List<NewOrder> Placed { get; } = [];

    public PurchaseOutcome Decide(PurchaseRequest request)
    {
        var itemIds = request.Lines.Select(line => line.ItemId).ToImmutableArray();
        if (orders.TryGetValue(request.Key, out var known))
        {
            return known.CartId == request.CartId && known.ItemIds.SetEquals(itemIds)
                ? new PurchaseOutcome.Placed(known.Number, IsRepeat: true)
                : new PurchaseOutcome.KeyReused();
        }
        if (FindChange(request, itemIds) is { } change) return change;

        var notForSale = itemIds.Where(id => !facts.Items[id].IsForSale).ToImmutableArray();
        if (!notForSale.IsEmpty) return new PurchaseOutcome.NotForSale(notForSale);
        var gone = itemIds.Where(id => left[id] == 0).ToImmutableArray();
        if (!gone.IsEmpty) return new PurchaseOutcome.SoldOut(gone);

        foreach (var id in itemIds) left[id]--;
        var order = new NewOrder(OrderNumber.New(), request);
        Placed.Add(order);
        sold.Add(request.CartId);
        orders.Add(request.Key, new KnownOrder(order.Number, request.CartId, [.. itemIds]));
        return new PurchaseOutcome.Placed(order.Number, IsRepeat: false);
    }

    /// <summary>How many pairs of each item the placed orders take.</summary>
    public IEnumerable<(int ItemId, int Pairs)> Taken() =>
        from item in facts.Items
        let pairs = item.Value.Available - left[item.Key]
        where pairs > 0
        orderby item.Key
        select (item.Key, pairs);

    /// <summary>Compares the cart and the prices with what was shown. Null where they are the same.</summary>
    private PurchaseOutcome.CartChanged? FindChange(PurchaseRequest request, ImmutableArray<int> itemIds)
    {
        if (sold.Contains(request.CartId) || !facts.Carts.TryGetValue(request.CartId, out var cart)) return PurchaseOutcome.CartChanged.Wholly;
        var change = new PurchaseOutcome.CartChanged(
            [.. cart.ItemIds.Except(itemIds).Order()],
            [.. itemIds.Where(id => !cart.ItemIds.Contains(id) || !facts.Items.ContainsKey(id))],
            [.. from line in request.Lines where facts.Items.TryGetValue(line.ItemId, out var item) && item.Price != line.Price select line with { Price = facts.Items[line.ItemId].Price }]);
        var isSame = cart.Key == request.Key && itemIds.Distinct().Count() == itemIds.Length && change is { Came: [], Went: [], Repriced: [] };
        return isSame ? null : change;
    }
}

/// <summary>What the database says, under its locks.</summary>
internal sealed record PurchaseFacts(
    Dictionary<int, ItemFacts> Items, Dictionary<CartId, CartFacts> Carts, Dictionary<Guid, KnownOrder> Orders);

/// <param name="IsForSale">Its product is released and in the store, and neither is stopped.</param>
internal sealed record ItemFacts(string Sku, string ProductName, decimal Size, decimal Price, bool IsForSale, int Available);

/// <param name="Key">The key that the cart's next order must carry.</param>
internal sealed record CartFacts(Guid Key, HashSet<int> ItemIds);

internal sealed record KnownOrder(string Number, CartId CartId, HashSet<int> ItemIds);

internal sealed record NewOrder(string Number, PurchaseRequest Request);
