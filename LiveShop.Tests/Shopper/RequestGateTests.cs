using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Shopper;

namespace LiveShop.Tests;

public sealed class RequestGateTests
{
    private const int AtOnce = 2;
    private const int MayWait = 4 * AtOnce;

    private readonly RequestGate gate = new(ShopTab.Settings with { RequestsPerShopper = AtOnce });
    private readonly CartId shopper = CartId.New();

    [Fact]
    public async Task So_many_requests_of_a_shopper_run_at_once_and_the_next_waits()
    {
        var first = await EnterAtOnceAsync();
        await EnterAtOnceAsync();
        var next = gate.EnterAsync(shopper);
        Assert.False(next.IsCompleted);

        first.Dispose();

        Assert.NotNull(await Eventually.GetAsync(next));
    }

    [Fact]
    public async Task Those_who_wait_go_in_the_order_of_coming()
    {
        var oneAtATime = new RequestGate(ShopTab.Settings with { RequestsPerShopper = 1 });
        var first = await oneAtATime.EnterAsync(shopper);
        var order = new List<int>();
        var waiting = Enumerable.Range(0, 4).Select(PassAsync).ToList();

        first!.Dispose();
        await Eventually.TrueAsync(() => waiting.All(task => task.IsCompleted));

        Assert.Equal([0, 1, 2, 3], order);

        async Task PassAsync(int number)
        {
            using var turn = await oneAtATime.EnterAsync(shopper);
            order.Add(number);
        }
    }

    [Fact]
    public async Task Past_a_few_that_wait_the_rest_are_refused_at_once()
    {
        await EnterAtOnceAsync();
        await EnterAtOnceAsync();
        var waiting = Enumerable.Range(0, MayWait).Select(_ => gate.EnterAsync(shopper)).ToList();

        var refused = gate.EnterAsync(shopper);

        Assert.True(refused.IsCompleted);
        Assert.Null(await refused);
        Assert.All(waiting, task => Assert.False(task.IsCompleted));
    }

    [Fact]
    public async Task Who_was_refused_may_come_again_when_somebody_left()
    {
        var first = await EnterAtOnceAsync();
        await EnterAtOnceAsync();
        for (var i = 0; i < MayWait; i++) _ = gate.EnterAsync(shopper);
        Assert.Null(await Eventually.GetAsync(gate.EnterAsync(shopper)));

        first.Dispose();

        Assert.False(gate.EnterAsync(shopper).IsCompleted);
    }

    [Fact]
    public async Task Shoppers_do_not_wait_for_each_other()
    {
        for (var i = 0; i < AtOnce; i++) await EnterAtOnceAsync();

        Assert.True(gate.EnterAsync(CartId.New()).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Leaving_twice_lets_one_in()
    {
        var first = await EnterAtOnceAsync();
        await EnterAtOnceAsync();
        var (next, afterNext) = (gate.EnterAsync(shopper), gate.EnterAsync(shopper));

        first.Dispose();
        first.Dispose();

        await Eventually.GetAsync(next);
        Assert.False(afterNext.IsCompleted);
    }

    [Fact]
    public async Task A_shopper_with_nothing_under_way_takes_no_memory()
    {
        var turns = new[] { await EnterAtOnceAsync(), await EnterAtOnceAsync() };
        Assert.Equal(1, gate.ShopperCount);

        foreach (var turn in turns) turn.Dispose();

        Assert.Equal(0, gate.ShopperCount);
    }

    [Fact]
    public async Task Under_a_crowd_of_clicks_there_are_never_more_than_so_many_at_once()
    {
        var (inside, most) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(ClickAsync)));

        Assert.InRange(most, 1, AtOnce);
        Assert.Equal(0, gate.ShopperCount);

        async Task ClickAsync()
        {
            using var turn = await gate.EnterAsync(shopper);
            if (turn is null) return;
            var now = Interlocked.Increment(ref inside);
            for (var seen = most; now > seen; seen = most) Interlocked.CompareExchange(ref most, now, seen);
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        }
    }

    private async Task<IDisposable> EnterAtOnceAsync()
    {
        var entering = gate.EnterAsync(shopper);
        Assert.True(entering.IsCompletedSuccessfully);
        return (await entering)!;
    }
}
