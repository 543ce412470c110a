using System.Runtime.InteropServices;
using LiveShop.Domain;
using LiveShop.Web.Settings;

namespace LiveShop.Web.Shopper;

/// <summary>
/// Bounds what one shopper can make this node do at once, over all tabs: a few requests run, a few more wait, the rest are
/// refused. So a slow database, or a script that clicks, costs the other shoppers nothing.
/// </summary>
internal sealed class RequestGate(WebSettings settings)
{
    /// <summary>Requests of one shopper that may wait for their turn, for each that may run.</summary>
    private const int WaitingPerRunning = 4;

    private readonly Lock gate = new();
    private readonly Dictionary<CartId, Line> lines = [];

    /// <summary>Shoppers with something under way; nothing is kept of the others.</summary>
    public int ShopperCount
    {
        get
        {
            lock (gate) return lines.Count;
        }
    }

    /// <summary>Waits for a turn, first come, first served; dispose it to let the next in. Null when too many wait already.</summary>
    public async Task<IDisposable?> EnterAsync(CartId shopper)
    {
        Line? line;
        lock (gate)
        {
            ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(lines, shopper, out _);
            entry ??= new Line(this, shopper, settings.RequestsPerShopper);
            line = entry;
            if (line.Present >= settings.RequestsPerShopper * (1 + WaitingPerRunning)) return null;
            line.Present++;
        }
        await line.Turns.WaitAsync();
        return new Turn(line);
    }

    private void Leave(Line line)
    {
        line.Turns.Release();
        lock (gate)
        {
            if (--line.Present == 0) lines.Remove(line.Shopper);
        }
    }

    private sealed class Line(RequestGate gate, CartId shopper, int running)
    {
        public RequestGate Gate { get; } = gate;

        public CartId Shopper { get; } = shopper;

        public SemaphoreSlim Turns { get; } = new(running);

        public int Present { get; set; }
    }

    private sealed class Turn(Line line) : IDisposable
    {
        private Line? line = line;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref line, null) is { } left) left.Gate.Leave(left);
        }
    }
}
