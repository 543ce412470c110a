using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace LiveShop.Load;

/// <summary>Takes a message and the time of its arrival (UTC); says why the connection is to end, or null to go on.</summary>
internal delegate ValueTask<string?> MessageHandler(ReadOnlySpan<byte> message, DateTime arrived);

/// <summary>The websocket of one circuit: whole hub messages in, whole frames out.</summary>
internal sealed class HubSocket : IDisposable
{
    private const int UsualBuffer = 2048;
    private const int LargestMessage = 4 * 1024 * 1024;

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1);
    private volatile bool disposed;
    private volatile string? givenUp;

    private HubSocket()
    {
    }

    /// <summary>Of all frames with their headers, without what TCP adds.</summary>
    public long BytesReceived { get; private set; }

    /// <summary>When the server was last heard of, be it by a ping.</summary>
    public DateTime LastArrival { get; private set; } = DateTime.UtcNow;

    /// <summary>As the script does: should the websocket fail, it negotiates once more for another transport, for which a second websocket stands here.</summary>
    public static async Task<HubSocket> ConnectAsync(Browser browser, CancellationToken stop)
    {
        try
        {
            return await OpenAsync(browser, await NegotiateAsync(browser, stop), stop);
        }
        catch (WebSocketException)
        {
            return await OpenAsync(browser, await NegotiateAsync(browser, stop), stop);
        }
    }

    private static async Task<HubSocket> OpenAsync(Browser browser, string token, CancellationToken stop)
    {
        var opened = new HubSocket();
        try
        {
            opened.socket.Options.KeepAliveInterval = TimeSpan.Zero;
            opened.socket.Options.SetRequestHeader("Origin", browser.Shop.Origin);
            opened.socket.Options.SetRequestHeader("Cookie", browser.Cookies);
            await opened.socket.ConnectAsync(browser.Shop.Socket(token), browser.Shop.Sockets, stop);
            await opened.socket.SendAsync(Encoding.UTF8.GetBytes(HubMessage.Handshake), WebSocketMessageType.Text, true, stop);
            var answer = new byte[256];
            var received = await opened.socket.ReceiveAsync(answer, stop);
            var text = Encoding.UTF8.GetString(answer, 0, received.Count);
            return text == HubMessage.HandshakeAccepted ? opened : throw new CircuitLostException($"The hub answered the handshake with {text}");
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Sends the frame after those before it. One that a closed connection cannot take is forgotten.</summary>
    public async Task SendAsync(byte[] frame)
    {
        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(frame, WebSocketMessageType.Binary, true, CancellationToken.None);
        }
        catch (Exception exception) when (exception is WebSocketException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            // The receiving side says what became of the connection.
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>Hands on messages until the connection ends, and returns why it did; null when it was ended here.</summary>
    public async Task<string?> ReceiveAsync(MessageHandler take)
    {
        try
        {
            var buffer = new byte[UsualBuffer];
            var filled = 0;
            while (true)
            {
                if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length < LargestMessage ? buffer.Length * 2 : throw new InvalidDataException("A message is too long."));
                var received = await socket.ReceiveAsync(buffer.AsMemory(filled), CancellationToken.None);
                var arrived = LastArrival = DateTime.UtcNow;
                if (received.MessageType == WebSocketMessageType.Close) return disposed ? null : $"The server closed the connection: {socket.CloseStatus} {socket.CloseStatusDescription}";
                BytesReceived += received.Count + (!received.EndOfMessage ? 0 : received.Count < 126 ? 2 : 4);
                filled += received.Count;

                var taken = 0;
                while (Next(buffer.AsSpan(taken, filled - taken), arrived, take, out var handled) is > 0 and var length)
                {
                    taken += length;
                    if (await handled is { } why) return why;
                }
                buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
                filled -= taken;
                // A page's first batch is large, its changes are not: thousands of tabs wait with small buffers.
                if (filled == 0 && buffer.Length > UsualBuffer) buffer = new byte[UsualBuffer];
            }
        }
        catch (Exception exception)
        {
            // Whatever it is, a tab that no longer follows its page is lost, and says why.
            return disposed ? null : givenUp ?? $"{exception.GetType().Name}: {exception.Message}";
        }
    }

    /// <summary>Ends the connection for a reason of this side's.</summary>
    public void GiveUp(string why)
    {
        givenUp = why;
        socket.Abort();
    }

    public void Dispose()
    {
        disposed = true;
        socket.Dispose();
    }

    private static async Task<string> NegotiateAsync(Browser browser, CancellationToken stop)
    {
        using var negotiated = JsonDocument.Parse(await browser.PostAsync("/_blazor/negotiate?negotiateVersion=1", null, stop));
        return negotiated.RootElement.GetProperty("connectionToken").GetString()!;
    }

    private static int Next(ReadOnlySpan<byte> bytes, DateTime arrived, MessageHandler take, out ValueTask<string?> handled)
    {
        var rest = bytes;
        handled = default;
        if (!HubMessage.TryTake(ref rest, out var message)) return 0;
        handled = take(message, arrived);
        return bytes.Length - rest.Length;
    }
}
