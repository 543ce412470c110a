using LiveShop.Domain;
using LiveShop.Tests.Harness;
using Npgsql;

namespace LiveShop.Tests;

public sealed class AuditTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task Entries_are_found_newest_first_with_who_what_and_when()
    {
        var start = await Database.ReadAsync<DateTime>("select clock_timestamp()");
        await WriteAsync("ana", "stop", "product A", before: null, after: new { StopReason = "wrong price" });
        await WriteAsync("bo", "resume", "product A");

        var found = await FindAsync();

        Assert.Equal(["bo resume product A", "ana stop product A"], found.Select(entry => $"{entry.Actor} {entry.Action} {entry.Subject}"));
        Assert.Equal((null, """{"stopReason": "wrong price"}"""), (found[1].Before, found[1].After));
        Assert.All(found, entry => Assert.True(entry.At >= start));
    }

    [Fact]
    public async Task A_text_is_looked_for_everywhere_in_any_case_and_means_itself()
    {
        await WriteAsync("ana", "stop", "product SHU6000", after: new { StopReason = "100% wrong_price" });
        await WriteAsync("bo", "release", "product SHU6100");

        Assert.Equal(["ana"], await ActorsAsync(new AuditQuery("100% WRONG_")));
        Assert.Equal(["ana"], await ActorsAsync(new AuditQuery(" shu6000 ")));
        Assert.Equal(["bo"], await ActorsAsync(new AuditQuery("RELEASE")));
        Assert.Equal(["bo", "ana"], await ActorsAsync(new AuditQuery("product")));
        Assert.Empty(await ActorsAsync(new AuditQuery("10_%")));
        Assert.Empty(await ActorsAsync(new AuditQuery("a\0nnn\ud800")));
    }

    [Fact]
    public async Task Entries_are_found_by_the_whole_name_of_their_actor()
    {
        await WriteAsync("ana", "stop", "product A");
        await WriteAsync("anabel", "stop", "product A");

        Assert.Equal(["ana"], await ActorsAsync(new AuditQuery(Actor: "ana")));
    }

    [Fact]
    public async Task Entries_are_found_by_the_whole_word_of_their_action_and_the_beginning_of_their_subject()
    {
        await WriteAsync("ana", "stop", "product A%");
        await WriteAsync("bo", "stop sale", "order A");

        Assert.Equal(["ana"], await ActorsAsync(new AuditQuery(Action: " stop ")));
        Assert.Equal(["bo"], await ActorsAsync(new AuditQuery(Subject: "order")));
        Assert.Equal(["ana"], await ActorsAsync(new AuditQuery(Subject: "product A%")));
        Assert.Empty(await ActorsAsync(new AuditQuery(Subject: "%")));
    }

    [Fact]
    public async Task The_oldest_come_first_where_that_is_asked_for_and_pages_follow_each_other()
    {
        foreach (var actor in new[] { "a", "b", "c" }) await WriteAsync(actor, "stop", "product A");
        var oldest = new AuditQuery(OldestFirst: true, Limit: 2);

        var first = await FindAsync(oldest);

        Assert.Equal(["a", "b"], first.Select(entry => entry.Actor));
        Assert.Equal(["c"], await ActorsAsync(oldest with { AfterId = first[^1].Id }));
    }

    [Fact]
    public async Task A_span_of_time_has_its_beginning_and_not_its_end()
    {
        foreach (var actor in new[] { "a", "b", "c" }) await WriteAsync(actor, "stop", "product A");
        var times = (await FindAsync()).Select(entry => entry.At.ToOffset(TimeSpan.FromHours(2))).Order().ToList();

        Assert.Equal(["b", "a"], await ActorsAsync(new AuditQuery(From: times[0], To: times[2])));
        Assert.Equal(["c", "b"], await ActorsAsync(new AuditQuery(From: times[1])));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap()
    {
        foreach (var actor in new[] { "a", "b", "c" }) await WriteAsync(actor, "stop", "product A");

        var first = await FindAsync(new AuditQuery(Limit: 2));

        Assert.Equal(["c", "b"], first.Select(entry => entry.Actor));
        Assert.Equal(["a"], await ActorsAsync(new AuditQuery(Limit: 2, BeforeId: first[^1].Id)));
        Assert.Equal(["c"], await ActorsAsync(new AuditQuery(Limit: -1)));
        Assert.Equal(3, (await ActorsAsync(new AuditQuery(Limit: int.MaxValue))).Count());
    }

    [Theory]
    [InlineData("update audit_entries set actor = 'nobody'")]
    [InlineData("delete from audit_entries")]
    [InlineData("truncate audit_entries")]
    public async Task The_log_is_append_only(string sql)
    {
        await WriteAsync("ana", "stop", "product A");

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => Database.ExecuteAsync(sql));

        Assert.Equal(PostgresErrorCodes.RestrictViolation, refusal.SqlState);
        Assert.Equal(["ana"], await ActorsAsync());
    }

    [Fact]
    public async Task A_reset_leaves_the_log_as_it_is()
    {
        await WriteAsync("ana", "stop", "product A");

        await NewNode().Database.ResetAsync([Some.Spec("A")]);

        Assert.Equal(["ana"], await ActorsAsync());
    }

    [Fact]
    public async Task What_was_done_outside_the_store_is_recorded_too()
    {
        Assert.True(await NewNode().Audit.RecordAsync("ana", "sign-in", "operator ana", new { Left = 9 }));

        var entry = Assert.Single(await FindAsync());
        Assert.Equal(("ana", "sign-in", "operator ana", null, """{"left": 9}"""), (entry.Actor, entry.Action, entry.Subject, entry.Before, entry.After));
    }

    [Fact]
    public async Task While_the_database_is_away_nothing_is_found_or_recorded_and_nothing_throws()
    {
        await using var link = new DatabaseLink(Database);
        link.Cut();
        var audit = NewNode(connectionString: link.ConnectionString).Audit;

        Assert.Null(await audit.FindAsync());
        Assert.False(await audit.RecordAsync("ana", "sign-in", "operator ana"));
    }

    private async Task WriteAsync(string actor, string action, string subject, object? before = null, object? after = null)
    {
        await using var db = await NewNode().Contexts.CreateDbContextAsync();
        Audit.Write(db, actor, action, subject, before, after);
        await db.SaveChangesAsync();
    }

    private async Task<IReadOnlyList<AuditEntry>> FindAsync(AuditQuery? query = null) =>
        Assert.IsAssignableFrom<IReadOnlyList<AuditEntry>>(await NewNode().Audit.FindAsync(query));

    private async Task<IEnumerable<string>> ActorsAsync(AuditQuery? query = null) => (await FindAsync(query)).Select(entry => entry.Actor);
}
