using System.Net;
using System.Net.Sockets;

namespace LiveShop.Load;

/// <summary>Ports for servers that a test or a load test starts for itself.</summary>
/// <remarks>
/// They lie below those that Linux gives to outgoing connections. One of these would be free when it is asked for and taken when
/// the server starts, or while a server that was killed is started again where it was.
/// </remarks>
internal static class Ports
{
    private const int First = 10_000;
    private const int Last = 32_767;

    private static readonly Lock Gate = new();
    private static int next = Random.Shared.Next(First, Last);

    /// <summary>A port of this machine on which nobody listens. This process is given it once, another by chance only.</summary>
    public static int Free() => FreeInARow(1);

    /// <summary>The first of so many in a row, each as <see cref="Free"/> gives it.</summary>
    /// <param name="count">1 to 100.</param>
    public static int FreeInARow(int count)
    {
        lock (Gate)
        {
            while (true)
            {
                if (next + count - 1 > Last) next = First;
                var first = next;
                next += count;
                if (Enumerable.Range(first, count).All(IsFree)) return first;
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
