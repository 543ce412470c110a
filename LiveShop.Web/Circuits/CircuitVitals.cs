using System.Diagnostics;

namespace LiveShop.Web.Circuits;

/// <summary>
/// What is known of one circuit from the outside: written by the circuit, read at any time by whoever looks at the node. A
/// reader may see one figure newer than another.
/// </summary>
internal sealed class CircuitVitals
{
    private long renders;
    private long lastActivity = Stopwatch.GetTimestamp();
    private long bytesBefore;

    /// <summary>Twelve characters of a hash: enough to tell circuits apart, and of no use for taking one over.</summary>
    public string Id { get; set; } = "";

    /// <summary>What it shows; null before there is something.</summary>
    public CircuitPage? Page { get; set; }

    /// <summary>Timestamps are those of <see cref="Stopwatch"/>.</summary>
    public long OpenedAt { get; } = Stopwatch.GetTimestamp();

    /// <summary>When the browser last sent something: a click, an answer, the acknowledgement of a render.</summary>
    public long LastActivityAt => Volatile.Read(ref lastActivity);

    public bool IsConnected { get; private set; }

    /// <summary>The newest one; null where it is no websocket over HTTP/1.1.</summary>
    public CircuitConnection? Connection { get; private set; }

    /// <summary>Grows with each connection, so that what waited through an interruption can be told.</summary>
    public int Connections { get; private set; }

    /// <summary>Renders of its page, and of what is live in it, that the browser acknowledged.</summary>
    public long Renders => Volatile.Read(ref renders);

    /// <summary>Payload to the browser over the websocket, over all its connections.</summary>
    public long BytesSent => bytesBefore + (Connection?.BytesSent ?? 0);

    /// <summary>The handler that took longest so far.</summary>
    public HandlerTime Slowest { get; set; } = HandlerTime.None;

    public void Active() => Volatile.Write(ref lastActivity, Stopwatch.GetTimestamp());

    public void Rendered() => Volatile.Write(ref renders, renders + 1);

    public void Connect(CircuitConnection? connection)
    {
        bytesBefore = BytesSent;
        Connection = connection;
        Connections++;
        IsConnected = true;
    }

    public void Disconnect() => IsConnected = false;
}

/// <summary>The page in a circuit, through which the circuit can be reached from outside.</summary>
/// <param name="Route">Null for what stands in a page and is none.</param>
/// <param name="ReloadTab">Asks the browser to load the page anew, which closes the circuit and opens another. The browser may not obey.</param>
/// <param name="End">Ends the circuit as an error would: the browser is told, and does not come back by itself.</param>
/// <param name="Busy">Whether the shopper waits for the answer to an order, which a reload would take away.</param>
internal sealed record CircuitPage(string? Route, Func<Task> ReloadTab, Func<Task> End, Func<bool>? Busy = null)
{
    public bool IsBusy => Busy?.Invoke() == true;
}
