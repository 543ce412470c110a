using LiveShop.Domain;
using LiveShop.Web.Shopper;

namespace LiveShop.Tests;

public sealed class CartLineTests
{
    private static readonly Shelf Shelf = Shelf.Empty(StockLevels.Default).Apply(
    [
        new ProductChanged(new Product(1, "A", "Brand", "Hop Man 3", "black", 120, DateTimeOffset.UnixEpoch, null, Version: 1, [new Item(11, "A-8", 8), new Item(12, "A-9", 9.5m)])),
        new ProductChanged(new Product(2, "B", "Brand", "Breezy Boost 600", "white", 140, DateTimeOffset.UnixEpoch, null, Version: 1, [new Item(21, "B-8", 8)])),
        new AvailabilityChanged(11, new Availability(5, Version: 1)),
        new AvailabilityChanged(21, new Availability(0, Version: 1)),
    ]);

    [Fact]
    public void The_cart_says_which_in_its_own_order_and_the_shelf_says_the_rest() => Assert.Equal(
        [new CartLine(21, "Breezy Boost 600", 8, 140, IsGone: true), new CartLine(11, "Hop Man 3", 8, 120, IsGone: false)],
        LinesOf(21, 11));

    [Fact]
    public void What_is_stopped_is_paused_unless_it_is_gone_anyhow()
    {
        var stopped = Shelf.Apply(
        [
            new ProductChanged(Shelf.FindProduct(1)! with { StopReason = "counting", Version = 2 }),
            new ProductChanged(Shelf.FindProduct(2)! with { StopReason = "counting", Version = 2 }),
        ]);

        var lines = CartLine.Of(new Cart(CartId.New(), Version: 1, Guid.NewGuid(), [11, 21]), stopped, []);

        Assert.Equal([(false, true), (true, false)], lines.Select(line => (line.IsGone, line.IsPaused)));
    }

    [Fact]
    public void An_item_whose_availability_is_not_known_counts_as_gone() => Assert.True(Assert.Single(LinesOf(12)).IsGone);

    [Fact]
    public void An_item_that_the_shelf_does_not_know_yet_is_left_out() => Assert.Equal([11], LinesOf(99, 11).Select(line => line.ItemId));

    [Fact]
    public void An_empty_cart_has_no_lines() => Assert.Empty(LinesOf());

    private static IReadOnlyList<CartLine> LinesOf(params int[] itemIds) => CartLine.Of(new Cart(CartId.New(), Version: 1, Guid.NewGuid(), [.. itemIds]), Shelf, []);

    [Fact]
    public void A_price_that_changed_stands_beside_the_one_before_it()
    {
        var cart = new Cart(CartId.New(), Version: 1, Guid.NewGuid(), [11, 21]);
        var dearer = Shelf.Apply([new ProductChanged(Shelf.FindProduct(1)! with { Price = 150, Version = 2 })]);

        var lines = CartLine.Of(cart, dearer, CartLine.Of(cart, Shelf, []));

        Assert.Equal([(150m, (decimal?)120m), (140m, null)], lines.Select(line => (line.Price, line.Was)));
        Assert.Equal(lines, CartLine.Of(cart, dearer, lines));
    }
}
