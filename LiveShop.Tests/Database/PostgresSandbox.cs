using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using LiveShop.Web.Database;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LiveShop.Tests.Database;

/// <summary>A data directory of a test's own, with the processes that the test starts on it; all gone after it, also when it fails.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class PostgresSandbox : IAsyncDisposable, ILogger
{
    public const UnixFileMode Closed = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    public const UnixFileMode Passable = Closed | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly List<Process> _children = [];

    public PostgresSandbox(string dataDirectory = "data")
    {
        Parent = Directory.CreateTempSubdirectory("liveshop-test-").FullName;
        // The server's user must get through, when this runs as root.
        File.SetUnixFileMode(Parent, Passable);
        DataDirectory = Path.Combine(Parent, dataDirectory);
    }

    public string Parent { get; }

    public string DataDirectory { get; }

    public string Cluster => Path.Combine(DataDirectory, "cluster");

    public string PidFile => Path.Combine(Cluster, "postmaster.pid");

    /// <summary>What was logged.</summary>
    public ConcurrentQueue<string> Notes { get; } = [];

    /// <summary>Called with each note.</summary>
    public Action<string>? OnNote { get; set; }

    public static bool IsRoot => Environment.IsPrivilegedProcess;

    public EmbeddedPostgresOptions Options(EmbeddedPostgresRole role) => new(DataDirectory, role) { Durable = false, MaxConnections = 20, Logger = this };

    public Task<EmbeddedPostgres> StartShopAsync() => EmbeddedPostgres.StartAsync(Options(EmbeddedPostgresRole.Shop), CancellationToken.None);

    public Task<EmbeddedPostgres> StartCommandAsync() => EmbeddedPostgres.StartAsync(Options(EmbeddedPostgresRole.Command), CancellationToken.None);

    /// <summary>The server's process id, or null when it does not run.</summary>
    public int? ServerProcess => PostmasterFile.Read(Cluster) is { } postmaster && postmaster.IsRunning() ? postmaster.ProcessId : null;

    /// <summary>What a shop that was killed leaves: a server that nobody holds. The cluster must exist.</summary>
    public async Task LeaveServerAsync()
    {
        var result = await PgCtlAsync("-l", Path.Combine(DataDirectory, "postgres.log"), "-o", $"-c listen_addresses='' -k {DataDirectory}", "start");
        Assert.True(result.Succeeded, result.Complaint);
    }

    /// <summary>Another process, which does nothing but hold the lock under this name.</summary>
    public async Task<Process> HoldLockElsewhereAsync(string role)
    {
        var lockFile = Path.Combine(DataDirectory, "liveshop.lock");
        var holder = Spawn("flock", "--no-fork", lockFile, "sleep", "600");
        NameHolder(role, holder);
        await EventuallyAsync(() =>
        {
            using var free = DataDirectoryLock.TryTake(DataDirectory, EmbeddedPostgresRole.Command);
            return free is null;
        });
        NameHolder(role, holder);
        return holder;
    }

    public void NameHolder(string role, Process holder) =>
        File.WriteAllText(Path.Combine(DataDirectory, "liveshop.holder"), string.Create(CultureInfo.InvariantCulture, $"{role} {holder.Id}"));

    /// <summary>A living process of the server's user that is not a server.</summary>
    public Process SpawnAsServerUser() => IsRoot
        ? Spawn("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "sleep", "600")
        : Spawn("sleep", "600");

    public static async Task<string?> AskAsync(EmbeddedPostgres postgres, string sql)
    {
        await using var connection = new NpgsqlConnection($"{postgres.ConnectionString};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public static async Task EventuallyAsync(Func<bool> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(20), "The condition did not come true in 20 s.");
            await Task.Delay(20);
        }
    }

    /// <summary>Refused, in one line that holds all of this.</summary>
    public static async Task RefusedAsync(Func<Task> start, params string[] mentions)
    {
        var refusal = await Assert.ThrowsAsync<EmbeddedPostgresException>(start);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.All(mentions, mention => Assert.Contains(mention, refusal.Message, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var child in _children)
        {
            child.Kill();
            child.Dispose();
        }

        if (ServerProcess is not null)
            await PgCtlAsync("-m", "immediate", "stop");

        Directory.Delete(Parent, recursive: true);
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var note = formatter(state, exception);
        Notes.Enqueue(note);
        OnNote?.Invoke(note);
    }

    private Process Spawn(string program, params string[] arguments)
    {
        var child = Process.Start(program, arguments);
        _children.Add(child);
        return child;
    }

    private async Task<ChildResult> PgCtlAsync(params string[] arguments)
    {
        var binaries = await PostgresBinaries.FindAsync(null, CancellationToken.None);
        var account = await ServerAccount.FindAsync(CancellationToken.None);
        return await account.RunAsync(binaries[0].PgCtl, ["-D", Cluster, "-s", "-w", .. arguments], TimeSpan.FromSeconds(60), CancellationToken.None);
    }
}
