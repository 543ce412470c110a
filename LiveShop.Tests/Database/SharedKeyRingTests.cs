using System.Xml.Linq;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Admin;
using LiveShop.Web.Database;
using LiveShop.Web.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PostgresServer = LiveShop.Tests.Harness.PostgresServer;

namespace LiveShop.Tests;

public sealed class SharedKeyRingTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task What_one_node_adds_every_node_reads()
    {
        await using var one = NewKeys();
        await using var other = NewKeys();
        Assert.Empty(RingOf(one).GetAllElements());

        RingOf(one).StoreElement(XElement.Parse("<key id='1'>\u00e4</key>"), "key-1");

        Assert.Equal("<key id=\"1\">\u00e4</key>", Assert.Single(RingOf(other).GetAllElements()).ToString());
    }

    [Fact]
    public async Task Of_nodes_that_find_it_empty_the_first_brings_the_key()
    {
        await using var one = NewKeys();
        await using var other = NewKeys();
        var (first, second) = (RingOf(one), RingOf(other));
        Assert.Empty(first.GetAllElements().Concat(second.GetAllElements()));

        first.StoreElement(XElement.Parse("<key id='1'/>"), "key-1");
        second.StoreElement(XElement.Parse("<key id='2'/>"), "key-2");
        second.StoreElement(XElement.Parse("<revocation/>"), "revocation-1");

        Assert.Equal(["<key id=\"1\" />", "<revocation />"], second.GetAllElements().Select(element => element.ToString()).Order());

        second.StoreElement(XElement.Parse("<key id='3'/>"), "key-3");
        Assert.Equal(3, second.GetAllElements().Count);
    }

    [Fact]
    public async Task A_node_waits_for_one_of_an_earlier_release_that_is_adding_a_key_and_then_adds_none()
    {
        await using var node = NewKeys();
        var ring = RingOf(node);
        Assert.Empty(ring.GetAllElements());
        await using var earlier = await Database.OpenSessionAsync();
        await earlier.ExecuteAsync("begin; lock table data_protection_keys in share row exclusive mode");

        var storing = Task.Run(() => ring.StoreElement(XElement.Parse("<key id='2'/>"), "key-2"));
        await Database.UntilSomebodyWaitsForALockAsync();
        await earlier.ExecuteAsync("insert into data_protection_keys (friendly_name, xml) values ('key-1', '<key id=\"1\" />'); commit");
        await storing;

        Assert.Equal(["<key id=\"1\" />"], await Database.ReadAllAsync<string>("select xml from data_protection_keys"));
    }

    [Fact]
    public async Task A_key_that_an_earlier_release_stored_is_used_and_no_other_is_made()
    {
        var id = Guid.NewGuid();
        await Database.ExecuteAsync(
            $"""
            insert into data_protection_keys (friendly_name, xml) values ('key-{id}', '<key id="{id}" version="1"><creationDate>2026-01-01T00:00:00Z</creationDate>
            <activationDate>2026-01-01T00:00:00Z</activationDate><expirationDate>2126-01-01T00:00:00Z</expirationDate>
            <descriptor deserializerType="Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel.AuthenticatedEncryptorDescriptorDeserializer, Microsoft.AspNetCore.DataProtection">
            <descriptor><encryption algorithm="AES_256_CBC" /><validation algorithm="HMACSHA256" />
            <masterKey><value>{Convert.ToBase64String(new byte[64])}</value></masterKey></descriptor></descriptor></key>')
            """);
        await using var node = NewKeys();

        var secret = ProtectorOf(node).Protect([1, 2, 3]);

        // A payload begins with four bytes that say what it is, and the id of the key.
        Assert.Equal(id, new Guid(secret.AsSpan(4, 16)));
        Assert.Equal(1, await Database.ReadAsync<long>("select count(*) from data_protection_keys"));
    }

    [Fact]
    public async Task What_one_node_protects_the_others_read_though_all_of_them_started_at_once_on_an_empty_ring()
    {
        var start = new TaskCompletionSource();
        var nodes = Enumerable.Range(0, 8).Select(async _ =>
        {
            await using var node = NewKeys();
            var protector = ProtectorOf(node);
            await start.Task;
            return (Protector: protector, Secret: await Task.Run(() => protector.Protect("secret")));
        }).ToList();
        start.SetResult();

        var all = await Task.WhenAll(nodes);

        Assert.All(all, reader => Assert.All(all, writer => Assert.Equal("secret", reader.Protector.Unprotect(writer.Secret))));
        Assert.Equal(1, await Database.ReadAsync<long>("select count(*) from data_protection_keys"));
    }

    [Fact]
    public async Task Hosts_that_start_at_once_on_an_empty_database_agree_on_one_key()
    {
        await using var empty = await Postgres.CreateEmptyDatabaseAsync();
        var hosts = Enumerable.Range(0, 4).Select(_ => NewHost(empty.ConnectionString)).ToList();
        await Task.WhenAll(hosts.Select(host => Task.Run(async () =>
        {
            await host.PrepareDatabaseAsync();
            await host.StartAsync();
        })));

        var secrets = hosts.Select(host => ProtectorOf(host.Services).Protect("secret")).ToList();

        Assert.All(hosts, host => Assert.All(secrets, secret => Assert.Equal("secret", ProtectorOf(host.Services).Unprotect(secret))));
        Assert.Equal(1, await empty.ReadAsync<long>("select count(*) from data_protection_keys"));
        foreach (var host in hosts) host.Dispose();
    }

    /// <summary>What a node's start does about the database and its keys.</summary>
    private static IHost NewHost(string connectionString)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddShopDomain(connectionString, ShopSettings.Default).AddOperatorAccounts()
            .AddSingleton(new AdminSettings("admin", Accounts.Password, RefusesDevelopmentPassword: true))
            .AddSingleton<DatabasePreparation>().AddKeyRing();
        return builder.Build();
    }

    private ServiceProvider NewKeys() => new ServiceCollection().AddLogging().AddSingleton(NewNode().Connections).AddKeyRing().BuildServiceProvider();

    private static IXmlRepository RingOf(IServiceProvider node) => node.GetRequiredService<IOptions<KeyManagementOptions>>().Value.XmlRepository!;

    private static IDataProtector ProtectorOf(IServiceProvider node) => node.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
}
