using System.Net;
using LiveShop.Tests.Harness;
using LiveShop.Web.Admin;

namespace LiveShop.Tests;

/// <summary>What signing in and out leaves in the audit log, and that it does so without a database too.</summary>
public sealed class SignInAuditTests(PostgresServer postgres) : OperatorTests(postgres)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Signing_in_and_out_is_written_with_who_did_it()
    {
        await SignInAsync("Admin", Accounts.Password);
        await LogOutAsync();

        Assert.Equal(["admin sign-in operator admin", "admin log-out operator admin"], await WrittenAsync());
    }

    [Fact]
    public async Task A_storm_of_wrong_passwords_is_written_until_the_lock_out_and_no_longer()
    {
        for (var i = 0; i < 8; i++) await SignInAsync("admin", $"wrong {i} password");
        await SignInAsync("admin", Accounts.Password);

        Assert.Equal([.. Enumerable.Repeat("somebody access-refused operator admin", 4), "somebody lock-out operator admin"], await WrittenAsync());
        Assert.Equal(0, await Database.ReadAsync<long>("select count(*) from audit_entries where concat(subject, before, after) like '%wrong%'"));
    }

    [Fact]
    public async Task A_name_that_no_account_has_is_not_repeated()
    {
        await SignInAsync("correct horse", "admin");

        Assert.Equal(["somebody access-refused unknown account"], await WrittenAsync());
        Assert.Equal("""{"tries": 1}""", await Database.ReadAsync<string>("select after::text from audit_entries where subject = 'unknown account'"));
    }

    [Fact]
    public async Task Unknown_names_are_counted_in_one_entry_a_minute()
    {
        var time = new CountedTime();
        using var names = new UnknownNames(Node.Audit, time);

        for (var i = 0; i < 5; i++) await names.CountAsync();
        Assert.Equal([1], await TriesAsync());
        time.Advance(Minute);
        await Eventually.TrueAsync(async () => (await TriesAsync()).SequenceEqual([1, 4]));
        time.Advance(Minute);
        await names.CountAsync();

        Assert.Equal([1, 4, 1], await TriesAsync());
        Assert.Equal(1, time.Waiting);
        time.Advance(Minute);
        Assert.Equal(0, time.Waiting);
    }

    [Fact]
    public async Task While_the_database_is_away_the_login_says_so_in_place_of_an_error_page()
    {
        await using var link = new DatabaseLink(Database);
        await using var host = await ShopHost.StartAsync(await NewNode(connectionString: link.ConnectionString).WatchAsync());
        await ElsewhereAsync(async () =>
        {
            link.Cut();
            foreach (var name in new[] { "admin", "nobody" })
            {
                using var answer = await SignInAsync(name, Accounts.Password);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                Assert.Contains("Try again in a moment", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }, host);
    }

    [Fact]
    public async Task While_the_database_is_away_the_account_says_so_in_place_of_an_error_page()
    {
        await using var link = new DatabaseLink(Database);
        await using var host = await ShopHost.StartAsync(await NewNode(connectionString: link.ConnectionString).WatchAsync());
        await ElsewhereAsync(async () =>
        {
            await SignInAsync("admin", Accounts.Password);
            link.Cut();
            foreach (var (form, field) in new[] { ("second-factor", "Form.Proof"), ("password", "Form.Old") })
            {
                using var answer = await SubmitAsync("/admin/account", form, (field, Accounts.Password), ("Form.Step", "begin"), ("Form.New", "battery staple"));
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                Assert.Contains("Try again in a moment", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }, host);
    }

    /// <summary>In the order of writing, without what the first start wrote.</summary>
    private Task<List<string>> WrittenAsync() =>
        Database.ReadAllAsync<string>("select concat_ws(' ', actor, action, subject) from audit_entries where actor <> 'settings' order by id");

    private Task<List<int>> TriesAsync() => Database.ReadAllAsync<int>("select (after::json->>'tries')::int from audit_entries where subject = 'unknown account' order by id");
}
