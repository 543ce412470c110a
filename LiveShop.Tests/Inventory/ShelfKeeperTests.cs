using LiveShop.Domain;
using LiveShop.Tests.Harness;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveShop.Tests;

public sealed class ShelfKeeperTests : IAsyncLifetime
{
    private const int Item = 11;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly CountedTime time = new();
    private readonly InProcessEventBus bus = new(NullLogger<InProcessEventBus>.Instance, Some.Meter);
    private readonly CancellationTokenSource stop = new();
    private readonly ShelfKeeper keeper;
    private readonly Recorder notices;
    private Task announcing = Task.CompletedTask;
    private long version;

    public ShelfKeeperTests()
    {
        keeper = new ShelfKeeper(bus, ShopSettings.Default, new InventoryMetrics(Some.Meter), time);
        notices = new Recorder(bus, Topic.Shelf);
    }

    public Task InitializeAsync()
    {
        announcing = keeper.AnnounceAsync(stop.Token);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task The_first_change_is_announced_at_once_with_the_Shelf_that_holds_it()
    {
        PutProduct(1);

        var notice = await FirstNoticeAsync();
        Assert.Equal([1], notice.Products);
        Assert.False(notice.Replaced);
        Assert.Same(keeper.Current, notice.Shelf);
        Assert.NotNull(notice.Shelf.FindProduct(1));
    }

    [Fact]
    public async Task A_burst_gives_one_notice_each_50_ms_that_names_all_that_changed()
    {
        PutProduct(1);
        await FirstNoticeAsync();
        await UntilItPausesAsync();

        foreach (var id in Enumerable.Range(2, 9)) PutProduct(id);
        time.Advance(Pause - TimeSpan.FromMilliseconds(1));
        Assert.Single(notices.Heard);
        time.Advance(TimeSpan.FromMilliseconds(1));

        await notices.UntilAsync(2);
        Assert.Equal(Enumerable.Range(2, 9), notices.Of<ShelfChanged>()[1].Products.Order());
        await UntilItPausesAsync();
        time.Advance(Pause);
        await UntilItHasNothingToSayAsync();
        Assert.Equal(2, notices.Heard.Count);
    }

    [Fact]
    public async Task A_storm_of_changes_for_a_second_gives_at_most_one_notice_each_50_ms()
    {
        PutProduct(1, stock: 0);
        await FirstNoticeAsync();

        for (var elapsed = TimeSpan.Zero; elapsed < TimeSpan.FromSeconds(1); elapsed += TimeSpan.FromMilliseconds(10))
        {
            await UntilItPausesAsync();
            PutStock(elapsed.Milliseconds / 10 % 2 == 0 ? 700 : 0);
            time.Advance(TimeSpan.FromMilliseconds(10));
        }

        await notices.UntilAsync(20);
        await UntilItPausesAsync();
        Assert.InRange(notices.Heard.Count, 20, 21);
    }

    [Fact]
    public async Task A_change_inside_a_level_announces_nothing()
    {
        PutProduct(1, stock: 700);
        await FirstNoticeAsync();
        await PassAPauseAsync();
        var before = notices.Heard.Count;

        PutStock(699);
        PutStock(500);
        await UntilItHasNothingToSayAsync();
        PutProduct(2, stock: 500);

        await notices.UntilAsync(before + 1);
        Assert.Equal([2], notices.Of<ShelfChanged>()[before].Products);
        Assert.Equal(500, keeper.Current.AvailabilityOf(Item).Count);
    }

    [Fact]
    public async Task Reaching_out_is_announced()
    {
        PutProduct(1, stock: 1);
        await FirstNoticeAsync();
        await PassAPauseAsync();

        PutStock(0);

        await Eventually.TrueAsync(() => notices.Of<ShelfChanged>()[^1].Shelf.Listings[0].IsSoldOut);
        Assert.Equal([1], notices.Of<ShelfChanged>()[^1].Products);
    }

    [Fact]
    public async Task The_Shelf_is_exchanged_before_anybody_is_told()
    {
        var found = new List<bool>();
        using var listener = bus.Subscribe(Topic.Shelf, notice =>
        {
            lock (found) found.Add(((ShelfChanged)notice).Products.All(id => keeper.Current.FindProduct(id) is not null));
            return Task.CompletedTask;
        });

        for (var id = 1; id <= 20; id++)
        {
            PutProduct(id);
            await UntilItPausesAsync();
            time.Advance(Pause);
        }

        await Eventually.TrueAsync(() => found.Count >= 20);
        Assert.All(found, Assert.True);
    }

    [Fact]
    public async Task Replacing_forgets_what_was_there_and_says_so()
    {
        PutProduct(1);
        await FirstNoticeAsync();
        await PassAPauseAsync();

        keeper.Replace([new ProductChanged(Product(2, version: 1))]);

        await Eventually.TrueAsync(() => notices.Of<ShelfChanged>()[^1].Replaced);
        Assert.Equal([2], keeper.Current.Products.Select(product => product.Id));
        Assert.Contains(1, notices.Of<ShelfChanged>()[^1].Products);
    }

    public async Task DisposeAsync()
    {
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => announcing);
        notices.Dispose();
        keeper.Dispose();
        stop.Dispose();
    }

    private void PutProduct(int id, int stock = 0) => keeper.Apply([new ProductChanged(Product(id, ++version)), Stock(stock)]);

    private void PutStock(int count) => keeper.Apply([Stock(count)]);

    private AvailabilityChanged Stock(int count) => new(Item, new Availability(count, ++version));

    private static Product Product(int id, long version) => new(
        id, $"SKU{id}", "brand", "name", "black", 120, DateTimeOffset.UnixEpoch, null, version, id == 1 ? [new Item(Item, "SKU1-8", 8)] : []);

    private async Task<ShelfChanged> FirstNoticeAsync()
    {
        await notices.UntilAsync(1);
        return notices.Of<ShelfChanged>()[0];
    }

    private Task UntilItPausesAsync() => Eventually.TrueAsync(() => time.Waiting == 1);

    private async Task PassAPauseAsync()
    {
        await UntilItPausesAsync();
        time.Advance(Pause);
        await UntilItHasNothingToSayAsync();
    }

    private Task UntilItHasNothingToSayAsync() => Eventually.TrueAsync(() =>
    {
        if (time.Waiting == 0) return true;
        time.Advance(Pause);
        return false;
    });
}
