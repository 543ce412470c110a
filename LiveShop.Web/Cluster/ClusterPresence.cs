using LiveShop.Domain;
using LiveShop.Web.Health;

namespace LiveShop.Web.Cluster;

/// <summary>
/// The presence of all nodes: this one's own, at once, and that of the others as far as they have told, at most
/// <see cref="PresenceExchange.Pause"/> and the way through Redis later. A node that is silent for <see cref="Lease"/> counts no
/// more.
/// </summary>
/// <remarks>
/// Nothing is kept in Redis. Each node remembers what the others told; who missed a message sees it by the next one's sequence
/// and asks for everything.
/// </remarks>
internal sealed class ClusterPresence : IPresence
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly InMemoryPresence local;
    private readonly NodeId node;
    private readonly TimeProvider time;
    private readonly CrowdTally tally = new();
    private readonly Dictionary<ulong, ShopperState> own = [];
    private readonly HashSet<ulong> untold = [];
    private readonly Dictionary<string, Neighbour> neighbours = [];
    private volatile PresenceTotals totals = PresenceTotals.Nobody;
    private long version;
    private long sequence;

    public ClusterPresence(InMemoryPresence local, NodeId node, TimeProvider time)
    {
        (this.local, this.node, this.time) = (local, node, time);
        local.ShopperChanged += OnShopperChanged;
    }

    public PresenceTotals Totals => totals;

    public long Version => Volatile.Read(ref version);

    public void Enter(string circuitId, CartId cartId, string page) => local.Enter(circuitId, cartId, page);

    public void Hold(Cart cart) => local.Hold(cart);

    public void Replace(Cart cart) => local.Replace(cart);

    public void Leave(string circuitId) => local.Leave(circuitId);

    /// <summary>The other nodes that were heard of, in the order of their names.</summary>
    public IReadOnlyList<NodeSight> Neighbours
    {
        get
        {
            lock (gate) return [.. neighbours.OrderBy(node => node.Key, StringComparer.Ordinal).Select(node => new NodeSight(node.Key, node.Value.State, node.Value.Shoppers.Count))];
        }
    }

    /// <summary>Whether one of them takes shoppers, those of this node too when it goes.</summary>
    public bool HasReadyNeighbour => Neighbours.Any(node => node.State == Readiness.Ready);

    /// <summary>Whether one of them does, or may soon: it starts, or has lost the database or Redis for a moment.</summary>
    public bool MayHaveReadyNeighbour => Neighbours.Any(node => node.State != Readiness.Leaving);

    /// <summary>Shoppers who have a tab on this node.</summary>
    public int OwnShoppers
    {
        get
        {
            lock (gate) return own.Count;
        }
    }

    /// <summary>What changed since it was called before; null when nothing did.</summary>
    public PresenceMessage? TakeChanges()
    {
        lock (gate)
        {
            if (untold.Count == 0) return null;
            var changes = untold.Select(key => PresenceMessage.Shopper.Of(key, own.GetValueOrDefault(key))).ToList();
            untold.Clear();
            return new PresenceMessage { Node = node.Value, Sequence = ++sequence, Changes = changes };
        }
    }

    public PresenceMessage SignOfLife()
    {
        lock (gate) return new PresenceMessage { Node = node.Value, Sequence = sequence };
    }

    /// <summary>Of this node.</summary>
    public PresenceMessage Everybody()
    {
        lock (gate)
        {
            untold.Clear();
            return new PresenceMessage { Node = node.Value, Sequence = ++sequence, Everybody = [.. own.Select(shopper => PresenceMessage.Shopper.Of(shopper.Key, shopper.Value))] };
        }
    }

    /// <summary>Takes in what another node told. False when something before it was missed, and the node is to be asked.</summary>
    public bool Receive(PresenceMessage message)
    {
        lock (gate)
        {
            if (message.Farewell)
            {
                Forget(message.Node);
                return true;
            }
            var known = neighbours.TryGetValue(message.Node, out var neighbour);
            if (!known) neighbours.Add(message.Node, neighbour = new Neighbour());
            neighbour!.HeardAt = time.GetTimestamp();
            neighbour.State = message.State ?? neighbour.State;
            if (message.Sequence < neighbour.Sequence) return true;
            if (message.Everybody is { } everybody)
            {
                foreach (var gone in neighbour.Shoppers.Except(everybody.Select(shopper => shopper.Key)).ToList()) Put(message.Node, neighbour, gone, null);
                foreach (var shopper in everybody) Put(message.Node, neighbour, shopper.Key, shopper.State);
                neighbour.Sequence = message.Sequence;
                Publish();
                return true;
            }
            // A node of which nobody was ever told is as if it had told of nobody.
            if (message.Sequence != neighbour.Sequence + (message.Changes is null ? 0 : 1)) return false;
            neighbour.Sequence = message.Sequence;
            foreach (var shopper in message.Changes ?? []) Put(message.Node, neighbour, shopper.Key, shopper.State);
            Publish();
            return true;
        }
    }

    /// <summary>Forgets the nodes whose lease has run out.</summary>
    public void ForgetSilent()
    {
        lock (gate)
        {
            foreach (var silent in neighbours.Where(neighbour => time.GetElapsedTime(neighbour.Value.HeardAt) > Lease).Select(neighbour => neighbour.Key).ToList()) Forget(silent);
        }
    }

    private void OnShopperChanged(CartId cartId, ShopperState? state)
    {
        var key = PresenceMessage.KeyOf(cartId);
        lock (gate)
        {
            if (state is null) own.Remove(key);
            else own[key] = state;
            untold.Add(key);
            tally.Put(key, node.Value, state);
            Publish();
        }
    }

    private void Put(string from, Neighbour neighbour, ulong key, ShopperState? state)
    {
        if (state is null) neighbour.Shoppers.Remove(key);
        else neighbour.Shoppers.Add(key);
        tally.Put(key, from, state);
    }

    private void Forget(string name)
    {
        if (!neighbours.Remove(name, out var neighbour)) return;
        foreach (var key in neighbour.Shoppers) tally.Put(key, name, null);
        Publish();
    }

    private void Publish()
    {
        if (ReferenceEquals(totals, tally.Totals)) return;
        totals = tally.Totals;
        Volatile.Write(ref version, version + 1);
    }

    private sealed class Neighbour
    {
        public HashSet<ulong> Shoppers { get; } = [];

        public long Sequence { get; set; }

        public string State { get; set; } = "unknown";

        /// <summary>A timestamp of the <see cref="TimeProvider"/>.</summary>
        public long HeardAt { get; set; }
    }
}
