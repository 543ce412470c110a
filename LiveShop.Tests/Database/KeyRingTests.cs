using LiveShop.Tests.Harness;

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
}
