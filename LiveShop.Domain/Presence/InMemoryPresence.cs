using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace LiveShop.Domain;

/// <summary>
/// The presence of a node's own circuits. Alone that is everybody; among nodes, an implementation over Redis adds up the
/// summaries that they share, and passes the same contract suite.
/// </summary>
public sealed class InMemoryPresence : IPresence
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Tab> tabs = [];
    private readonly Dictionary<CartId, Shopper> shoppers = [];
    private int withCart;
    private ImmutableDictionary<string, int> pages = PresenceTotals.Nobody.Pages;
    private ImmutableDictionary<int, int> inCarts = PresenceTotals.Nobody.InCarts;
    private volatile PresenceTotals totals = PresenceTotals.Nobody;
    private readonly TimeProvider time;
    private long version;

    public InMemoryPresence(TimeProvider time, Meter meter)
    {
        this.time = time;
        meter.CreateObservableGauge("liveshop.shoppers", () => totals.Shoppers, "{shopper}", "Shoppers who are connected to this node, each once however many tabs are open.");
        meter.CreateObservableGauge("liveshop.shoppers.with_cart", () => totals.WithCart, "{shopper}", "Those of them who hold at least one item.");
    }

    /// <summary>
    /// What a connected cart shows and holds from now on; null when it has gone. Called for one change after the other, within the
    /// call that caused it, which the handler must not hold up.
    /// </summary>
    public event Action<CartId, ShopperState?>? ShopperChanged;

    public PresenceTotals Totals => totals;

    public long Version => Volatile.Read(ref version);

    internal bool IsEmpty
    {
        get
        {
            lock (gate) return tabs.Count == 0 && shoppers.Count == 0;
        }
    }

    /// <summary>Whether the cart has a tab here and none of its tabs has taken this version or a newer one.</summary>
    internal bool IsBehind(CartId cartId, long cartVersion)
    {
        lock (gate) return shoppers.TryGetValue(cartId, out var shopper) && shopper.Version < cartVersion;
    }

    /// <summary>Whether a tab here shows an older state of the cart, and none this one or a newer one.</summary>
    internal bool ShowsOlder(Cart cart)
    {
        lock (gate) return shoppers.TryGetValue(cart.Id, out var shopper) && shopper.Version > 0 && shopper.Version < cart.Version;
    }

    public void Enter(string circuitId, CartId cartId, string page)
    {
        lock (gate)
        {
            var before = tabs.GetValueOrDefault(circuitId) ?? shoppers.GetValueOrDefault(cartId)?.FirstLeaving;
            // In this order, so that a cart whose only tab moves keeps what it holds.
            Add(new Tab(circuitId, cartId, page));
            if (before is not null) Remove(before);
            Publish();
            Tell(cartId);
            if (before is not null && before.CartId != cartId) Tell(before.CartId);
        }
    }

    public void Hold(Cart cart)
    {
        lock (gate)
        {
            if (shoppers.TryGetValue(cart.Id, out var shopper) && cart.Version > shopper.Version) Put(shopper, cart);
        }
    }

    public void Replace(Cart cart)
    {
        lock (gate)
        {
            if (!shoppers.TryGetValue(cart.Id, out var shopper) || (shopper.Version == cart.Version && shopper.ItemIds.SequenceEqual(cart.ItemIds))) return;
            Put(shopper, cart);
        }
    }

    public void Leave(string circuitId)
    {
        lock (gate)
        {
            if (!tabs.TryGetValue(circuitId, out var tab) || tab.IsLeaving) return;
            tab.Departure = time.CreateTimer(_ => Expire(tab), null, IPresence.Linger, Timeout.InfiniteTimeSpan);
            shoppers[tab.CartId].MoveLast(tab);
        }
    }

    private void Expire(Tab tab)
    {
        lock (gate)
        {
            // A circuit that came back has another tab by now, also if it left once more.
            if (tabs.GetValueOrDefault(tab.CircuitId) != tab) return;
            Remove(tab);
            Publish();
            Tell(tab.CartId);
        }
    }

    private void Tell(CartId cartId)
    {
        if (ShopperChanged is not { } handler) return;
        handler(cartId, shoppers.TryGetValue(cartId, out var shopper)
            ? new ShopperState([.. shopper.Tabs.Select(tab => tab.Page).Distinct()], shopper.ItemIds, shopper.Version)
            : null);
    }

    private void Add(Tab tab)
    {
        tabs[tab.CircuitId] = tab;
        if (!shoppers.TryGetValue(tab.CartId, out var shopper)) shoppers.Add(tab.CartId, shopper = new Shopper());
        if (!shopper.IsOn(tab.Page)) pages = Count(pages, tab.Page, 1);
        shopper.Tabs.Add(tab);
    }

    private void Remove(Tab tab)
    {
        tab.Departure?.Dispose();
        if (tabs[tab.CircuitId] == tab) tabs.Remove(tab.CircuitId);
        var shopper = shoppers[tab.CartId];
        shopper.Tabs.Remove(tab);
        if (!shopper.IsOn(tab.Page)) pages = Count(pages, tab.Page, -1);
        if (shopper.Tabs.Count > 0) return;
        CountItems(shopper, []);
        shoppers.Remove(tab.CartId);
    }

    private void Put(Shopper shopper, Cart cart)
    {
        shopper.Version = cart.Version;
        CountItems(shopper, cart.ItemIds);
        Publish();
        Tell(cart.Id);
    }

    private void CountItems(Shopper shopper, ImmutableArray<int> itemIds)
    {
        foreach (var id in itemIds.Except(shopper.ItemIds)) inCarts = Count(inCarts, id, 1);
        foreach (var id in shopper.ItemIds.Except(itemIds)) inCarts = Count(inCarts, id, -1);
        if (shopper.ItemIds.IsEmpty != itemIds.IsEmpty) withCart += itemIds.IsEmpty ? -1 : 1;
        shopper.ItemIds = itemIds;
    }

    private void Publish()
    {
        var shown = totals;
        if ((shown.Shoppers, shown.WithCart) == (shoppers.Count, withCart) && shown.Pages == pages && shown.InCarts == inCarts) return;
        totals = new PresenceTotals(shoppers.Count, withCart, pages, inCarts);
        Volatile.Write(ref version, version + 1);
    }

    private static ImmutableDictionary<TKey, int> Count<TKey>(ImmutableDictionary<TKey, int> counts, TKey key, int more)
        where TKey : notnull
    {
        var count = counts.GetValueOrDefault(key) + more;
        return count == 0 ? counts.Remove(key) : counts.SetItem(key, count);
    }

    private sealed class Tab(string circuitId, CartId cartId, string page)
    {
        public string CircuitId => circuitId;

        public CartId CartId => cartId;

        public string Page => page;

        public ITimer? Departure { get; set; }

        public bool IsLeaving => Departure is not null;
    }

    private sealed class Shopper
    {
        /// <summary>Those that leave are in the order of leaving.</summary>
        public List<Tab> Tabs { get; } = [];

        public long Version { get; set; }

        public ImmutableArray<int> ItemIds { get; set; } = [];

        public Tab? FirstLeaving => Tabs.Find(tab => tab.IsLeaving);

        public bool IsOn(string page) => Tabs.Exists(tab => tab.Page == page);

        public void MoveLast(Tab tab)
        {
            Tabs.Remove(tab);
            Tabs.Add(tab);
        }
    }
}
