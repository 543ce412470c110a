using System.Net;

namespace LiveShop.Load;

/// <summary>Where the shop is, and the connections to it that the whole crowd shares.</summary>
internal sealed class ShopAddress : IDisposable
{
    private readonly SocketsHttpHandler handler = new()
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        UseProxy = false,
        MaxConnectionsPerServer = 256,
        ConnectTimeout = TimeSpan.FromSeconds(10),
    };

    public ShopAddress(Uri root)
    {
        Root = root;
        // Websockets never come back to the pool, so they have a handler whose number of connections is not bounded.
        sockets = new SocketsHttpHandler { UseCookies = false, UseProxy = false };
        Http = new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(2) };
        Sockets = new HttpMessageInvoker(sockets);
    }

    private readonly SocketsHttpHandler sockets;

    public Uri Root { get; }

    public string Origin => Root.GetLeftPart(UriPartial.Authority);

    public HttpClient Http { get; }

    public HttpMessageInvoker Sockets { get; }

    public Uri Socket(string token) => new UriBuilder(new Uri(Root, $"/_blazor?id={Uri.EscapeDataString(token)}")) { Scheme = Root.Scheme == "https" ? "wss" : "ws" }.Uri;

    public void Dispose()
    {
        Http.Dispose();
        Sockets.Dispose();
        handler.Dispose();
        sockets.Dispose();
    }
}
