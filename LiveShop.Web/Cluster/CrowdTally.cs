using System.Collections.Immutable;
using LiveShop.Domain;

namespace LiveShop.Web.Cluster;

/// <summary>
/// Adds up the shoppers of all nodes; one with tabs on several counts once. A change costs as much as that shopper has pages
/// and items, however many others there are. Not for several threads.
/// </summary>
internal sealed class CrowdTally
{
    private readonly Dictionary<ulong, Dictionary<string, ShopperState>> shoppers = [];
    private int withCart;

    public PresenceTotals Totals { get; private set; } = PresenceTotals.Nobody;

    /// <param name="shopper">See <see cref="PresenceMessage.KeyOf"/>.</param>
    /// <param name="state">Null when the shopper has no tab left on that node.</param>
    public void Put(ulong shopper, string node, ShopperState? state)
    {
        var (pages, items) = Seen(shopper);
        if (!shoppers.TryGetValue(shopper, out var states)) shoppers.Add(shopper, states = []);
        if (state is null) states.Remove(node);
        else states[node] = state;
        if (states.Count == 0) shoppers.Remove(shopper);
        var (pagesNow, itemsNow) = Seen(shopper);

        if (items.IsEmpty != itemsNow.IsEmpty) withCart += itemsNow.IsEmpty ? -1 : 1;
        var (byPage, inCarts) = (Move(Totals.Pages, pages, pagesNow), Move(Totals.InCarts, items, itemsNow));
        if ((Totals.Shoppers, Totals.WithCart) == (shoppers.Count, withCart) && Totals.Pages == byPage && Totals.InCarts == inCarts) return;
        Totals = new PresenceTotals(shoppers.Count, withCart, byPage, inCarts);
    }

    private (ImmutableArray<string> Pages, ImmutableArray<int> Items) Seen(ulong shopper) => shoppers.TryGetValue(shopper, out var states)
        ? ([.. states.Values.SelectMany(state => state.Pages).Distinct()], states.Values.MaxBy(state => state.Version)!.ItemIds)
        : ([], []);

    private static ImmutableDictionary<TKey, int> Move<TKey>(ImmutableDictionary<TKey, int> counts, ImmutableArray<TKey> from, ImmutableArray<TKey> to)
        where TKey : notnull
    {
        foreach (var key in to.Except(from)) counts = counts.SetItem(key, counts.GetValueOrDefault(key) + 1);
        foreach (var key in from.Except(to)) counts = counts[key] == 1 ? counts.Remove(key) : counts.SetItem(key, counts[key] - 1);
        return counts;
    }
}
