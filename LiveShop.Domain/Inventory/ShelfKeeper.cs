using System.Collections.Immutable;

namespace LiveShop.Domain;

/// <summary>
/// Holds the node's current <see cref="Shelf"/> and announces its public changes. The Shelf is exchanged before anything is
/// announced, so whoever hears of a change finds it here.
/// </summary>
internal sealed class ShelfKeeper(IEventBus bus, ShopSettings settings, InventoryMetrics metrics, TimeProvider time) : IDisposable
{
    /// <summary>A burst of changes reaches the node's circuits as one notice in this time.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Lock gate = new();
    private readonly SemaphoreSlim somethingChanged = new(0, 1);
    private volatile Shelf current = Shelf.Empty(settings.StockLevels);
    private ImmutableHashSet<int> unannounced = [];
    private bool replaced;
    private DateTimeOffset? since;

    public Shelf Current => current;

    public void Apply(IEnumerable<InventoryEvent> events)
    {
        lock (gate)
        {
            if (Exchange(current.Apply(events), replacing: false)) since = events.Select(change => change.CommittedAt).Append(since).Min();
        }
    }

    /// <summary>Forgets what is here in favour of what the database holds, versions notwithstanding.</summary>
    public void Replace(IEnumerable<InventoryEvent> everything)
    {
        lock (gate) Exchange(Shelf.Empty(settings.StockLevels).Apply(everything), replacing: true);
    }

    /// <summary>Announces changes until cancelled: the first at once, then at most one notice each 50 ms.</summary>
    public async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await somethingChanged.WaitAsync(cancellationToken);
            ShelfChanged notice;
            lock (gate)
            {
                notice = new ShelfChanged(current, unannounced, replaced, since);
                unannounced = [];
                replaced = false;
                since = null;
            }
            using (Telemetry.Activities.StartActivity("announce")) bus.Publish(notice);
            metrics.Announced();
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    public void Dispose() => somethingChanged.Dispose();

    /// <summary>Returns whether there is something to announce.</summary>
    private bool Exchange(Shelf next, bool replacing)
    {
        if (ReferenceEquals(next, current)) return false;
        var changed = next.ListingsChangedSince(current);
        current = next;
        replaced |= replacing;
        if (changed.IsEmpty && !replacing) return false;
        unannounced = unannounced.Union(changed);
        if (somethingChanged.CurrentCount == 0) somethingChanged.Release();
        return true;
    }
}
