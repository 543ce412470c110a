using LiveShop.Domain;
using LiveShop.Web.Shopper;

namespace LiveShop.Tests;

public sealed class DropStatusTests
{
    private static readonly Listing Soon = new(1, "A", "Brand", "Name", "black", 120, IsReleased: false, ScheduledAt: null, []);
    private static readonly Listing OnSale = Soon with { IsReleased = true, Sizes = [new(1, 8, StockLevel.Out), new(2, 9, StockLevel.Low)] };
    private static readonly Listing SoldOut = Soon with { IsReleased = true, Sizes = [new(1, 8, StockLevel.Out)] };

    public static TheoryData<string, bool, Listing[]> Drops => new()
    {
        { "Closed", false, [] },
        { "Opens soon", false, [Soon, Soon] },
        { "Live drop", true, [Soon, OnSale] },
        { "Live drop", true, [SoldOut, OnSale] },
        { "Live drop", true, [OnSale with { StopReason = "Wrong price" }, OnSale] },
        { "Paused", false, [OnSale with { StopReason = "Wrong price" }, Soon, SoldOut] },
        { "Paused", false, [OnSale with { Sizes = [new(2, 9, StockLevel.Low, IsStopped: true)] }] },
        { "Sold out", false, [SoldOut with { StopReason = "Wrong price" }] },
        { "Opens soon", false, [SoldOut, Soon] },
        { "Sold out", false, [SoldOut, SoldOut] },
    };

    [Theory]
    [MemberData(nameof(Drops))]
    public void It_says_how_the_drop_stands(string text, bool isLive, Listing[] listings) =>
        Assert.Equal(new DropStatus(text, isLive), DropStatus.Of([.. listings]));

    [Theory]
    [InlineData(0, "Nothing here yet.")]
    [InlineData(1, "One shoe. One minute.")]
    [InlineData(2, "Two shoes. One minute.")]
    [InlineData(12, "Twelve shoes. One minute.")]
    [InlineData(13, "13 shoes. One minute.")]
    [InlineData(62, "62 shoes. One minute.")]
    public void The_headline_counts_the_shoes(int products, string headline) => Assert.Equal(headline, DropStatus.Headline(products));
}
