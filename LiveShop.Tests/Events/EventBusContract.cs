using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

/// <summary>What every <see cref="IEventBus"/> promises.</summary>
public abstract class EventBusContract
{
    private static readonly Topic Shoes = new("shoes");
    private static readonly Topic Hats = new("hats");

    protected abstract IEventBus Bus { get; }

    [Fact]
    public async Task A_listener_hears_everything_in_the_order_of_publishing()
    {
        using var listener = new Recorder(Bus, Shoes);

        PublishShoes(1, 200);

        await listener.UntilAsync(200);
        Assert.Equal(Enumerable.Range(1, 200), Numbers(listener.Heard));
    }

    [Fact]
    public async Task Every_listener_of_a_topic_hears_it()
    {
        var listeners = Enumerable.Range(0, 50).Select(_ => new Recorder(Bus, Shoes)).ToList();

        PublishShoes(1, 3);

        foreach (var listener in listeners)
        {
            await listener.UntilAsync(3);
            Assert.Equal([1, 2, 3], Numbers(listener.Heard));
            listener.Dispose();
        }
    }

    [Fact]
    public async Task A_listener_of_another_topic_hears_nothing()
    {
        using var hats = new Recorder(Bus, Hats);

        PublishShoes(1, 10);
        Bus.Publish(new Numbered(Hats, 99));

        await hats.UntilAsync(1);
        Assert.Equal([99], Numbers(hats.Heard));
    }

    [Fact]
    public async Task Subscribing_twice_delivers_twice()
    {
        var heard = 0;
        Task Count(DomainEvent _)
        {
            Interlocked.Increment(ref heard);
            return Task.CompletedTask;
        }
        using var first = Bus.Subscribe(Shoes, Count);
        using var second = Bus.Subscribe(Shoes, Count);

        PublishShoes(1, 1);

        await Eventually.TrueAsync(() => heard == 2);
    }

    [Fact]
    public async Task What_was_published_before_subscribing_is_not_delivered()
    {
        PublishShoes(1, 5);

        using var late = new Recorder(Bus, Shoes);
        PublishShoes(6, 1);

        await late.UntilAsync(1);
        Assert.Equal([6], Numbers(late.Heard));
    }

    [Fact]
    public async Task A_listener_is_called_one_event_at_a_time()
    {
        var (inside, overlapped, heard) = (0, false, 0);
        using var subscription = Bus.Subscribe(Shoes, async _ =>
        {
            overlapped |= Interlocked.Increment(ref inside) > 1;
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            Interlocked.Increment(ref heard);
        });

        PublishShoes(1, 100);

        await Eventually.TrueAsync(() => heard == 100);
        Assert.False(overlapped);
    }

    [Fact]
    public async Task A_slow_listener_delays_neither_the_publisher_nor_the_others()
    {
        using var slow = new SlowListener(Bus, Shoes);
        using var quick = new Recorder(Bus, Shoes);

        PublishShoes(1, 100);

        await quick.UntilAsync(100);
        Assert.Equal([1], Numbers(slow.Heard));
    }

    [Fact]
    public async Task A_slow_listener_loses_its_oldest_events_and_keeps_the_newest()
    {
        using var slow = new SlowListener(Bus, Shoes);
        PublishShoes(1, 1);
        await Eventually.TrueAsync(() => slow.Heard.Count == 1);

        PublishShoes(2, Subscription.Capacity + 44);
        slow.GoOn();

        await Eventually.TrueAsync(() => Numbers(slow.Heard).Contains(Subscription.Capacity + 45));
        Assert.Equal([1, .. Enumerable.Range(46, Subscription.Capacity)], Numbers(slow.Heard));
    }

    [Fact]
    public async Task A_listener_that_fails_goes_on_with_the_next_event_and_hurts_no_other()
    {
        var heard = new List<int>();
        using var failing = Bus.Subscribe(Shoes, shoe =>
        {
            lock (heard) heard.Add(((Numbered)shoe).Number);
            return ((Numbered)shoe).Number == 2 ? Task.FromException(new InvalidOperationException("later")) : throw new InvalidOperationException("at once");
        });
        using var healthy = new Recorder(Bus, Shoes);

        PublishShoes(1, 3);

        await healthy.UntilAsync(3);
        await Eventually.TrueAsync(() => heard.Count == 3);
        Assert.Equal([1, 2, 3], heard);
    }

    [Fact]
    public void Publishing_to_nobody_is_fine() => PublishShoes(1, 3);

    [Fact]
    public async Task A_disposed_subscription_hears_nothing_more_also_of_what_waited_for_it()
    {
        using var slow = new SlowListener(Bus, Shoes);
        PublishShoes(1, 10);
        await Eventually.TrueAsync(() => slow.Heard.Count == 1);

        slow.Dispose();
        slow.GoOn();
        using var witness = new Recorder(Bus, Shoes);
        PublishShoes(11, 1);

        await witness.UntilAsync(1);
        await Eventually.TrueAsync(() => slow.IsIdle);
        Assert.Equal([1], Numbers(slow.Heard));
    }

    [Fact]
    public async Task A_listener_may_dispose_its_own_subscription()
    {
        var heard = 0;
        IDisposable? subscription = null;
        subscription = Bus.Subscribe(Shoes, _ =>
        {
            heard++;
            subscription!.Dispose();
            return Task.CompletedTask;
        });

        PublishShoes(1, 5);

        await Eventually.TrueAsync(() => heard > 0 && Bus.SubscriptionCount == 0);
        Assert.Equal(1, heard);
    }

    [Fact]
    public void Disposing_is_idempotent_and_the_count_follows()
    {
        var shoes = Bus.Subscribe(Shoes, _ => Task.CompletedTask);
        var hats = Bus.Subscribe(Hats, _ => Task.CompletedTask);
        Assert.Equal(2, Bus.SubscriptionCount);

        shoes.Dispose();
        shoes.Dispose();

        Assert.Equal(1, Bus.SubscriptionCount);
        hats.Dispose();
        Assert.Equal(0, Bus.SubscriptionCount);
    }

    [Fact]
    public async Task Crowds_that_come_and_go_while_it_publishes_disturb_nobody()
    {
        using var steady = new Recorder(Bus, Shoes);

        var crowd = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++) Bus.Subscribe(Shoes, _ => Task.CompletedTask).Dispose();
        })));
        for (var number = 1; number <= 200; number++) PublishShoes(number, 1);
        await crowd;

        await steady.UntilAsync(200);
        Assert.Equal(Enumerable.Range(1, 200), Numbers(steady.Heard));
        Assert.Equal(1, Bus.SubscriptionCount);
    }

    private static IEnumerable<int> Numbers(IEnumerable<DomainEvent> heard) => heard.Cast<Numbered>().Select(numbered => numbered.Number);

    private void PublishShoes(int first, int count)
    {
        foreach (var number in Enumerable.Range(first, count)) Bus.Publish(new Numbered(Shoes, number));
    }

    private sealed record Numbered(Topic About, int Number) : DomainEvent
    {
        public override Topic Topic => About;
    }
}
