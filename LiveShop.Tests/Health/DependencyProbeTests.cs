using LiveShop.Tests.Harness;
using LiveShop.Web.Cluster;
using LiveShop.Web.Health;
using Microsoft.Extensions.DependencyInjection;

namespace LiveShop.Tests;

public sealed class DependencyProbeTests
{
    [Fact]
    public async Task The_check_of_a_node_in_a_cluster_fails_while_redis_hangs()
    {
        await using var redis = await RedisServer.StartAsync();
        var settings = ShopTab.Settings with { Redis = redis.Address };
        await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
            .AddCluster(settings).AddClusterMember(settings).AddSingleton<DependencyProbe>().BuildServiceProvider();
        using var probe = services.GetRequiredService<DependencyProbe>();
        var link = services.GetRequiredService<RedisLink>();
        await Eventually.TrueAsync(() => link.IsReachable);
        await probe.StartAsync(default);

        await redis.FreezeAsync();
        await Eventually.TrueAsync(() => probe.HasFailed(Readiness.RedisCheck));
        await redis.ThawAsync();
        await Eventually.TrueAsync(() => !probe.HasFailed(Readiness.RedisCheck));

        await probe.StopAsync(default);
    }
}
