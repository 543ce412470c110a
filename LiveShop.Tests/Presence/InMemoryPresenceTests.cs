using LiveShop.Domain;

namespace LiveShop.Tests;

public sealed class InMemoryPresenceTests : PresenceContract
{
    private readonly InMemoryPresence presence;

    public InMemoryPresenceTests() => presence = new InMemoryPresence(Time);

    protected override IPresence Presence => presence;

    [Fact]
    public void Nothing_is_kept_of_those_who_left()
    {
        var cart = CartId.New();
        Presence.Enter("a", cart, "/");
        Presence.Enter("b", cart, "/checkout");
        Presence.Hold(new Cart(cart, 1, Guid.NewGuid(), [1, 2]));
        Presence.Leave("a");
        Presence.Enter("c", cart, "/");
        Presence.Leave("b");
        Presence.Leave("c");
        Assert.False(presence.IsEmpty);

        Time.Advance(IPresence.Linger);

        Assert.True(presence.IsEmpty);
        Assert.Equal(0, Time.Waiting);
    }
}
