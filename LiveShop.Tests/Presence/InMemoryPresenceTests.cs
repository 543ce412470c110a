using LiveShop.Domain;
using LiveShop.Tests.Harness;
using Microsoft.Extensions.Time.Testing;

namespace LiveShop.Tests;

public sealed class InMemoryPresenceTests : PresenceContract
{
    private readonly InMemoryPresence presence;

    public InMemoryPresenceTests() => presence = new InMemoryPresence(Time, Some.Meter);

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
    [Fact]
    public void A_linger_that_ends_as_the_circuit_comes_back_and_leaves_once_more_is_not_that_of_the_second_time()
    {
        var timers = new BegunTimers();
        var crowd = new InMemoryPresence(timers, Some.Meter);
        crowd.Enter("a", CartId.New(), "/");
        crowd.Leave("a");
        crowd.Enter("a", CartId.New(), "/");
        crowd.Leave("a");

        timers.Callbacks[0]();
        Assert.Equal(1, crowd.Totals.Shoppers);

        timers.Callbacks[1]();
        Assert.True(crowd.IsEmpty);
    }

    /// <summary>Disposing one of its timers comes too late: the callback has begun, and runs when the test says so.</summary>
    private sealed class BegunTimers : TimeProvider
    {
        public List<Action> Callbacks { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Callbacks.Add(() => callback(state));
            return new FakeTimeProvider().CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
