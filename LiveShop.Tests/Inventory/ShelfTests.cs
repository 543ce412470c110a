using System.Collections.Immutable;
using LiveShop.Domain;

namespace LiveShop.Tests;

public sealed class ShelfTests
{
    private const int HopMan = 1;
    private const int Size8 = 11;
    private const int Size9 = 12;
    private static readonly Shelf Empty = Shelf.Empty(StockLevels.Default);

    [Fact]
    public void An_empty_Shelf_lists_nothing()
    {
        Assert.Empty(Empty.Listings);
        Assert.Null(Empty.FindProduct(HopMan));
        Assert.Null(Empty.FindProductOf(Size8));
        Assert.Equal(StockLevel.Out, Empty.LevelOf(Size8));
    }

    [Fact]
    public void A_product_that_is_coming_soon_is_listed_without_sizes()
    {
        var shelf = Empty.Apply([Unreleased(version: 1), Available(Size8, 700, version: 2)]);

        var listing = Assert.Single(shelf.Listings);
        Assert.False(listing.IsReleased);
        Assert.Empty(listing.Sizes);
        Assert.False(listing.IsSoldOut);
    }

    [Fact]
    public void A_released_product_is_listed_with_the_level_of_each_size_in_order()
    {
        var shelf = Empty.Apply([Released(version: 1), Available(Size9, 700, version: 2), Available(Size8, 3, version: 3)]);

        Assert.Equal([new(Size8, 8m, StockLevel.Low), new(Size9, 9m, StockLevel.High)], shelf.Listings.Single().Sizes.AsEnumerable());
    }

    [Fact]
    public void A_schedule_shows_until_the_release()
    {
        var at = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
        var scheduled = Empty.Apply([new ProductChanged(Product(1, releasedAt: null) with { ScheduledAt = at })]);
        Assert.Equal(at, scheduled.Listings.Single().ScheduledAt);

        var released = scheduled.Apply([new ProductChanged(Product(2, releasedAt: at) with { ScheduledAt = at })]);

        Assert.Null(released.Listings.Single().ScheduledAt);
    }

    [Fact]
    public void A_product_is_sold_out_when_every_size_is()
    {
        var half = Empty.Apply([Released(version: 1), Available(Size8, 0, version: 2), Available(Size9, 1, version: 3)]);
        Assert.False(half.Listings.Single().IsSoldOut);

        Assert.True(half.Apply([Available(Size9, 0, version: 4)]).Listings.Single().IsSoldOut);
    }

    [Fact]
    public void Products_are_listed_in_the_order_of_their_ids()
    {
        var shelf = Empty.Apply(new[] { 5, 2, 9, 1 }.Select(id => new ProductChanged(Product(1, releasedAt: null) with { Id = id, Items = [] })));

        Assert.Equal([1, 2, 5, 9], shelf.Listings.Select(listing => listing.ProductId));
        Assert.Equal([1, 2, 5, 9], shelf.Products.Select(product => product.Id));
    }

    [Fact]
    public void Availability_that_comes_before_its_product_is_kept_for_it()
    {
        var early = Empty.Apply([Available(Size8, 3, version: 9)]);
        Assert.Empty(early.Listings);
        Assert.Null(early.FindProductOf(Size8));

        var shelf = early.Apply([Released(version: 1)]);

        Assert.Equal(StockLevel.Low, shelf.Listings.Single().Sizes[0].Level);
    }

    [Fact]
    public void What_is_not_newer_is_ignored()
    {
        var shelf = Empty.Apply([Released(version: 5), Available(Size8, 3, version: 6)]);

        Assert.Same(shelf, shelf.Apply([Available(Size8, 900, version: 6), Available(Size8, 900, version: 2), Unreleased(version: 5), Unreleased(version: 4)]));
    }

    [Fact]
    public void Nothing_gives_the_very_same_Shelf() => Assert.Same(Empty, Empty.Apply([]));

    [Fact]
    public void A_change_inside_a_level_keeps_the_very_same_listings()
    {
        var before = Empty.Apply([Released(version: 1), Available(Size8, 140, version: 2)]);

        var after = before.Apply([Available(Size8, 139, version: 3)]);

        Assert.Equal(139, after.AvailabilityOf(Size8).Count);
        Assert.Same(before.Listings.Single(), after.Listings.Single());
        Assert.Empty(after.ListingsChangedSince(before));
    }

    [Fact]
    public void A_change_of_stock_before_the_release_is_not_public()
    {
        var before = Empty.Apply([Unreleased(version: 1), Available(Size8, 140, version: 2)]);

        Assert.Empty(before.Apply([Available(Size8, 0, version: 3)]).ListingsChangedSince(before));
    }

    [Fact]
    public void Only_the_products_that_changed_are_named_and_the_others_keep_their_instance()
    {
        var other = new ProductChanged(Product(1, releasedAt: null) with { Id = 2, Items = [] });
        var before = Empty.Apply([Released(version: 1), Available(Size8, 150, version: 2), other]);

        var after = before.Apply([Available(Size8, 149, version: 3)]);

        Assert.Equal([HopMan], after.ListingsChangedSince(before));
        Assert.Same(before.Listings[1], after.Listings[1]);
    }

    [Fact]
    public void Products_that_came_or_went_are_named()
    {
        var one = Empty.Apply([Released(version: 1)]);

        Assert.Equal([HopMan], one.ListingsChangedSince(Empty));
        Assert.Equal([HopMan], Empty.ListingsChangedSince(one));
    }

    [Fact]
    public void The_Shelf_before_is_left_as_it_was()
    {
        var before = Empty.Apply([Released(version: 1), Available(Size8, 3, version: 2)]);

        before.Apply([Available(Size8, 0, version: 3), new ProductChanged(Product(4, null) with { Name = "Other" })]);

        Assert.Equal(new Availability(3, 2), before.AvailabilityOf(Size8));
        Assert.Equal("Hop Man 3", before.FindProductOf(Size8)!.Name);
    }

    [Fact]
    public void A_stop_is_listed_and_taking_it_back_too()
    {
        var selling = Empty.Apply([Released(version: 1), Available(Size8, 3, version: 2), Available(Size9, 3, version: 3)]);
        var stopped = selling.Apply([new ProductChanged(Product(4, DateTimeOffset.UnixEpoch) with { StopReason = "Wrong price" })]);
        var resumed = stopped.Apply([Released(version: 5)]);

        Assert.Equal((null, true), (selling.Listings[0].StopReason, selling.Listings[0].IsSelling));
        Assert.Equal(("Wrong price", false), (stopped.Listings[0].StopReason, stopped.Listings[0].IsSelling));
        Assert.Equal([HopMan], stopped.ListingsChangedSince(selling));
        Assert.Equal(selling.Listings[0], resumed.Listings[0]);
    }

    [Fact]
    public void A_stop_of_one_size_is_listed_without_its_reason_and_leaves_the_others()
    {
        var selling = Empty.Apply([Released(version: 1), Available(Size8, 3, version: 2), Available(Size9, 3, version: 3)]);

        var shelf = selling.Apply([new ProductChanged(HalfStopped(version: 4))]);

        Assert.Equal([new(Size8, 8m, StockLevel.Low, IsStopped: true), new(Size9, 9m, StockLevel.Low)], shelf.Listings[0].Sizes.AsEnumerable());
        Assert.True(shelf.Listings[0] is { StopReason: null, IsSelling: true });
        Assert.True(shelf.FindProduct(HopMan)!.IsStopped(Size8));
        Assert.False(shelf.FindProduct(HopMan)!.IsStopped(Size9));
        Assert.False(shelf.Apply([Available(Size9, 0, version: 5)]).Listings[0].IsSelling);
    }

    [Fact]
    public void Before_the_release_a_stop_is_not_public()
    {
        var before = Empty.Apply([Unreleased(version: 1)]);

        var after = before.Apply([new ProductChanged(HalfStopped(version: 2) with { ReleasedAt = null, StopReason = "Wrong price" })]);

        Assert.Same(before.Listings[0], after.Listings[0]);
        Assert.Empty(after.ListingsChangedSince(before));
    }

    [Fact]
    public void The_same_stop_again_keeps_the_very_same_listing()
    {
        var before = Empty.Apply([new ProductChanged(HalfStopped(version: 1) with { StopReason = "Wrong price" })]);

        var after = before.Apply([new ProductChanged(HalfStopped(version: 2) with { StopReason = "Wrong price" })]);

        Assert.Same(before.Listings[0], after.Listings[0]);
    }

    [Fact]
    public void A_retired_product_is_not_listed_and_nothing_is_left_of_it_for_a_cart()
    {
        var selling = Empty.Apply([Released(version: 1), Available(Size8, 700, version: 2)]);

        var retired = selling.Apply([new ProductChanged(Product(3, DateTimeOffset.UnixEpoch) with { RetiredAt = DateTimeOffset.UnixEpoch })]);

        Assert.Empty(retired.Listings);
        Assert.Equal([HopMan], retired.ListingsChangedSince(selling));
        Assert.Empty(retired.Products);
        Assert.Equal([HopMan], retired.RetiredProducts.Select(product => product.Id));
        Assert.Equal(StockLevel.Out, retired.LevelOf(Size8));
        Assert.Empty(retired.Apply([Available(Size8, 800, version: 4)]).Listings);
        Assert.Equal(selling.Listings, retired.Apply([Released(version: 5)]).Listings.AsEnumerable());
    }

    private static ProductChanged Released(long version) => new(Product(version, DateTimeOffset.UnixEpoch));

    private static ProductChanged Unreleased(long version) => new(Product(version, releasedAt: null));

    private static AvailabilityChanged Available(int itemId, int count, long version) => new(itemId, new Availability(count, version));

    private static Product Product(long version, DateTimeOffset? releasedAt)
    {
        ImmutableArray<Item> items = [new(Size8, "SHU6005", 8), new(Size9, "SHU6007", 9)];
        return new Product(HopMan, "SHU6000", "Snks 23", "Hop Man 3", "yellow/blue", 120, releasedAt, null, version, items);
    }

    private static Product HalfStopped(long version)
    {
        var product = Product(version, DateTimeOffset.UnixEpoch);
        return product with { Items = [product.Items[0] with { StopReason = "Damaged" }, product.Items[1]] };
    }
}
