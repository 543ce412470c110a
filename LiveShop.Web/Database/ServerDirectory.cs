using System.Security.Cryptography;
using System.Text;

namespace LiveShop.Web.Database;

/// <summary>The folder that holds the cluster, the server's log, the lock and, where its path is short enough, the socket.</summary>
internal sealed class ServerDirectory
{
    /// <summary>Where the database lies when the shop runs as root and the server's user cannot reach the wanted folder.</summary>
    private const string ForUnreachable = "/var/lib/liveshop";

    // PostgreSQL's own default for sockets. Not $TMPDIR, which the shop, a command and the server's user need not share.
    private const string ForDeep = "/tmp";

    public const int Port = 5432;
    private const int MaxSocketPathBytes = 107;
    private static readonly string SocketFile = $".s.PGSQL.{Port}";

    private ServerDirectory(string path) => Root = path;

    public string Root { get; }

    public string Cluster => Path.Combine(Root, "cluster");

    public string Log => Path.Combine(Root, "postgres.log");

    private string SocketFolderElsewhere => Path.Combine(ForDeep, $"liveshop-{HashOf(Root, 16)}");

    /// <summary>Creates the folder, or the one that stands in for it, as the account's own with mode 700.</summary>
    /// <exception cref="EmbeddedPostgresException">The folder is not the shop's to use. Nothing in it was changed then.</exception>
    public static async Task<ServerDirectory> PrepareAsync(string wanted, ServerAccount account, ILogger logger, CancellationToken ct)
    {
        // pg_ctl passes paths through a shell inside double quotes.
        if (!Path.IsPathRooted(wanted) || wanted.AsSpan().IndexOfAny("\"$`\\\n") >= 0)
            throw new EmbeddedPostgresException($"Shop:DataDirectory must be an absolute path without \", $, ` or \\, but is '{wanted}'.");

        var directory = new ServerDirectory(Path.TrimEndingDirectorySeparator(Path.GetFullPath(wanted)));
        if (account.ShopIsRoot)
            directory = await ReachableAsync(directory, account, logger, ct);

        if (Directory.Exists(directory.Cluster) && !await account.OwnsAsync(Path.Combine(directory.Cluster, "PG_VERSION"), ct))
            throw new EmbeddedPostgresException(
                $"The database in {directory.Root} belongs to another user: start the shop as that user, or give Shop:DataDirectory another folder.");

        if (Directory.Exists(directory.Root)
            && !File.Exists(Path.Combine(directory.Root, DataDirectoryLock.LockFile))
            && Directory.EnumerateFileSystemEntries(directory.Root).Any())
            throw new EmbeddedPostgresException($"{directory.Root} holds other files: give Shop:DataDirectory a folder of its own.");

        Directory.CreateDirectory(directory.Root);
        await account.TakeFolderAsync(directory.Root, ct);
        return directory;
    }

    /// <summary>The folder for the socket, which exists, is the account's and of mode 700.</summary>
    public async Task<string> SocketFolderAsync(ServerAccount account, CancellationToken ct)
    {
        if (FitsSocket(Root))
            return Root;

        // Everybody may write to that folder's parent, so one that already exists counts only when it is ours alone.
        var folder = SocketFolderElsewhere;
        if (await account.TryMakeFolderAsync(folder, ct) || await account.OwnsAloneAsync(folder, ct))
            return folder;

        throw new EmbeddedPostgresException($"{folder}, for the database's socket, is not the shop's own: remove it, or give Shop:DataDirectory a shorter path.");
    }

    /// <summary>Removes what <see cref="SocketFolderAsync"/> made outside the data directory, once the server has stopped.</summary>
    public void RemoveSocketFolder()
    {
        if (!FitsSocket(Root) && Directory.Exists(SocketFolderElsewhere) && !Directory.EnumerateFileSystemEntries(SocketFolderElsewhere).Any())
            Directory.Delete(SocketFolderElsewhere);
    }

    public static string SocketLockIn(string folder) => Path.Combine(folder, $"{SocketFile}.lock");

    private static async Task<ServerDirectory> ReachableAsync(ServerDirectory wanted, ServerAccount account, ILogger logger, CancellationToken ct)
    {
        var parent = Path.GetDirectoryName(wanted.Root) ?? throw new EmbeddedPostgresException("Shop:DataDirectory must not be the root folder.");
        Directory.CreateDirectory(parent);
        var reachable = await account.CanEnterAsync(parent, ct);
        if (Directory.Exists(wanted.Cluster))
        {
            // Never an empty database in place of one that exists.
            return reachable ? wanted : throw new EmbeddedPostgresException($"The postgres user can no longer reach the database in {wanted.Root}: let it pass through {parent} (chmod o+x).");
        }

        var standIn = new ServerDirectory(Path.Combine(ForUnreachable, $"{Path.GetFileName(wanted.Root)}-{HashOf(wanted.Root, 8)}"));
        if (reachable && !Directory.Exists(standIn.Cluster))
            return wanted;

        EmbeddedPostgresLog.LiesElsewhere(logger, wanted.Root, standIn.Root);
        return standIn;
    }

    /// <summary>Also false for characters that the server's list of folders or the connection string would take apart.</summary>
    private static bool FitsSocket(string folder) =>
        Encoding.UTF8.GetByteCount(Path.Combine(folder, SocketFile)) <= MaxSocketPathBytes
        && folder.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '_' or '-' or '+' or '@');

    private static string HashOf(string path, int digits) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..digits];
}
