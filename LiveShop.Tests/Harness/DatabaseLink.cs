using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace LiveShop.Tests.Harness;

/// <summary>
/// A network between a node and its database that a test can break: cut for as long as it likes, or at the one moment
/// that matters, a COMMIT.
/// </summary>
public sealed class DatabaseLink : IAsyncDisposable
{
    private static readonly byte[] Commit = "COMMIT\0"u8.ToArray();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Wire, bool> wires = new();
    private readonly UnixDomainSocketEndPoint server;
    private readonly Task accepting;
    private int fault;
    private volatile bool isCut;
    private volatile TaskCompletionSource? frozen;
    private volatile bool cutsAfterLoss;

    public DatabaseLink(TestDatabase database)
    {
        var target = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        server = new UnixDomainSocketEndPoint(string.Create(CultureInfo.InvariantCulture, $"{target.Host}/.s.PGSQL.{target.Port}"));
        listener.Start();
        target.Host = "127.0.0.1";
        target.Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        target.SslMode = SslMode.Disable;
        ConnectionString = target.ConnectionString;
        accepting = AcceptAsync();
    }

    private enum Fault
    {
        None,
        QuestionLost,
        AnswerLost,
    }

    /// <summary>The database by way of this link.</summary>
    public string ConnectionString { get; }

    /// <summary>Connections that are open at this moment.</summary>
    public int ConnectionCount => wires.Count;

    /// <summary>Breaks every connection and lets none through any more.</summary>
    public void Cut()
    {
        isCut = true;
        foreach (var wire in wires.Keys) wire.Break();
    }

    public void Mend() => isCut = false;

    /// <summary>Takes connections and bytes and passes none on, as a server that hangs.</summary>
    public void Freeze() => frozen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Thaw() => frozen!.SetResult();

    /// <summary>The next COMMIT breaks its connection on the way to the server, which rolls back.</summary>
    public void LoseNextCommit() => fault = (int)Fault.QuestionLost;

    /// <summary>The next COMMIT is done, and its connection breaks before the node is told.</summary>
    /// <param name="staysAway">The link is cut from then on.</param>
    public void LoseAnswerToNextCommit(bool staysAway = false)
    {
        cutsAfterLoss = staysAway;
        fault = (int)Fault.AnswerLost;
    }

    /// <summary>Whether the fault that was asked for has happened.</summary>
    public bool IsFaultSpent => fault == (int)Fault.None;

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        Cut();
        await accepting;
    }

    private async Task AcceptAsync()
    {
        var carrying = new List<Task>();
        try
        {
            while (true) carrying.Add(CarryAsync(await listener.AcceptSocketAsync()));
        }
        catch (Exception exception) when (exception is SocketException or InvalidOperationException)
        {
            foreach (var wire in wires.Keys) wire.Break();
            await Task.WhenAll(carrying);
        }
    }

    private async Task CarryAsync(Socket node)
    {
        var database = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var wire = new Wire(node, database);
        wires.TryAdd(wire, true);
        try
        {
            if (!isCut)
            {
                await database.ConnectAsync(server);
                await Task.WhenAny(ToServerAsync(wire), ToNodeAsync(wire));
            }
        }
        finally
        {
            wires.TryRemove(wire, out _);
            wire.Break();
        }
    }

    private Task ToServerAsync(Wire wire) => PumpAsync(wire.Node, wire.Database, bytes =>
    {
        if (fault == (int)Fault.None || bytes.Span.IndexOf(Commit) < 0) return true;
        var happening = (Fault)Interlocked.Exchange(ref fault, (int)Fault.None);
        wire.DropsAnswers |= happening == Fault.AnswerLost;
        return happening != Fault.QuestionLost;
    });

    private Task ToNodeAsync(Wire wire) => PumpAsync(wire.Database, wire.Node, _ =>
    {
        isCut |= wire.DropsAnswers && cutsAfterLoss;
        return !wire.DropsAnswers;
    });

    private async Task PumpAsync(Socket from, Socket to, Func<ReadOnlyMemory<byte>, bool> passes)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is var count and > 0)
            {
                var bytes = buffer.AsMemory(0, count);
                if (frozen is { } ice) await ice.Task;
                if (!passes(bytes)) return;
                for (var sent = 0; sent < count;) sent += await to.SendAsync(bytes[sent..]);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }

    private sealed record Wire(Socket Node, Socket Database)
    {
        /// <summary>Set before the server is asked, so that its answer meets it.</summary>
        public volatile bool DropsAnswers;

        public void Break()
        {
            Node.Dispose();
            Database.Dispose();
        }
    }
}
