using System.Text;
using Microsoft.Playwright;

namespace LiveShop.E2E.Harness;

/// <summary>What comes down a tab's websockets from the moment that this is made.</summary>
public sealed class Wire
{
    private const string RenderBatch = "JS.RenderBatch";

    private readonly Lock gate = new();
    private readonly List<IWebSocket> sockets = [];
    private readonly List<string> frames = [];

    public Wire(IPage tab) => tab.WebSocket += (_, socket) =>
    {
        lock (gate) sockets.Add(socket);
        socket.FrameReceived += (_, frame) =>
        {
            lock (gate) frames.Add(frame.Text ?? Encoding.Latin1.GetString(frame.Binary!));
        };
    };

    /// <summary>Sockets that were ever opened.</summary>
    public int Opened
    {
        get
        {
            lock (gate) return sockets.Count;
        }
    }

    /// <summary>Sockets that are open now.</summary>
    public int Open
    {
        get
        {
            lock (gate) return sockets.Count(socket => !socket.IsClosed);
        }
    }

    /// <summary>Changes of the page that the server has sent; pings and acknowledgements are none.</summary>
    public int RenderBatches
    {
        get
        {
            lock (gate) return frames.Count(frame => frame.Contains(RenderBatch, StringComparison.Ordinal));
        }
    }

    public bool HasCarried(string text)
    {
        lock (gate) return frames.Any(frame => frame.Contains(text, StringComparison.Ordinal));
    }
}
