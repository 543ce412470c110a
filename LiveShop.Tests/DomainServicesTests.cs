using LiveShop.Domain;
using LiveShop.Tests.Harness;
using Npgsql;

namespace LiveShop.Tests;

[Collection(PostgresServer.Collection)]
public sealed class DomainServicesTests
{
    [Theory]
    [InlineData("Host=db", 5, 10)]
    [InlineData("Host=db;Timeout=20;Command Timeout=40", 20, 40)]
    [InlineData("Host=db;Timeout=20", 20, 10)]
    [InlineData("Host=db;CommandTimeout=40", 5, 40)]
    public async Task A_shopper_waits_for_the_database_no_longer_than_seconds_unless_the_address_says_so(string given, int timeout, int commandTimeout)
    {
        await using var node = new ShopNode(given);

        var used = new NpgsqlConnectionStringBuilder(node.Connections.ConnectionString);

        Assert.Equal((timeout, commandTimeout), (used.Timeout, used.CommandTimeout));
    }

    [Theory]
    [InlineData("Host=db", "-c idle_in_transaction_session_timeout=5s")]
    [InlineData("Host=db;Options=-c idle_in_transaction_session_timeout=1h", "-c idle_in_transaction_session_timeout=5s -c idle_in_transaction_session_timeout=1h")]
    public async Task A_transaction_that_stands_still_ends_unless_the_address_which_has_the_last_word_says_otherwise(string given, string options)
    {
        await using var node = new ShopNode(given);

        Assert.Equal(options, new NpgsqlConnectionStringBuilder(node.Connections.ConnectionString).Options!.Trim());
    }

    [Fact]
    public async Task Nothing_is_connected_until_it_is_used()
    {
        await using var node = new ShopNode("Host=nowhere.invalid");

        Assert.Equal((false, false, 0), (node.Inventory.IsLoaded, node.Inventory.IsDatabaseReachable, node.Bus.SubscriptionCount));
    }
}
