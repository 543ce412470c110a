using System.Xml.Linq;
using LiveShop.Tests.Harness;
using LiveShop.Web.Database;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using PostgresServer = LiveShop.Tests.Harness.PostgresServer;

namespace LiveShop.Tests;

public sealed class KeyRingTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public void A_new_key_ring_is_empty() => Assert.Empty(NewNode().KeyRing.Load());

    [Fact]
    public void What_one_node_adds_every_node_reads_in_the_order_of_adding()
    {
        var node = NewNode();
        node.KeyRing.Add("key-1", "<key id=\"1\">ä</key>");
        node.KeyRing.Add("key-2", "<key id=\"2\"/>");

        Assert.Equal(["<key id=\"1\">ä</key>", "<key id=\"2\"/>"], NewNode().KeyRing.Load());
    }

    [Fact]
    public void Of_nodes_that_find_it_empty_the_first_brings_the_key()
    {
        var (first, second) = (new KeyRingRepository(NewNode().KeyRing), new KeyRingRepository(NewNode().KeyRing));
        Assert.Empty(first.GetAllElements().Concat(second.GetAllElements()));

        first.StoreElement(XElement.Parse("<key id='1'/>"), "key-1");
        second.StoreElement(XElement.Parse("<key id='2'/>"), "key-2");
        second.StoreElement(XElement.Parse("<revocation/>"), "revocation-1");

        Assert.Equal(["<key id=\"1\" />", "<revocation />"], second.GetAllElements().Select(element => element.ToString()));

        second.StoreElement(XElement.Parse("<key id='3'/>"), "key-3");
        Assert.Equal(3, second.GetAllElements().Count);
    }

    [Fact]
    public async Task What_one_node_protects_the_others_read_though_all_of_them_started_at_once_on_an_empty_ring()
    {
        var start = new TaskCompletionSource();
        var nodes = Enumerable.Range(0, 8).Select(async _ =>
        {
            var services = new ServiceCollection().AddLogging().AddSingleton(NewNode().KeyRing).AddKeyRing();
            await using var provider = services.BuildServiceProvider();
            var protector = provider.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
            await start.Task;
            return (Protector: protector, Secret: await Task.Run(() => protector.Protect("secret")));
        }).ToList();
        start.SetResult();

        var all = await Task.WhenAll(nodes);

        Assert.All(all, reader => Assert.All(all, writer => Assert.Equal("secret", reader.Protector.Unprotect(writer.Secret))));
        Assert.Single(NewNode().KeyRing.Load());
    }
}
