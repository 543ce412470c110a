using System.Net.Sockets;
using LiveShop.Domain;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LiveShop.Tests;

public sealed class DatabaseOutageTests
{
    [Theory]
    [InlineData("08006", "connection failure")]
    [InlineData("25006", "a standby that is not promoted yet")]
    [InlineData("25P03", "a node stood still in its transaction")]
    [InlineData("40001", "serialization failure")]
    [InlineData("40P01", "deadlock detected")]
    [InlineData("53300", "too many connections")]
    [InlineData("55000", "database is not currently accepting connections")]
    [InlineData("55P03", "lock not available")]
    [InlineData("57014", "statement timeout")]
    [InlineData("57P01", "the server stops")]
    [InlineData("57P03", "the server starts")]
    [InlineData("58030", "input/output error")]
    public void What_the_server_may_get_over_is_an_outage(string sqlState, string what) =>
        Assert.True(DatabaseOutage.Is(FromServer(sqlState)), what);

    [Theory]
    [InlineData("22021", "a character that cannot be stored")]
    [InlineData("23505", "a unique violation")]
    [InlineData("23514", "a check violation")]
    [InlineData("42601", "a syntax error")]
    [InlineData("42P01", "a missing table")]
    public void What_would_fail_again_is_not(string sqlState, string what) =>
        Assert.False(DatabaseOutage.Is(FromServer(sqlState)), what);

    [Fact]
    public void A_connection_that_fails_or_is_lost_is_an_outage()
    {
        Assert.True(DatabaseOutage.Is(new NpgsqlException("Failed to connect", new SocketException())));
        Assert.True(DatabaseOutage.Is(new SocketException()));
        Assert.True(DatabaseOutage.Is(new TimeoutException()));
    }

    [Fact]
    public void It_is_found_inside_what_EF_Core_wraps_around_it()
    {
        Assert.True(DatabaseOutage.Is(new DbUpdateException("Saving failed", FromServer("57P01"))));
        Assert.True(DatabaseOutage.Is(new InvalidOperationException("Likely transient", new NpgsqlException("Lost"))));
        Assert.False(DatabaseOutage.Is(new DbUpdateException("Saving failed", FromServer("23505"))));
    }

    [Fact]
    public void Bugs_and_cancellation_are_not()
    {
        Assert.False(DatabaseOutage.Is(null));
        Assert.False(DatabaseOutage.Is(new InvalidOperationException()));
        Assert.False(DatabaseOutage.Is(new OperationCanceledException()));
    }

    private static PostgresException FromServer(string sqlState) => new("message", "ERROR", "ERROR", sqlState);
}
