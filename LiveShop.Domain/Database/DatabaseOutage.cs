using System.Net.Sockets;
using Npgsql;

namespace LiveShop.Domain;

/// <summary>Tells a database that is out of reach from a bug.</summary>
public static class DatabaseOutage
{
    /// <summary>Npgsql has no name for it.</summary>
    private const string IdleInTransactionSessionTimeout = "25P03";

    /// <summary>
    /// Whether trying again later may help: no connection, a connection lost, a time-out, a server that starts, stops or is
    /// out of a resource (SQLSTATE classes 08, 53, 57 and 58), an object in use or a database that takes no connections for
    /// now (class 55), a transaction that lost against another (class 40) or stood still for too long (25P03), or a server that
    /// takes no changes for now, such as a standby that is about to take over (25006).
    /// </summary>
    public static bool Is(Exception? exception) => exception switch
    {
        null => false,
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction or IdleInTransactionSessionTimeout } => true,
        PostgresException postgres => postgres.SqlState[..2] is "08" or "40" or "53" or "55" or "57" or "58",
        NpgsqlException or SocketException or TimeoutException => true,
        _ => Is(exception.InnerException),
    };
}
