using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Admin;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveShop.Tests;

public sealed class DropFeedTests(PostgresServer postgres) : ShopTests(postgres)
{
    private readonly CountedTime time = new();
    private ShopNode node = null!;
    private DropFeed feed = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        node = await NewNode().Sell().WatchAsync();
        feed = new DropFeed(node.Sales, node.Audit, node.Presence, node.Refusals, node.Inventory, node.Bus, time, NullLogger<DropFeed>.Instance);
        await feed.StartAsync(default);
        await Eventually.TrueAsync(() => time.Waiting == 1);
    }

    public override async Task DisposeAsync()
    {
        await feed.StopAsync(default);
        feed.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Ten_dashboards_are_told_of_one_computation()
    {
        using var told = node.Record(DropFiguresChanged.Dashboards);
        var watches = Enumerable.Range(0, 10).Select(_ => feed.Watch()).ToList();
        await node.AddItemAsync(stock: 5);

        time.Advance(DropFeed.Interval);

        await Eventually.TrueAsync(() => told.Of<DropFiguresChanged>().Any());
        await Eventually.TrueAsync(() => time.Waiting == 1);
        Assert.Equal(5, Assert.Single(told.Of<DropFiguresChanged>()).Figures.Sales.Items.Values.Single().Available);
        foreach (var watch in watches) watch.Dispose();
    }

    [Fact]
    public async Task A_burst_between_two_ticks_is_one_update()
    {
        using var told = node.Record(DropFiguresChanged.Dashboards);
        using var watch = feed.Watch();
        var item = await node.AddItemAsync(stock: 9);
        await feed.RefreshAsync(default);
        for (var i = 0; i < 5; i++) Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(Some.Request(await node.FillCartAsync(item))));

        time.Advance(DropFeed.Interval);

        await Eventually.TrueAsync(() => told.Of<DropFiguresChanged>().Any(changed => changed.Figures.Sales.Orders > 0));
        Assert.Equal([0, 5], told.Of<DropFiguresChanged>().Select(changed => changed.Figures.Sales.Orders));
    }

    [Fact]
    public async Task Nothing_is_told_twice_of_what_did_not_change()
    {
        using var told = node.Record(DropFiguresChanged.Dashboards);
        var item = await node.AddItemAsync(stock: 5);
        for (var i = 0; i < 3; i++) await feed.RefreshAsync(default);
        Assert.Equal(1, await node.Inventory.SellAtRandomAsync(1, "crowd"));

        await feed.RefreshAsync(default);

        await Eventually.TrueAsync(() => told.Of<DropFiguresChanged>().Any(changed => changed.Figures.Sales.Items[item].Sold == 1));
        // The charts may have begun another span meanwhile, which is news.
        Assert.Equal(told.Heard.Count, told.Of<DropFiguresChanged>().Select(changed => changed.Figures).Distinct().Count());
    }

    [Fact]
    public async Task While_nobody_looks_nothing_is_read_from_the_database()
    {
        feed.Watch().Dispose();
        await node.AddItemAsync(stock: 5);

        for (var tick = 0; tick < 3; tick++)
        {
            time.Advance(DropFeed.Interval);
            await Eventually.TrueAsync(() => time.Waiting == 1);
        }

        Assert.Same(DropFigures.None, feed.Current);
    }

    [Fact]
    public async Task The_charts_begin_with_what_was_sold_before_anybody_looked()
    {
        var item = await node.AddItemAsync(stock: 5);
        await BuyAsync(item);

        await feed.RefreshAsync(default);

        Assert.Equal((1, 120m), (feed.Current.Charts.Recent[^1].Orders, feed.Current.Charts.Recent[^1].Revenue));
    }

    [Fact]
    public async Task The_chart_of_the_whole_drop_begins_with_its_first_release()
    {
        await feed.RefreshAsync(default);
        Assert.Empty(feed.Current.Charts.WholeDrop);
        var item = await node.AddItemAsync(stock: 5);
        await BuyAsync(item);
        using var later = new DropFeed(node.Sales, node.Audit, node.Presence, node.Refusals, node.Inventory, node.Bus, time, NullLogger<DropFeed>.Instance);

        await later.RefreshAsync(default);

        var released = node.Inventory.Shelf.FindProductOf(item)!.ReleasedAt!.Value;
        Assert.InRange(released - later.Current.Charts.WholeDrop[0].At, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal((1, 120m), (later.Current.Charts.WholeDrop[^1].Orders, later.Current.Charts.WholeDrop[^1].Revenue));
    }

    [Fact]
    public async Task Charts_stay_the_same_object_for_as_long_as_they_show_the_same()
    {
        using var watch = feed.Watch();
        await feed.RefreshAsync(default);
        var charts = feed.Current.Charts;
        await node.AddItemAsync(stock: 5);

        await feed.RefreshAsync(default);

        Assert.Same(charts, feed.Current.Charts);
    }

    [Fact]
    public async Task While_the_database_is_away_what_was_read_before_stays()
    {
        await using var link = new DatabaseLink(Database);
        var cut = await NewNode(connectionString: link.ConnectionString).WatchAsync();
        await cut.AddItemAsync(stock: 5);
        using var other = new DropFeed(cut.Sales, cut.Audit, cut.Presence, cut.Refusals, cut.Inventory, cut.Bus, time, NullLogger<DropFeed>.Instance);
        await other.RefreshAsync(default);

        link.Cut();
        await other.RefreshAsync(default);

        Assert.False(other.Current.IsFresh);
        Assert.NotEmpty(other.Current.Happened);
    }

    private async Task BuyAsync(int item) => Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(Some.Request(await node.FillCartAsync(item))));
}
