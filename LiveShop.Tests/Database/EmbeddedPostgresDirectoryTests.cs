using System.Runtime.Versioning;
using System.Text;
using Npgsql;
using static LiveShop.Tests.Database.PostgresSandbox;

namespace LiveShop.Tests.Database;

/// <summary>Directories that are too deep, out of reach, or somebody else's.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EmbeddedPostgresDirectoryTests
{
    [Theory]
    [InlineData(107)]
    [InlineData(108)]
    [InlineData(200)]
    public async Task A_directory_too_deep_for_a_socket_gets_one_under_tmp(int socketPathBytes)
    {
        await using var shallow = new PostgresSandbox();
        var name = new string('d', socketPathBytes - Encoding.UTF8.GetByteCount($"{shallow.Parent}//.s.PGSQL.5432"));
        await using var sandbox = new PostgresSandbox(name);
        string folder;
        await using (var postgres = await sandbox.StartShopAsync())
        {
            folder = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host!;
            Assert.Equal("1", await AskAsync(postgres, "SELECT 1"));
            Assert.Equal(socketPathBytes <= 107, folder == sandbox.DataDirectory);
            Assert.Equal(Closed, File.GetUnixFileMode(folder));
        }

        Assert.Equal(folder == sandbox.DataDirectory, Directory.Exists(folder));
    }

    [Fact]
    public async Task A_folder_for_the_socket_that_somebody_else_made_is_refused()
    {
        await using var sandbox = new PostgresSandbox(new string('d', 120));
        string folder;
        await using (var postgres = await sandbox.StartShopAsync())
            folder = new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Host!;

        // Root's when this runs as root; else open to others, which the shop's own never is.
        Directory.CreateDirectory(folder, Passable);
        try
        {
            await RefusedAsync(sandbox.StartShopAsync, folder, "Shop:DataDirectory");
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    [Fact]
    public async Task As_root_a_directory_that_postgres_cannot_reach_is_stood_in_for_and_kept()
    {
        await using var sandbox = new PostgresSandbox();
        File.SetUnixFileMode(sandbox.Parent, Closed);
        string actual;
        await using (var first = await sandbox.StartShopAsync())
        {
            actual = first.DataDirectory;
            await AskAsync(first, "CREATE TABLE pairs AS SELECT 42 AS number");
        }

        try
        {
            File.SetUnixFileMode(sandbox.Parent, Passable);
            await using var second = await sandbox.StartShopAsync();
            Assert.Equal("42", await AskAsync(second, "SELECT number FROM pairs"));
            Assert.Equal(actual, second.DataDirectory);
            Assert.Equal(IsRoot, actual.StartsWith("/var/lib/liveshop/data-", StringComparison.Ordinal));
            Assert.Equal(IsRoot, sandbox.Notes.Contains($"The postgres user could not reach {sandbox.DataDirectory}; the database lies in {actual}."));
            Assert.Equal(!IsRoot, actual == sandbox.DataDirectory);
        }
        finally
        {
            if (actual != sandbox.DataDirectory)
                Directory.Delete(actual, recursive: true);
        }
    }

    [Fact]
    public async Task As_root_a_database_that_postgres_can_no_longer_reach_is_not_replaced_by_an_empty_one()
    {
        await using var sandbox = new PostgresSandbox();
        await (await sandbox.StartShopAsync()).DisposeAsync();
        File.SetUnixFileMode(sandbox.Parent, Closed);

        if (IsRoot)
            await RefusedAsync(sandbox.StartShopAsync, sandbox.DataDirectory, "chmod o+x");
        else
            await (await sandbox.StartShopAsync()).DisposeAsync();
    }

    [Fact]
    public async Task A_folder_that_holds_other_files_is_refused_and_left_as_it_was()
    {
        await using var sandbox = new PostgresSandbox("");
        File.WriteAllText(Path.Combine(sandbox.Parent, "letter.txt"), "Dear all");

        await RefusedAsync(sandbox.StartShopAsync, sandbox.Parent, "Shop:DataDirectory");
        Assert.Equal(Passable, File.GetUnixFileMode(sandbox.Parent));
    }
}
