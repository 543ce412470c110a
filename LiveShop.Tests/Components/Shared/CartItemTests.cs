using Bunit;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Shared;
using LiveShop.Web.Shopper;

namespace LiveShop.Tests;

public sealed class CartItemTests : IDisposable
{
    private static readonly CartLine Held = new(11, "Hop Man 3", 8.5m, 120, IsGone: false);

    private readonly ShopTab tab = new();

    public void Dispose() => tab.Dispose();

    [Fact]
    public void It_shows_name_size_and_price()
    {
        var item = Render(Held);

        Assert.Equal("Hop Man 3", item.Find(".cart-item__name").TextContent);
        Assert.Equal("Size 8.5", item.Find(".cart-item__size").TextContent);
        Assert.Equal("$120", item.Find(".cart-item__price").TextContent);
        Assert.Empty(item.FindAll(".cart-item--out-of-stock"));
    }

    [Fact]
    public void One_that_is_gone_says_so_and_can_still_be_removed()
    {
        var item = Render(Held with { IsGone = true });

        Assert.Equal("11", item.Find(".cart-item.cart-item--out-of-stock").GetAttribute("data-item-id"));
        Assert.Equal("Size 8.5 is gone. Pick another.", item.Find(".cart-item__size--gone").TextContent);
        Assert.False(item.Find(".cart-item__remove").HasAttribute("disabled"));
    }

    [Fact]
    public void One_whose_sale_is_paused_says_so_and_is_not_gone()
    {
        var item = Render(Held with { IsPaused = true });

        Assert.Equal("Size 8.5. Its sale is paused for the moment.", item.Find(".cart-item__size--paused").TextContent);
        Assert.Empty(item.FindAll(".cart-item--out-of-stock"));
    }

    [Fact]
    public void It_takes_more_classes()
    {
        var item = Render(Held, "checkout-line");

        Assert.NotNull(item.Find("li.cart-item.checkout-line"));
    }

    [Fact]
    public async Task The_remove_button_says_what_it_removes_and_reports_it()
    {
        var removed = new List<int>();
        var item = tab.Render<CartItem>(parameters => parameters.Add(p => p.Line, Held).Add(p => p.OnRemove, removed.Add));

        Assert.Equal("Remove Hop Man 3, size 8.5", item.Find("button").GetAttribute("aria-label"));
        await item.Find("button.cart-item__remove[data-item-id='11']").ClickAsync();

        Assert.Equal([11], removed);
    }

    private IRenderedComponent<CartItem> Render(CartLine line, string? classes = null) =>
        tab.Render<CartItem>(parameters => parameters.Add(p => p.Line, line).Add(p => p.Class, classes));
}
