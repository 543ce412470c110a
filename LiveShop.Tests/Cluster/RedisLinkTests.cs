using LiveShop.Tests.Harness;
using LiveShop.Web.Cluster;

namespace LiveShop.Tests;

public sealed class RedisLinkTests : IAsyncLifetime
{
    private const string Lost = "Redis is out of reach";
    private const string Reached = "Redis is reachable";

    private readonly RecordedLog<RedisLink> log = new();
    private RedisServer redis = null!;

    public async Task InitializeAsync() => redis = await RedisServer.StartAsync();

    public async Task DisposeAsync() => await redis.DisposeAsync();

    [Fact]
    public async Task That_it_is_gone_and_that_it_is_back_is_logged_once_each()
    {
        await using var link = RedisLink.Open(redis.Address, log);
        await Eventually.TrueAsync(() => link.IsReachable);

        await redis.KillAsync();
        await Eventually.TrueAsync(() => !link.IsReachable && log.Count(Lost) == 1);
        await redis.BeginAsync();
        await Eventually.TrueAsync(() => link.IsReachable && log.Count(Reached) == 2);

        Assert.Equal((1, 2), (log.Count(Lost), log.Count(Reached)));
    }

    [Fact]
    public async Task One_that_was_not_there_at_the_start_is_logged_too()
    {
        await redis.KillAsync();
        await using var link = RedisLink.Open(redis.Address, log);

        Assert.False(link.IsReachable);
        await Eventually.TrueAsync(() => log.Count(Lost) == 1);

        await redis.BeginAsync();
        await Eventually.TrueAsync(() => link.IsReachable);
        Assert.Equal((1, 1), (log.Count(Lost), log.Count(Reached)));
    }

    [Fact]
    public async Task One_that_hangs_is_out_of_reach_until_it_answers_again()
    {
        await using var link = RedisLink.Open(redis.Address, log);
        await Eventually.TrueAsync(() => link.IsReachable);

        await redis.FreezeAsync();
        await Eventually.TrueAsync(() => Task.FromResult(!link.IsReachable), within: TimeSpan.FromSeconds(8));
        await redis.ThawAsync();

        await Eventually.TrueAsync(() => link.IsReachable);
        Assert.Equal((1, 2), (log.Count(Lost), log.Count(Reached)));
    }
}
