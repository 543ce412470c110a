using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Cluster;
using StackExchange.Redis;

namespace LiveShop.Tests;

/// <summary>Whatever becomes of the messages between nodes, all nodes agree with the database soon after, and sales stay right.</summary>
public sealed class ClusterHealingTests(PostgresServer postgres) : ShopTests(postgres)
{
    private const int Stock = 400;

    private readonly Random random = new(23);
    private readonly List<RedisServer> servers = [];
    private readonly List<ConnectionMultiplexer> relays = [];
    private readonly List<ShopNode> nodes = [];
    private readonly List<CartId> carts = [.. Enumerable.Range(0, 5).Select(_ => CartId.New())];
    private List<int> items = [];

    public override async Task DisposeAsync()
    {
        foreach (var relay in relays) await relay.CloseAsync();
        await base.DisposeAsync();
        foreach (var server in servers) await server.DisposeAsync();
    }

    [Fact]
    public async Task Messages_are_lost_doubled_late_and_in_another_order()
    {
        for (var i = 0; i < 3; i++) servers.Add(await RedisServer.StartAsync());
        await OpenAsync(servers);
        // Each node has a Redis of its own; what it says there reaches the others through hands that shake.
        foreach (var (from, node) in servers.Zip(nodes))
        {
            foreach (var to in servers.Where(server => server != from)) await RelayAsync(from, node, to);
        }

        for (var round = 0; round < 4; round++)
        {
            await Task.WhenAll(nodes.Select(TradeAsync));
            await AllAgreeAsync();
        }
        await SoldRightAsync();
    }

    [Fact]
    public async Task Redis_is_killed_started_again_and_emptied_in_mid_drop()
    {
        servers.Add(await RedisServer.StartAsync());
        var redis = servers[0];
        await OpenAsync([redis, redis, redis]);
        foreach (var disaster in new Func<Task>[] { redis.KillAsync, redis.BeginAsync, async () => Assert.Equal("+OK", await redis.AskAsync("FLUSHALL")) })
        {
            var trade = Task.WhenAll(nodes.Select(TradeAsync));
            await disaster();
            await trade;
            await AllAgreeAsync();
        }
        await SoldRightAsync();
    }

    [Fact]
    public async Task A_node_that_started_before_redis_hears_the_others_when_it_is_there()
    {
        servers.Add(await RedisServer.StartAsync());
        var redis = servers[0];
        await redis.KillAsync();
        var node = await NewNode(redis: redis).WatchAsync();
        Assert.False(node.Redis.IsReachable);
        var listening = node.ListenAsync();

        await redis.BeginAsync();

        await listening;
        Assert.True(node.Redis.IsReachable);
    }

    private async Task OpenAsync(IEnumerable<RedisServer> ofNodes)
    {
        foreach (var server in ofNodes) nodes.Add((await (await NewNode(redis: server).WatchAsync()).ListenAsync()).Sell().WatchCarts());
        items = [.. (await nodes[0].AddProductAsync("P", Stock, sizes: [7, 8, 9, 10])).Items.Select(item => item.Id)];
        foreach (var node in nodes)
        {
            foreach (var cart in carts)
            {
                node.Presence.Enter(cart.Value, cart, "/");
                node.Bus.Subscribe(Topic.Cart(cart), changed =>
                {
                    node.Presence.Hold(((CartChanged)changed).Cart);
                    return Task.CompletedTask;
                });
            }
        }
        await AllAgreeAsync();
    }

    private async Task RelayAsync(RedisServer from, ShopNode speaker, RedisServer to)
    {
        var (source, target) = (await ConnectionMultiplexer.ConnectAsync(from.Address), await ConnectionMultiplexer.ConnectAsync(to.Address));
        relays.AddRange([source, target]);
        await source.GetSubscriber().SubscribeAsync(ClusterNames.Events, (channel, value) =>
        {
            if (NodeMessage.Read(value)?.Node != speaker.NodeId.Value) return;
            for (var copies = Next(4) switch { 0 => 0, 1 => 2, _ => 1 }; copies > 0; copies--) _ = PassOnAsync(value);
        });

        async Task PassOnAsync(RedisValue value)
        {
            await Task.Delay(Next(3) == 0 ? Next(400) : 0);
            await target.GetSubscriber().PublishAsync(ClusterNames.Events, value);
        }
    }

    /// <summary>A while of what happens on one node during a drop.</summary>
    private async Task TradeAsync(ShopNode node)
    {
        for (var step = 0; step < 25; step++)
        {
            var (item, cart) = (items[Next(items.Count)], carts[Next(carts.Count)]);
            switch (Next(6))
            {
                case 0:
                    await node.Carts.AddAsync(cart, item);
                    break;
                case 1:
                    await node.Carts.RemoveAsync(cart, item);
                    break;
                case 2:
                    await node.Inventory.SellAtRandomAsync(Next(5), "crowd");
                    break;
                case 3:
                    await node.DropControl.CorrectStockAsync(item, Next(2) == 0 ? 7 : -7, "counted", "ana");
                    break;
                default:
                    if ((await node.CartAsync(cart)) is { ItemIds.IsEmpty: false } held) await node.Checkout.PlaceOrderAsync(Some.Request(held));
                    break;
            }
            await Task.Delay(Next(20));
        }
    }

    private Task AllAgreeAsync() => Eventually.TrueAsync(
        async () =>
        {
            var (available, versions) = (await Database.AvailableAsync(), await Database.ReadAllAsync<long>("select version from availabilities order by item_id"));
            var inDatabase = items.Zip(available, versions).Select(row => (row.First, new Availability(row.Second, row.Third)));
            var held = await Task.WhenAll(carts.Select(nodes[0].CartAsync));
            return nodes.All(node => inDatabase.SequenceEqual(items.Select(item => (item, node.Inventory.Shelf.AvailabilityOf(item)))) && !held.Any(node.IsBehind));
        },
        // What docs/cluster.md promises.
        within: TimeSpan.FromSeconds(5));

    private async Task SoldRightAsync()
    {
        Assert.Empty(await Database.ItemsWithAWrongLedgerAsync());
        Assert.True(await Database.ReadAsync<long>("select count(*) from orders") > 0);
        Assert.Equal(
            await Database.ReadAllAsync<int>("select item_id from order_lines order by order_id, item_id"),
            await Database.ReadAllAsync<int>("select item_id from stock_movements where reason = 'sale' and order_id is not null order by order_id, item_id"));
    }

    private int Next(int below)
    {
        lock (random) return random.Next(below);
    }
}
