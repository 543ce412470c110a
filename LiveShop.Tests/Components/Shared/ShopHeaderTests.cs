using Bunit;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Shared;

namespace LiveShop.Tests;

public sealed class ShopHeaderTests
{
    [Theory]
    [InlineData("Sneakers23", "23")]
    [InlineData("Sneakers", "")]
    [InlineData("2 Feet 4 U", "")]
    [InlineData("1984", "1984")]
    public void It_shows_the_name_of_the_shop_with_its_last_digits_set_off(string name, string digits)
    {
        using var tab = new ShopTab(settings: ShopTab.Settings with { Name = name });

        var header = tab.Render<ShopHeader>();

        Assert.Equal(name, header.Find("a.header__name").TextContent);
        Assert.Equal(digits, header.Find(".header__hot").TextContent);
        Assert.Equal("/", header.Find("a.header__name").GetAttribute("href"));
    }

    [Fact]
    public void A_name_of_the_shop_is_text_whatever_it_holds()
    {
        using var tab = new ShopTab(settings: ShopTab.Settings with { Name = "<b>Shop</b>" });

        var header = tab.Render<ShopHeader>();

        Assert.Equal("<b>Shop</b>", header.Find("a.header__name").TextContent);
    }

    [Fact]
    public void Without_a_status_there_is_no_place_for_one()
    {
        using var tab = new ShopTab();

        Assert.Empty(tab.Render<ShopHeader>().FindAll(".header__status"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_status_is_marked_while_the_drop_is_hot(bool isHot)
    {
        using var tab = new ShopTab();

        var status = tab.Render<ShopHeader>(parameters => parameters.Add(p => p.Status, "Live drop").Add(p => p.IsHot, isHot)).Find(".header__status");

        Assert.Equal("Live drop", status.TextContent);
        Assert.Equal(isHot, status.ClassList.Contains("header__status--hot"));
    }
}
