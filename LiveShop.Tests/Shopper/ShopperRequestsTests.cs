using System.Runtime.CompilerServices;
using System.Threading.RateLimiting;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Shopper;

namespace LiveShop.Tests;

public sealed class ShopperRequestsTests : IDisposable
{
    private const int AtOnce = 2;
    private const int MayWait = 4 * AtOnce;

    private readonly PartitionedRateLimiter<CartId> requests = ShopperRequests.NewLimiter(ShopTab.Settings with { RequestsPerShopper = AtOnce });
    private readonly CartId shopper = CartId.New();

    public void Dispose() => requests.Dispose();

    [Fact]
    public async Task So_many_requests_of_a_shopper_run_at_once_and_the_next_waits()
    {
        var first = EnterAtOnce();
        EnterAtOnce();
        var next = EnterAsync();
        Assert.False(next.IsCompleted);

        first.Dispose();

        Assert.True((await Eventually.GetAsync(next)).IsAcquired);
    }

    [Fact]
    public async Task Those_who_wait_go_in_the_order_of_coming()
    {
        using var oneAtATime = ShopperRequests.NewLimiter(ShopTab.Settings with { RequestsPerShopper = 1 });
        var first = await oneAtATime.AcquireAsync(shopper);
        var order = new List<int>();
        var waiting = Enumerable.Range(0, 4).Select(PassAsync).ToList();

        first.Dispose();
        await Eventually.TrueAsync(() => waiting.All(task => task.IsCompleted));

        Assert.Equal([0, 1, 2, 3], order);

        async Task PassAsync(int number)
        {
            using var turn = await oneAtATime.AcquireAsync(shopper);
            order.Add(number);
        }
    }

    [Fact]
    public async Task Past_a_few_that_wait_the_rest_are_refused_at_once()
    {
        for (var i = 0; i < AtOnce; i++) EnterAtOnce();
        var waiting = Enumerable.Range(0, MayWait).Select(_ => EnterAsync()).ToList();

        var refused = EnterAsync();

        Assert.True(refused.IsCompleted);
        Assert.False((await refused).IsAcquired);
        Assert.All(waiting, task => Assert.False(task.IsCompleted));
    }

    [Fact]
    public async Task Who_was_refused_may_come_again_when_somebody_left()
    {
        var first = EnterAtOnce();
        EnterAtOnce();
        for (var i = 0; i < MayWait; i++) _ = EnterAsync();
        Assert.False((await Eventually.GetAsync(EnterAsync())).IsAcquired);

        first.Dispose();

        Assert.False(EnterAsync().IsCompleted);
    }

    [Fact]
    public void Shoppers_do_not_wait_for_each_other()
    {
        for (var i = 0; i < AtOnce; i++) EnterAtOnce();

        Assert.True(requests.AttemptAcquire(CartId.New()).IsAcquired);
    }

    [Fact]
    public async Task Leaving_twice_lets_one_in()
    {
        var first = EnterAtOnce();
        EnterAtOnce();
        var (next, afterNext) = (EnterAsync(), EnterAsync());

        first.Dispose();
        first.Dispose();

        await Eventually.GetAsync(next);
        Assert.False(afterNext.IsCompleted);
    }

    [Fact]
    public async Task A_shopper_with_nothing_under_way_soon_takes_no_memory()
    {
        var gone = Visit();

        await Eventually.TrueAsync(() =>
        {
            GC.Collect();
            return !gone.IsAlive;
        });
    }

    [Fact]
    public async Task Under_a_crowd_of_clicks_there_are_never_more_than_so_many_at_once()
    {
        var (inside, most) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(ClickAsync)));

        Assert.InRange(most, 1, AtOnce);

        async Task ClickAsync()
        {
            using var turn = await requests.AcquireAsync(shopper);
            if (!turn.IsAcquired) return;
            var now = Interlocked.Increment(ref inside);
            for (var seen = most; now > seen; seen = most) Interlocked.CompareExchange(ref most, now, seen);
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        }
    }

    private Task<RateLimitLease> EnterAsync() => requests.AcquireAsync(shopper).AsTask();

    private RateLimitLease EnterAtOnce()
    {
        var turn = requests.AttemptAcquire(shopper);
        Assert.True(turn.IsAcquired);
        return turn;
    }

    /// <summary>The id of a shopper who comes and goes; the limiter holds it for as long as it keeps anything of the shopper.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Visit()
    {
        var visitor = CartId.New();
        requests.AttemptAcquire(visitor).Dispose();
        return new WeakReference(visitor.Value);
    }
}
