using Microsoft.Extensions.Logging.Abstractions;

namespace LiveShop.Web.Database;

/// <summary>Who asks for the database, which decides what happens when somebody already runs it.</summary>
internal enum EmbeddedPostgresRole
{
    /// <summary>A shop with a web server: the only one on its directory, and the one that a command joins.</summary>
    Shop,

    /// <summary>A verb of the command line: joins the running shop's server, or starts one for as long as it needs it.</summary>
    Command,
}

/// <summary>What <see cref="EmbeddedPostgres"/> needs to know.</summary>
/// <param name="DataDirectory">Absolute path of a folder that holds nothing else; it is created, and its mode becomes 700.</param>
/// <param name="Role">Who asks.</param>
internal sealed record EmbeddedPostgresOptions(string DataDirectory, EmbeddedPostgresRole Role)
{
    /// <summary>False gives up the data in a crash of the machine for speed; for tests only.</summary>
    public bool Durable { get; init; } = true;

    public int MaxConnections { get; init; } = 200;

    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Folders to look for the server's programs in, best first; null is PATH, then Debian's folders from the highest version down.</summary>
    public IReadOnlyList<string>? BinaryFolders { get; init; }
}
