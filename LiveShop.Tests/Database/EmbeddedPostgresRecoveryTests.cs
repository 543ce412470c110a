using System.Globalization;
using System.Runtime.Versioning;
using LiveShop.Web.Database;
using Npgsql;
using static LiveShop.Tests.Database.PostgresSandbox;

namespace LiveShop.Tests.Database;

/// <summary>What a kill, a crash of the machine and a failed start leave behind.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EmbeddedPostgresRecoveryTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_outlived_its_killed_shop_is_gone_on_with_and_then_stopped(bool isShop)
    {
        await using var sandbox = await WithClusterAsync();
        await sandbox.LeaveServerAsync();
        var server = sandbox.ServerProcess;
        var killed = await sandbox.HoldLockElsewhereAsync("shop");
        await RefusedAsync(sandbox.StartShopAsync, $"pid {killed.Id}");
        killed.Kill();
        await killed.WaitForExitAsync();

        await using (var postgres = isShop ? await sandbox.StartShopAsync() : await sandbox.StartCommandAsync())
        {
            Assert.True(postgres.IsOwner);
            Assert.NotNull(server);
            Assert.Equal(server, sandbox.ServerProcess);
            Assert.Equal("1", await AskAsync(postgres, "SELECT 1"));
        }

        Assert.Null(sandbox.ServerProcess);
    }

    [Fact]
    public async Task A_command_that_waits_for_another_joins_the_shop_that_comes_first()
    {
        await using var sandbox = await WithClusterAsync();
        await sandbox.LeaveServerAsync();
        var other = await sandbox.HoldLockElsewhereAsync("command");
        var waiting = sandbox.StartCommandAsync();
        await EventuallyAsync(() => sandbox.Notes.Any(note => note.StartsWith($"Waiting for command {other.Id}", StringComparison.Ordinal)));
        Assert.False(waiting.IsCompleted);

        sandbox.NameHolder("shop", other);
        await using var command = await waiting;
        Assert.False(command.IsOwner);
    }

    [Fact]
    public async Task A_killed_command_is_not_waited_for()
    {
        await using var sandbox = await WithClusterAsync();
        var other = await sandbox.HoldLockElsewhereAsync("command");
        var waiting = sandbox.StartShopAsync();
        await EventuallyAsync(() => sandbox.Notes.Any(note => note.StartsWith($"Waiting for command {other.Id}", StringComparison.Ordinal)));

        other.Kill();
        await using var shop = await waiting;
        Assert.True(shop.IsOwner);
    }

    [Fact]
    public async Task The_pid_file_of_a_process_that_has_ended_does_not_stop_a_start()
    {
        await using var sandbox = await WithClusterAsync();
        var ended = sandbox.SpawnAsServerUser();
        ended.Kill();
        await ended.WaitForExitAsync();
        LeavePidFiles(sandbox, ended.Id);

        await using var postgres = await sandbox.StartShopAsync();
        Assert.Equal("1", await AskAsync(postgres, "SELECT 1"));
    }

    [Fact]
    public async Task The_pid_file_of_a_process_that_is_not_a_server_is_removed()
    {
        await using var sandbox = await WithClusterAsync();
        var other = sandbox.SpawnAsServerUser();
        LeavePidFiles(sandbox, other.Id);

        await using var postgres = await sandbox.StartShopAsync();
        Assert.Equal("1", await AskAsync(postgres, "SELECT 1"));
        Assert.False(other.HasExited);
    }

    [Fact]
    public async Task The_pid_file_of_another_clusters_server_is_removed()
    {
        await using var neighbour = await WithClusterAsync();
        await using var sandbox = await WithClusterAsync();
        await using var other = await neighbour.StartShopAsync();
        LeavePidFiles(sandbox, neighbour.ServerProcess!.Value);

        await using (var postgres = await sandbox.StartShopAsync())
            Assert.NotEqual(neighbour.ServerProcess, sandbox.ServerProcess);

        Assert.Equal("1", await AskAsync(other, "SELECT 1"));
    }

    [Fact]
    public async Task A_half_made_cluster_is_made_anew()
    {
        await using var sandbox = await WithClusterAsync();
        Directory.Move(sandbox.Cluster, $"{sandbox.Cluster}.new");
        File.Delete(Path.Combine($"{sandbox.Cluster}.new", "global", "pg_control"));

        await using var postgres = await sandbox.StartShopAsync();
        Assert.Equal("1", await AskAsync(postgres, "SELECT 1"));
        Assert.False(Directory.Exists($"{sandbox.Cluster}.new"));
    }

    [Fact]
    public async Task A_cluster_without_its_database_gets_it()
    {
        await using var sandbox = new PostgresSandbox();
        await using (var first = await sandbox.StartShopAsync())
        {
            await using var connection = new NpgsqlConnection($"{first.ConnectionString};Database=postgres;Pooling=false");
            await connection.OpenAsync();
            await new NpgsqlCommand("DROP DATABASE liveshop", connection).ExecuteNonQueryAsync();
        }

        await using var second = await sandbox.StartShopAsync();
        Assert.Equal("liveshop", await AskAsync(second, "SELECT current_database()"));
    }

    [Fact]
    public async Task A_failed_start_tells_the_servers_reason_and_its_log_and_leaves_nothing_held()
    {
        await using var sandbox = await WithClusterAsync();
        var settings = Path.Combine(sandbox.Cluster, "postgresql.auto.conf");
        File.WriteAllText(settings, "shared_buffers = '1 kB'\n");

        await RefusedAsync(sandbox.StartShopAsync, "FATAL:", "postgresql.auto.conf", Path.Combine(sandbox.DataDirectory, "postgres.log"));

        File.WriteAllText(settings, "");
        await using var postgres = await sandbox.StartShopAsync();
        Assert.Equal("1", await AskAsync(postgres, "SELECT 1"));
    }

    [Fact]
    public async Task A_cancelled_start_leaves_nothing_held()
    {
        await using var sandbox = new PostgresSandbox();
        using var cancelled = new CancellationTokenSource();
        sandbox.OnNote = _ => cancelled.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => EmbeddedPostgres.StartAsync(sandbox.Options(EmbeddedPostgresRole.Shop), cancelled.Token));

        sandbox.OnNote = null;
        await using var postgres = await sandbox.StartShopAsync();
        Assert.Equal("1", await AskAsync(postgres, "SELECT 1"));
    }

    [Fact]
    public async Task A_long_log_is_begun_anew()
    {
        await using var sandbox = await WithClusterAsync();
        var log = Path.Combine(sandbox.DataDirectory, "postgres.log");
        await using (var file = File.OpenWrite(log))
            file.SetLength(10 * 1024 * 1024 + 1);

        await using var postgres = await sandbox.StartShopAsync();
        Assert.InRange(new FileInfo(log).Length, 1, 100_000);
    }

    private static async Task<PostgresSandbox> WithClusterAsync()
    {
        var sandbox = new PostgresSandbox();
        await (await sandbox.StartShopAsync()).DisposeAsync();
        return sandbox;
    }

    /// <summary>What a crash of the machine leaves, after which the process ids are given anew.</summary>
    private static void LeavePidFiles(PostgresSandbox sandbox, int processId)
    {
        var lines = string.Create(CultureInfo.InvariantCulture, $"{processId}\n{sandbox.Cluster}\n1700000000\n5432\n{sandbox.DataDirectory}\n\n  1 1\nready   \n");
        File.WriteAllText(sandbox.PidFile, lines);
        File.WriteAllText(Path.Combine(sandbox.DataDirectory, ".s.PGSQL.5432.lock"), lines);
    }
}
