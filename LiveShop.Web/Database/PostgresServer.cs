using System.Diagnostics;
using Npgsql;

namespace LiveShop.Web.Database;

/// <summary>The server of one data directory. Only who holds the directory's lock may run or stop it; anybody may connect.</summary>
internal sealed class PostgresServer(ServerDirectory directory, ServerAccount account, EmbeddedPostgresOptions options)
{
    private const string User = "shop";
    private const string Database = "liveshop";

    private static readonly TimeSpan CreateLimit = TimeSpan.FromMinutes(2);

    // Recovering from a crash may take a while.
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopLimit = TimeSpan.FromMinutes(1);

    // Over what pg_ctl is told, so that it is pg_ctl that gives up.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly ServerLog log = new(directory.Log);

    /// <summary>Goes on with the server that already runs, or creates the cluster if there is none and starts it. Returns the connection string when it accepts connections and has its database.</summary>
    public async Task<string> RunAsync(PostgresBinaries binaries, CancellationToken ct)
    {
        if (!Directory.Exists(directory.Cluster))
            await CreateClusterAsync(binaries, ct);

        var waited = Stopwatch.StartNew();
        var (launched, adopted) = (false, false);
        while (true)
        {
            var postmaster = PostmasterFile.Read(directory.Cluster);
            if (postmaster is null || !postmaster.IsRunning())
            {
                if (launched)
                    throw Failure("it ended right after its start");

                await LaunchAsync(binaries, postmaster, ct);
                launched = true;
            }
            else if (!launched && !adopted)
            {
                EmbeddedPostgresLog.Adopted(options.Logger, directory.Root, postmaster.ProcessId);
                adopted = true;
            }

            if (await TryConnectAsync(mayCreate: true, ct) is { } connectionString)
                return connectionString;

            if (waited.Elapsed > StartLimit)
                throw Failure($"it accepted no connection within {StartLimit.TotalSeconds:0} s");

            await Task.Delay(TimeSpan.FromMilliseconds(50), ct);
        }
    }

    /// <summary>The connection string, or null when the server does not accept connections now or its database does not exist.</summary>
    /// <param name="mayCreate">Creates the database when it does not exist.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<string?> TryConnectAsync(bool mayCreate, CancellationToken ct)
    {
        if (PostmasterFile.Read(directory.Cluster) is not { Host: { } host, Port: { } port })
            return null;

        var target = new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Port = port,
            Username = User,
            Database = Database,
            // Both would only cost each new connection a question that a socket's server denies.
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        };
        try
        {
            await using var connection = await OpenAsync(target, Database, ct);
            return target.ConnectionString;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            if (!mayCreate)
                return null;

            await using var connection = await OpenAsync(target, "postgres", ct);
            await using var create = new NpgsqlCommand($"CREATE DATABASE {Database}", connection);
            await create.ExecuteNonQueryAsync(ct);
            return target.ConnectionString;
        }
        catch (PostgresException e) when (e.SqlState is not (PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.TooManyConnections))
        {
            throw new EmbeddedPostgresException($"The database in {directory.Root} refuses the shop: {e.MessageText}.", e);
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    /// <summary>Breaks off its connections and stops it. Never throws: what it cannot stop it notes, and the next start goes on with that.</summary>
    public async Task StopAsync(PostgresBinaries binaries)
    {
        if (PostmasterFile.Read(directory.Cluster) is not { } postmaster || !postmaster.IsRunning())
            return;

        try
        {
            var stop = await PgCtlAsync(binaries, ["-m", "fast", "stop"], StopLimit);
            if (stop.Succeeded || !postmaster.IsRunning())
                directory.RemoveSocketFolder();
            else
                EmbeddedPostgresLog.NotStopped(options.Logger, directory.Root, stop.Complaint);
        }
        catch (Exception e) when (e is EmbeddedPostgresException or IOException or UnauthorizedAccessException)
        {
            EmbeddedPostgresLog.NotStopped(options.Logger, directory.Root, e.Message);
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(NpgsqlConnectionStringBuilder target, string database, CancellationToken ct)
    {
        // In seconds, and not pooled: a probe leaves nothing behind. Its name stands for the connection string in metrics.
        var probe = new NpgsqlConnectionStringBuilder(target.ConnectionString) { Database = database, Pooling = false, Timeout = 5 };
        await using var dataSource = new NpgsqlDataSourceBuilder(probe.ConnectionString) { Name = "probe" }.Build();
        return await dataSource.OpenConnectionAsync(ct);
    }

    /// <summary>Into a folder beside, renamed when complete: a crash in between leaves no half cluster.</summary>
    private async Task CreateClusterAsync(PostgresBinaries binaries, CancellationToken ct)
    {
        EmbeddedPostgresLog.Creating(options.Logger, directory.Root);
        var unfinished = $"{directory.Cluster}.new";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);

        List<string> arguments = ["-D", unfinished, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"];
        if (!options.Durable)
            arguments.Add("--no-sync");

        var result = await account.RunAsync(binaries.InitDb, arguments, CreateLimit, ct);
        if (!result.Succeeded)
            throw new EmbeddedPostgresException($"Cannot create a database in {directory.Root}: {result.Complaint}");

        Directory.Move(unfinished, directory.Cluster);
    }

    private async Task LaunchAsync(PostgresBinaries binaries, PostmasterFile? stale, CancellationToken ct)
    {
        log.BeginStart();
        // No server of this cluster runs. A file whose process has ended is left to PostgreSQL, which looks for surviving
        // children first; a living process of another kind would make it refuse.
        var socketFolder = await directory.SocketFolderAsync(account, ct);
        File.Delete(ServerDirectory.SocketLockIn(socketFolder));
        if (stale is { ProcessExists: true })
        {
            EmbeddedPostgresLog.RemovingStale(options.Logger, stale.File, stale.ProcessId);
            File.Delete(stale.File);
        }

        // Not cancelled: that would kill a server in mid-start. The caller stops it after a cancelled start.
        var start = await PgCtlAsync(binaries, ["-l", log.File, "-o", SettingsFor(socketFolder), "start"], StartLimit).WaitAsync(ct);
        if (!start.Succeeded)
            throw Failure(start.Complaint);

        EmbeddedPostgresLog.Started(options.Logger, binaries.MajorVersion, directory.Root);
    }

    private string SettingsFor(string socketFolder)
    {
        // No listen address: nothing but the socket, in a folder that is closed to other users.
        var settings = $"-p {ServerDirectory.Port} -c listen_addresses='' -c unix_socket_directories='{socketFolder}' -c max_connections={options.MaxConnections}";
        return options.Durable ? settings : $"{settings} -c fsync=off -c synchronous_commit=off -c full_page_writes=off";
    }

    private Task<ChildResult> PgCtlAsync(PostgresBinaries binaries, string[] arguments, TimeSpan limit) => account.RunAsync(
        binaries.PgCtl, ["-D", directory.Cluster, "-s", "-w", "-t", $"{limit.TotalSeconds:0}", .. arguments], limit + Grace, CancellationToken.None);

    private EmbeddedPostgresException Failure(string otherwise) =>
        new($"PostgreSQL does not start in {directory.Root}: {log.ReasonOfFailure() ?? otherwise} (log: {log.File})");
}
