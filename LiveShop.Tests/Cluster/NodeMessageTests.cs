using System.Text;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Admin;
using LiveShop.Web.Cluster;

namespace LiveShop.Tests;

public sealed class NodeMessageTests
{
    private static readonly NodeId Node = new("n1");
    private static readonly DateTimeOffset Time = new(2026, 11, 21, 10, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public void What_is_read_is_what_was_written()
    {
        var cart = CartId.New();
        var product = new Product(
            3, "SKU", "Brand", "Name \"é\"", "white", 129.90m, Time, null, 77, [new Item(5, "SKU-5", 8.5m, "damaged"), new Item(6, "SKU-6", 9)], "stopped", Time, "abc");
        AssertSame(new AvailabilityChanged(5, new Availability(12, 99)) { CommittedAt = Time });
        AssertSame(new AvailabilityChanged(5, new Availability(0, 100)));
        AssertSame(new SessionsEnded("user"));

        var read = Assert.IsType<ProductChanged>(Through(new ProductChanged(product) { CommittedAt = Time }));
        Assert.Equal((product with { Items = [] }, Time), (read.Product with { Items = [] }, read.CommittedAt));
        Assert.Equal(product.Items.AsEnumerable(), read.Product.Items.AsEnumerable());

        var changed = Assert.IsType<CartChanged>(Through(new CartChanged(new Cart(cart, 8, Guid.NewGuid(), [5, 6]), "LS-1")));
        Assert.Equal((cart, 8, "LS-1"), (changed.Cart.Id, changed.Cart.Version, changed.OrderNumber));
        Assert.Equal([5, 6], changed.Cart.ItemIds.AsEnumerable());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("junk")]
    [InlineData("""{"version":2,"node":"n2","availability":{"itemId":1,"count":2,"version":3}}""")]
    public void What_another_release_means_otherwise_is_not_understood(string text) => Assert.Null(NodeMessage.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void What_a_later_release_has_added_is_ignored()
    {
        var message = NodeMessage.Read("""{"version":1,"node":"n2","mood":"fine","availability":{"itemId":1,"count":2,"version":3,"place":"Basel"}}"""u8.ToArray());

        Assert.Equal(new AvailabilityChanged(1, new Availability(2, 3)), message?.ToEvent());
        Assert.Null(NodeMessage.Read("""{"version":1,"node":"n2","mood":"fine"}"""u8.ToArray())?.ToEvent());
    }

    private static void AssertSame(DomainEvent domainEvent) => Assert.Equal(domainEvent, Through(domainEvent));

    private static DomainEvent? Through(DomainEvent domainEvent)
    {
        var message = NodeMessage.Read(NodeMessage.Write(Node, domainEvent));
        Assert.Equal(Node.Value, message?.Node);
        return message?.ToEvent();
    }
}
