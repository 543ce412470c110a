using System.Collections.Immutable;
using LiveShop.Domain;

namespace LiveShop.Tests;

/// <summary>What <see cref="IPresence"/> promises, done the slow way: it keeps everybody and counts them each time.</summary>
internal sealed class CountedCrowd(TimeProvider time)
{
    private readonly Dictionary<CartId, Cart> held = [];
    private List<Tab> tabs = [];

    public void Enter(string circuitId, CartId cartId, string page)
    {
        var before = tabs.Find(tab => tab.CircuitId == circuitId) ?? tabs.Where(tab => tab.CartId == cartId && tab.Left is not null).MinBy(tab => tab.Order);
        tabs = [.. tabs.Where(tab => tab != before), new Tab(circuitId, cartId, page)];
        Forget();
    }

    public void Hold(Cart cart)
    {
        if (tabs.Exists(tab => tab.CartId == cart.Id) && cart.Version > (held.GetValueOrDefault(cart.Id)?.Version ?? 0)) held[cart.Id] = cart;
    }

    public void Leave(string circuitId)
    {
        if (tabs.Find(tab => tab.CircuitId == circuitId) is not { Left: null } tab) return;
        tab.Left = time.GetUtcNow();
        tab.Order = tabs.Max(other => other.Order) + 1;
    }

    public void Expire()
    {
        tabs.RemoveAll(tab => tab.Left + IPresence.Linger <= time.GetUtcNow());
        Forget();
    }

    public PresenceTotals Recount() => new(
        tabs.DistinctBy(tab => tab.CartId).Count(),
        held.Values.Count(cart => !cart.IsEmpty),
        tabs.Select(tab => (tab.CartId, tab.Page)).Distinct().CountBy(tab => tab.Page).ToImmutableDictionary(),
        held.Values.SelectMany(cart => cart.ItemIds).CountBy(id => id).ToImmutableDictionary());

    private void Forget()
    {
        foreach (var id in held.Keys.Where(id => !tabs.Exists(tab => tab.CartId == id)).ToList()) held.Remove(id);
    }

    private sealed class Tab(string circuitId, CartId cartId, string page)
    {
        public string CircuitId => circuitId;

        public CartId CartId => cartId;

        public string Page => page;

        public DateTimeOffset? Left { get; set; }

        /// <summary>Of leaving; several may leave at the same moment.</summary>
        public int Order { get; set; }
    }
}
