using System.Runtime.Versioning;
using LiveShop.Web.Database;
using static LiveShop.Tests.Database.PostgresSandbox;

namespace LiveShop.Tests.Database;

[UnsupportedOSPlatform("windows")]
public sealed class EmbeddedPostgresTests
{
    [Fact]
    public async Task It_starts_from_nothing_and_answers_a_query()
    {
        await using var sandbox = new PostgresSandbox();
        await using var postgres = await sandbox.StartShopAsync();

        Assert.Equal("liveshop shop UTF8", await AskAsync(postgres, "SELECT current_database() || ' ' || current_user || ' ' || current_setting('server_encoding')"));
        Assert.True(postgres.IsOwner);
    }

    [Fact]
    public async Task It_can_be_reached_through_a_closed_folder_only()
    {
        await using var sandbox = new PostgresSandbox();
        await using var postgres = await sandbox.StartShopAsync();

        Assert.Equal("", await AskAsync(postgres, "SHOW listen_addresses"));
        Assert.Equal(sandbox.DataDirectory, await AskAsync(postgres, "SHOW unix_socket_directories"));
        Assert.Equal(Closed, File.GetUnixFileMode(sandbox.DataDirectory));
    }

    [Fact]
    public async Task It_writes_through_to_the_disk_unless_told_otherwise()
    {
        await using var sandbox = new PostgresSandbox();
        await using (var lax = await sandbox.StartShopAsync())
            Assert.Equal("off", await AskAsync(lax, "SHOW fsync"));

        await using var durable = await EmbeddedPostgres.StartAsync(new(sandbox.DataDirectory, EmbeddedPostgresRole.Shop), CancellationToken.None);
        Assert.Equal("on on on", await AskAsync(durable, "SELECT concat_ws(' ', current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes'))"));
        Assert.Equal("200", await AskAsync(durable, "SHOW max_connections"));
    }

    [Fact]
    public async Task Data_survives_stop_and_start()
    {
        await using var sandbox = new PostgresSandbox();
        await using (var first = await sandbox.StartShopAsync())
            await AskAsync(first, "CREATE TABLE pairs AS SELECT 42 AS number");

        Assert.Null(sandbox.ServerProcess);

        await using var second = await sandbox.StartShopAsync();
        Assert.Equal("42", await AskAsync(second, "SELECT number FROM pairs"));
    }

    [Fact]
    public async Task A_second_shop_on_the_same_directory_is_refused_in_one_line()
    {
        await using var sandbox = new PostgresSandbox();
        await using var first = await sandbox.StartShopAsync();

        await RefusedAsync(sandbox.StartShopAsync, $"pid {Environment.ProcessId}", sandbox.DataDirectory, "Shop:DataDirectory");
        Assert.Equal("1", await AskAsync(first, "SELECT 1"));
    }

    [Fact]
    public async Task A_command_joins_the_running_shops_server_and_leaves_it_running()
    {
        await using var sandbox = new PostgresSandbox();
        await using var shop = await sandbox.StartShopAsync();
        await using (var command = await sandbox.StartCommandAsync())
        {
            Assert.False(command.IsOwner);
            Assert.Equal(shop.ConnectionString, command.ConnectionString);
        }

        Assert.Equal("1", await AskAsync(shop, "SELECT 1"));
    }

    [Fact]
    public async Task A_command_joins_a_shop_that_is_just_starting()
    {
        await using var sandbox = new PostgresSandbox();
        var created = new TaskCompletionSource();
        sandbox.OnNote = note => created.TrySetResult();
        var starting = sandbox.StartShopAsync();
        await created.Task.WaitAsync(TimeSpan.FromSeconds(20));

        await using var command = await sandbox.StartCommandAsync();
        await using var shop = await starting;
        Assert.Equal((false, true), (command.IsOwner, shop.IsOwner));
        Assert.Equal("1", await AskAsync(command, "SELECT 1"));
    }

    [Fact]
    public async Task A_command_alone_starts_the_server_and_stops_it()
    {
        await using var sandbox = new PostgresSandbox();
        await using (var command = await sandbox.StartCommandAsync())
            Assert.Equal("1", await AskAsync(command, "SELECT 1"));

        Assert.Null(sandbox.ServerProcess);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_comes_while_a_command_runs_waits_for_its_end_and_says_so_once(bool isShop)
    {
        await using var sandbox = new PostgresSandbox();
        var command = await sandbox.StartCommandAsync();
        var waiting = isShop ? sandbox.StartShopAsync() : sandbox.StartCommandAsync();
        var said = $"Waiting for command {Environment.ProcessId}, which uses {sandbox.DataDirectory}.";
        await EventuallyAsync(() => sandbox.Notes.Contains(said));

        Assert.False(waiting.IsCompleted);
        await command.DisposeAsync();
        await using var next = await waiting;
        Assert.True(next.IsOwner);
        Assert.Single(sandbox.Notes, said);
    }

    [Fact]
    public async Task Without_the_servers_programs_one_line_says_what_to_install_or_to_set()
    {
        await using var sandbox = new PostgresSandbox();
        var options = sandbox.Options(EmbeddedPostgresRole.Shop) with { BinaryFolders = ["/nowhere", sandbox.Parent] };

        await RefusedAsync(() => EmbeddedPostgres.StartAsync(options, CancellationToken.None), "apt-get install postgresql", "ConnectionStrings:Postgres");
        Assert.False(Directory.Exists(sandbox.DataDirectory));
    }

    [Fact]
    public async Task A_cluster_of_a_version_that_is_not_installed_is_refused_naming_both()
    {
        await using var sandbox = new PostgresSandbox();
        await (await sandbox.StartShopAsync()).DisposeAsync();
        File.WriteAllText(Path.Combine(sandbox.Cluster, "PG_VERSION"), "9\n");
        var installed = await PostgresBinaries.FindAsync(null, CancellationToken.None);

        await RefusedAsync(sandbox.StartShopAsync, "PostgreSQL 9,", $"{installed[0].MajorVersion}", "postgresql-9");
    }
}
