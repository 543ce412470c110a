using System.Diagnostics;

namespace LiveShop.Web.Database;

/// <summary>
/// The private PostgreSQL of a shop that was given no connection string: starts with it and stops with it. It listens on
/// a unix socket in a folder of mode 700 and nowhere else, so no port can collide and no other user gets in.
/// One process at a time runs the server of a data directory. A command that finds a shop there uses the shop's server
/// instead and leaves it running. A server that outlived a killed shop is gone on with, and then stopped as usual.
/// </summary>
internal sealed class EmbeddedPostgres : IAsyncDisposable
{
    // How long whoever holds the directory is waited for.
    private static readonly TimeSpan ShopWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CommandWait = TimeSpan.FromSeconds(60);

    private Func<Task>? stop;

    private EmbeddedPostgres(string connectionString, ServerDirectory directory, Func<Task>? stop) =>
        (ConnectionString, DataDirectory, this.stop) = (connectionString, directory.Root, stop);

    public string ConnectionString { get; }

    /// <summary>Where the database lies: the wanted folder, or the one that stands in for it, see <see cref="ServerDirectory"/>.</summary>
    public string DataDirectory { get; }

    /// <summary>True when this process runs the server and will stop it, false when it joined a running shop's.</summary>
    public bool IsOwner => stop is not null;

    /// <summary>Returns when the server accepts connections and the database exists; the first start on a directory takes some seconds.</summary>
    /// <exception cref="EmbeddedPostgresException">It cannot run here, or another shop does; nothing is left running then.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux())
            throw new EmbeddedPostgresException("The private database runs on Linux only: set ConnectionStrings:Postgres.");

        try
        {
            var installed = await PostgresBinaries.FindAsync(options.BinaryFolders, ct);
            var account = await ServerAccount.FindAsync(ct);
            var directory = await ServerDirectory.PrepareAsync(options.DataDirectory, account, options.Logger, ct);
            var server = new PostgresServer(directory, account, options);
            return await OwnOrJoinAsync(server, directory, installed, options, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedPostgresException($"Cannot keep a database in {options.DataDirectory}: {e.Message}", e);
        }
    }

    /// <summary>Stops the server if this process runs it, and then gives the directory free; after a join it does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref stop, null) is { } stopping)
            await stopping();
    }

    private static async Task<EmbeddedPostgres> OwnOrJoinAsync(
        PostgresServer server, ServerDirectory directory, IReadOnlyList<PostgresBinaries> installed, EmbeddedPostgresOptions options, CancellationToken ct)
    {
        var waited = Stopwatch.StartNew();
        LockHolder? known = null;
        while (true)
        {
            if (DataDirectoryLock.TryTake(directory.Root, options.Role) is { } held)
                return await OwnAsync(held, server, directory, installed, ct);

            var holder = DataDirectoryLock.Holder(directory.Root);
            var isShop = holder is { Role: EmbeddedPostgresRole.Shop };
            if (isShop && options.Role == EmbeddedPostgresRole.Shop)
                throw new EmbeddedPostgresException($"Another shop (pid {holder!.ProcessId}) already runs on {directory.Root}: stop it, or give Shop:DataDirectory another folder.");

            // It may be just starting. A command's server is not joined: it would go away in mid-work.
            if (isShop && await server.TryConnectAsync(mayCreate: false, ct) is { } connectionString)
            {
                EmbeddedPostgresLog.Joined(options.Logger, directory.Root);
                return new(connectionString, directory, stop: null);
            }

            if (holder is not null && holder != known)
            {
                EmbeddedPostgresLog.Waiting(options.Logger, holder.ToString(), directory.Root);
                waited.Restart();
                known = holder;
            }

            if (waited.Elapsed > (isShop || options.Role == EmbeddedPostgresRole.Shop ? ShopWait : CommandWait))
                throw new EmbeddedPostgresException(isShop
                    ? $"The {holder} runs on {directory.Root}, but its database accepts no connections (log: {directory.Log})."
                    : $"The {holder?.ToString() ?? "database"} still uses {directory.Root}: wait for it or stop it, or give Shop:DataDirectory another folder.");

            await Task.Delay(TimeSpan.FromMilliseconds(100), ct);
        }
    }

    private static async Task<EmbeddedPostgres> OwnAsync(
        DataDirectoryLock held, PostgresServer server, ServerDirectory directory, IReadOnlyList<PostgresBinaries> installed, CancellationToken ct)
    {
        try
        {
            var binaries = PostgresBinaries.Choose(installed, directory.Cluster);
            try
            {
                return new(await server.RunAsync(binaries, ct), directory, () => EndAsync(binaries));
            }
            catch
            {
                await server.StopAsync(binaries);
                throw;
            }
        }
        catch
        {
            held.Dispose();
            throw;
        }

        async Task EndAsync(PostgresBinaries binaries)
        {
            await server.StopAsync(binaries);
            held.Dispose();
        }
    }
}
