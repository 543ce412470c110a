using System.Text;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Cluster;

namespace LiveShop.Tests;

/// <summary>On one node it is what the presence of that node is; what the others tell is added to it.</summary>
public sealed class ClusterPresenceTests : PresenceContract
{
    private readonly ClusterPresence here;
    private readonly ClusterPresence there;
    private readonly CartId ana = CartId.New();
    private readonly CartId bob = CartId.New();

    public ClusterPresenceTests() => (here, there) = (NewNode("a"), NewNode("b"));

    protected override IPresence Presence => here;

    [Fact]
    public void Totals_are_those_of_all_nodes_and_a_shopper_on_two_of_them_counts_once()
    {
        here.Enter("1", ana, "/");
        there.Enter("2", ana, "/checkout");
        there.Enter("3", bob, "/");
        foreach (var node in new[] { here, there }) node.Hold(new Cart(ana, 5, Guid.Empty, [7]));

        Exchange();

        foreach (var node in new[] { here, there })
        {
            Assert.Equal((2, 1), (node.Totals.Shoppers, node.Totals.WithCart));
            Assert.Equal([("/", 2), ("/checkout", 1)], node.Totals.Pages.OrderBy(page => page.Key).Select(page => (page.Key, page.Value)));
            Assert.Equal([(7, 1)], node.Totals.InCarts.Select(item => (item.Key, item.Value)));
        }
    }

    [Fact]
    public void The_node_that_knows_the_newer_cart_tells_what_it_holds()
    {
        here.Enter("1", ana, "/");
        there.Enter("2", ana, "/");
        here.Hold(new Cart(ana, 5, Guid.Empty, [7]));
        there.Hold(new Cart(ana, 6, Guid.Empty, []));

        Exchange();

        Assert.Equal((1, 0), (here.Totals.Shoppers, here.Totals.WithCart));
    }

    [Fact]
    public void Whoever_missed_a_message_asks_and_is_told_of_everybody()
    {
        there.Enter("1", ana, "/");
        _ = there.TakeChanges();
        there.Enter("2", bob, "/");

        Assert.False(here.Receive(there.TakeChanges()!));
        Assert.Equal(0, here.Totals.Shoppers);
        Assert.True(here.Receive(there.Everybody()));
        Assert.Equal(2, here.Totals.Shoppers);

        there.Leave("1");
        Time.Advance(IPresence.Linger);
        _ = there.TakeChanges();
        Assert.False(here.Receive(there.SignOfLife()));
        here.Receive(there.Everybody());
        Assert.Equal(1, here.Totals.Shoppers);
        Assert.True(here.Receive(there.SignOfLife()));
    }

    [Fact]
    public void A_silent_nodes_shoppers_count_until_its_lease_has_run_out_and_come_back_with_it()
    {
        there.Enter("1", ana, "/");
        Exchange();

        Time.Advance(ClusterPresence.Lease);
        here.ForgetSilent();
        Assert.Equal(1, here.Totals.Shoppers);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        here.ForgetSilent();
        Assert.Equal(0, here.Totals.Shoppers);

        Assert.False(here.Receive(there.SignOfLife()));
        here.Receive(there.Everybody());
        Assert.Equal(1, here.Totals.Shoppers);
    }

    [Fact]
    public void A_sign_of_life_keeps_the_lease()
    {
        there.Enter("1", ana, "/");
        Exchange();

        for (var i = 0; i < 5; i++)
        {
            Time.Advance(ClusterPresence.Lease);
            Assert.True(here.Receive(there.SignOfLife()));
            here.ForgetSilent();
        }

        Assert.Equal(1, here.Totals.Shoppers);
    }

    [Fact]
    public void A_node_that_says_farewell_is_forgotten_at_once()
    {
        there.Enter("1", ana, "/");
        Exchange();

        here.Receive(new PresenceMessage { Node = "b", Farewell = true });

        Assert.Equal(0, here.Totals.Shoppers);
    }

    [Fact]
    public void A_node_of_another_release_is_seen_to_be_ready_though_what_else_it_tells_is_not_understood()
    {
        Hear("""{"version":2,"node":"b","state":"ready","sequence":7,"everybody":"in another way"}""");
        Assert.True(here.HasReadyNeighbour);
        Assert.Equal(0, here.Totals.Shoppers);

        Hear("""{"version":2,"node":"b","farewell":true}""");
        Assert.Empty(here.Neighbours);

        Assert.Null(PresenceMessage.Read("junk"u8.ToArray()));

        void Hear(string text) => Assert.True(here.Receive(PresenceMessage.Read(Encoding.UTF8.GetBytes(text))!));
    }

    [Fact]
    public void A_node_that_starts_again_doubles_nobody_though_its_last_life_has_not_run_out()
    {
        there.Enter("1", ana, "/");
        Exchange();

        var again = NewNode("b2");
        again.Enter("1", ana, "/");
        here.Receive(again.TakeChanges()!);

        Assert.Equal(1, here.Totals.Shoppers);
        Assert.Equal(1, here.Totals.Pages["/"]);
    }

    [Fact]
    public void However_messages_are_lost_doubled_and_late_all_nodes_agree_once_they_hear_each_other()
    {
        var random = new Random(5);
        ClusterPresence[] nodes = [here, there, NewNode("c")];
        var carts = Enumerable.Range(0, 6).Select(_ => CartId.New()).ToList();
        var (crowd, late) = (new CountedCrowd(Time), new List<PresenceMessage>());
        for (var step = 1; step <= 3000; step++)
        {
            var (number, cart) = (random.Next(nodes.Length), carts[random.Next(carts.Count)]);
            var circuit = $"{number}-{random.Next(4)}";
            switch (random.Next(6))
            {
                case 0 or 1:
                    var page = $"/{random.Next(3)}";
                    nodes[number].Enter(circuit, cart, page);
                    crowd.Enter(circuit, cart, page);
                    break;
                case 2:
                    nodes[number].Leave(circuit);
                    crowd.Leave(circuit);
                    break;
                case 3:
                    var held = new Cart(cart, step, Guid.Empty, [.. Enumerable.Range(0, random.Next(3))]);
                    foreach (var node in nodes) node.Hold(held);
                    crowd.Hold(held);
                    break;
                case 4:
                    Time.Advance(IPresence.Linger);
                    crowd.Expire();
                    break;
                default:
                    if (nodes[number].TakeChanges() is not { } message) break;
                    for (var copies = random.Next(3); copies > 0; copies--) late.Insert(random.Next(late.Count + 1), message);
                    break;
            }
            if (late.Count > 0 && random.Next(2) == 0)
            {
                foreach (var node in nodes.Where(_ => random.Next(4) > 0)) Deliver(late[0], node);
                late.RemoveAt(0);
            }
        }

        Time.Advance(IPresence.Linger);
        crowd.Expire();
        foreach (var teller in nodes)
        {
            var everybody = teller.Everybody();
            foreach (var node in nodes) Deliver(everybody, node);
        }

        var expected = crowd.Recount();
        foreach (var node in nodes)
        {
            Assert.Equal(expected.Shoppers, node.Totals.Shoppers);
            Assert.Equal(expected.Pages.OrderBy(page => page.Key), node.Totals.Pages.OrderBy(page => page.Key));
        }

        void Deliver(PresenceMessage message, ClusterPresence to)
        {
            if (message.Node != NameOf(to)) to.Receive(PresenceMessage.Read(message.Write())!);
        }

        string NameOf(ClusterPresence node) => node.SignOfLife().Node;
    }

    private ClusterPresence NewNode(string name) => new(new InMemoryPresence(Time, Some.Meter), new NodeId(name), Time);

    private void Exchange()
    {
        if (here.TakeChanges() is { } fromHere) Assert.True(there.Receive(PresenceMessage.Read(fromHere.Write())!));
        if (there.TakeChanges() is { } fromThere) Assert.True(here.Receive(PresenceMessage.Read(fromThere.Write())!));
    }
}
