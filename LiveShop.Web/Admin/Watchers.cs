namespace LiveShop.Web.Admin;

/// <summary>Counts who looks at a feed, so that it rests while nobody does.</summary>
internal sealed class Watchers
{
    private int count;

    public bool Any => Volatile.Read(ref count) > 0;

    /// <summary>Somebody looks until the result is disposed.</summary>
    public IDisposable Add() => new Watcher(this);

    private sealed class Watcher : IDisposable
    {
        private Watchers? watchers;

        public Watcher(Watchers watchers)
        {
            this.watchers = watchers;
            Interlocked.Increment(ref watchers.count);
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref watchers, null) is { } left) Interlocked.Decrement(ref left.count);
        }
    }
}
