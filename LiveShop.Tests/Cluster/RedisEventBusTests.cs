using System.Diagnostics.Metrics;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Cluster;

namespace LiveShop.Tests;

/// <summary>To its own listeners a node among others is what it is alone; and it hears the others.</summary>
[Collection(PostgresServer.Collection)]
public sealed class RedisEventBusTests : EventBusContract, IAsyncLifetime
{
    private RedisServer redis = null!;
    private ShopNode node = null!;
    private ShopNode other = null!;

    protected override IEventBus Bus => node.Bus;

    public async Task InitializeAsync()
    {
        redis = await RedisServer.StartAsync();
        (node, other) = (await NewNode().ListenAsync(), await NewNode().ListenAsync());
    }

    public async Task DisposeAsync()
    {
        await other.DisposeAsync();
        await node.DisposeAsync();
        await redis.DisposeAsync();
    }

    [Fact]
    public async Task What_one_node_publishes_every_node_hears_once_and_in_order()
    {
        var cart = CartId.New();
        using var here = new Recorder(node.Bus, Topic.Cart(cart));
        using var there = new Recorder(other.Bus, Topic.Cart(cart));

        for (var version = 1; version <= 200; version++) node.Bus.Publish(Changed(cart, version));
        node.Bus.Publish(Changed(cart, 201));

        await there.UntilAsync(201);
        await here.UntilAsync(201);
        // What the other node publishes now comes by the way on which a second delivery would have come before.
        other.Bus.Publish(Changed(cart, 202));
        await here.UntilAsync(202);
        await there.UntilAsync(202);
        Assert.Equal(Enumerable.Range(1, 202).Select(version => (long)version), Versions(here));
        Assert.Equal(Versions(here), Versions(there));
    }

    [Fact]
    public async Task What_is_this_nodes_own_business_stays_here()
    {
        using var there = new Recorder(other.Bus, Topic.Shelf);
        var cart = CartId.New();
        using var witness = new Recorder(other.Bus, Topic.Cart(cart));

        node.Bus.Publish(new ShelfChanged(node.Inventory.Shelf, [], Replaced: false));
        node.Bus.Publish(Changed(cart, 1));

        await witness.UntilAsync(1);
        Assert.Empty(there.Heard);
    }

    [Fact]
    public async Task A_change_is_on_the_shelf_of_another_node_before_its_listeners_hear_of_anything_told_later()
    {
        var cart = CartId.New();
        var known = new List<bool>();
        using var there = other.Bus.Subscribe(Topic.Cart(cart), changed =>
        {
            known.Add(other.Inventory.Shelf.FindProductOf((int)((CartChanged)changed).Cart.Version) is not null);
            return Task.CompletedTask;
        });

        for (var id = 1; id <= 100; id++)
        {
            node.Bus.Publish(OfProduct(id));
            node.Bus.Publish(Changed(cart, id));
        }

        await Eventually.TrueAsync(() => known.Count == 100);
        Assert.DoesNotContain(false, known);
    }

    [Fact]
    public async Task A_listener_hears_of_a_change_only_when_it_is_on_the_shelf_of_its_node()
    {
        var cart = CartId.New();
        using var marker = new Recorder(other.Bus, Topic.Cart(cart));
        using var there = new Recorder(other.Bus, Topic.Inventory);
        node.Bus.Publish(Changed(cart, 1));
        await marker.UntilAsync(1);
        var received = 0;
        using var meters = new MeterListener();
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == other.Meter && instrument.Name == "liveshop.cluster.messages.received") listener.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<long>((_, _, _, _) => Interlocked.Increment(ref received));
        meters.Start();
        using var hold = new ManualResetEventSlim();
        // A Shelf that is being replaced takes in nothing else.
        var replacing = Task.Run(() => other.Keeper.Replace(Nothing(until: hold)));

        node.Bus.Publish(OfProduct(1));
        await Eventually.TrueAsync(() => received == 1);
        other.Bus.Publish(OfProduct(2));
        await there.UntilAsync(1);
        hold.Set();

        await there.UntilAsync(2);
        Assert.Equal([2, 1], there.Of<ProductChanged>().Select(changed => changed.Product.Id));
        Assert.NotNull(other.Inventory.Shelf.FindProductOf(1));
        await replacing;
    }

    [Fact]
    public async Task Without_redis_it_goes_on_for_its_own_listeners_and_the_others_hear_again_when_it_is_back()
    {
        var cart = CartId.New();
        using var here = new Recorder(node.Bus, Topic.Cart(cart));
        using var there = new Recorder(other.Bus, Topic.Cart(cart));

        await redis.KillAsync();
        await Eventually.TrueAsync(() => !node.Redis.IsReachable && !other.Redis.IsReachable);
        for (var version = 1; version <= 20_000; version++) node.Bus.Publish(Changed(cart, version));
        await Eventually.TrueAsync(() => here.Heard.Count > 0 && ((CartChanged)here.Heard[^1]).Cart.Version == 20_000);
        Assert.Empty(there.Heard);

        await redis.BeginAsync();
        await Eventually.TrueAsync(() =>
        {
            node.Bus.Publish(Changed(cart, 20_001));
            return there.Heard.Count > 0;
        });
        Assert.All(Versions(there), version => Assert.Equal(20_001, version));
    }

    [Fact]
    public async Task A_process_that_ends_right_after_its_event_has_told_it()
    {
        var cart = CartId.New();
        using var there = new Recorder(other.Bus, Topic.Cart(cart));

        await using (var command = NewNode()) command.Bus.Publish(Changed(cart, 1));

        await there.UntilAsync(1);
    }

    [Fact]
    public async Task A_node_that_stops_unsubscribes()
    {
        await other.StopAsync();

        await Eventually.TrueAsync(async () => await redis.AskAsync($"PUBLISH {ClusterNames.Events} x") == ":1");
    }

    [Fact]
    public async Task What_is_no_message_of_a_node_does_not_keep_a_node_from_hearing_the_next_one()
    {
        var cart = CartId.New();
        using var there = new Recorder(other.Bus, Topic.Cart(cart));

        foreach (var nonsense in new[] { "x", "{}", "[1]" }) Assert.Equal(":2", await redis.AskAsync($"PUBLISH {ClusterNames.Events} {nonsense}"));
        node.Bus.Publish(Changed(cart, 1));

        await there.UntilAsync(1);
    }

    /// <summary>Nothing in these tests uses the database.</summary>
    private ShopNode NewNode() => new("Host=/nowhere", redis: redis);

    private static IEnumerable<InventoryEvent> Nothing(ManualResetEventSlim until)
    {
        until.Wait();
        yield break;
    }

    private static ProductChanged OfProduct(int id) => new(new Product(id, $"S{id}", "B", "N", "C", 1, null, null, id, [new Item(id, $"I{id}", 8)]));

    private static CartChanged Changed(CartId cart, long version) => new(new Cart(cart, version, Guid.Empty, [1, 2]));

    private static IEnumerable<long> Versions(Recorder recorder) => recorder.Of<CartChanged>().Select(changed => changed.Cart.Version);
}
