using System.Net;
using System.Net.Sockets;
using System.Text;
using LiveShop.Load;

namespace LiveShop.E2E.Harness;

/// <summary>
/// The network between shoppers and a shop, or a shop and its database: passes bytes on until it is cut, which resets every
/// connection and refuses new ones.
/// </summary>
public sealed class CuttableNetwork : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly HashSet<Socket> sockets = [];
    private readonly IPEndPoint shop;
    private readonly IPEndPoint here;
    private Socket? listener;
    private Interception? interception;

    public CuttableNetwork(string shopUrl)
    {
        shop = new IPEndPoint(IPAddress.Loopback, new Uri(shopUrl).Port);
        here = new IPEndPoint(IPAddress.Loopback, Ports.Free());
        Restore();
    }

    /// <summary>Where shoppers find the shop.</summary>
    public string Url => $"http://127.0.0.1:{here.Port}";

    /// <summary>Where whoever speaks another protocol than HTTP finds the server.</summary>
    public int Port => here.Port;

    /// <summary>From shoppers to the shop.</summary>
    public Lane Up { get; } = new();

    /// <summary>From the shop to shoppers.</summary>
    public Lane Down { get; } = new();

    /// <summary>The next answer to something that holds these words is not passed on; this is done instead.</summary>
    public void Intercept(string words, Func<Task> instead) => interception = new Interception(Encoding.ASCII.GetBytes(words), instead);

    public void Cut()
    {
        lock (gate)
        {
            listener?.Dispose();
            listener = null;
            foreach (var socket in sockets) Reset(socket);
            sockets.Clear();
        }
    }

    public void Restore()
    {
        lock (gate)
        {
            listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
            listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            listener.Bind(here);
            listener.Listen();
            _ = AcceptAsync(listener);
        }
    }

    public ValueTask DisposeAsync()
    {
        Cut();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync(Socket accepting)
    {
        try
        {
            while (true) _ = ServeAsync(accepting, await accepting.AcceptAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private async Task ServeAsync(Socket accepting, Socket browser)
    {
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        browser.NoDelay = true;
        lock (gate)
        {
            if (accepting != listener)
            {
                Reset(browser);
                return;
            }
            sockets.UnionWith([browser, server]);
        }
        try
        {
            await server.ConnectAsync(shop);
            await using var up = new NetworkStream(server);
            await using var down = new NetworkStream(browser);
            Interception? caught = null;
            await Task.WhenAny(
                PassAsync(down, up, bytes =>
                {
                    if (interception is { } waiting && bytes.Span.IndexOf(waiting.Words) >= 0) caught = Interlocked.Exchange(ref interception, null);
                    return Up.PassAsync();
                }),
                PassAsync(up, down, _ => caught?.Instead() ?? Down.PassAsync()));
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // One of the two ends is gone, so the other goes too.
        }
        lock (gate)
        {
            sockets.ExceptWith([browser, server]);
            browser.Dispose();
            server.Dispose();
        }
    }

    /// <param name="look">Called with what came before it goes on.</param>
    private static async Task PassAsync(NetworkStream from, NetworkStream to, Func<ReadOnlyMemory<byte>, Task> look)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer) is var count and > 0)
        {
            await look(buffer.AsMemory(0, count));
            await to.WriteAsync(buffer.AsMemory(0, count));
        }
    }

    /// <summary>Closes without a farewell: the peer sees a reset, as when a network goes.</summary>
    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }

    private sealed record Interception(byte[] Words, Func<Task> Instead);
}
