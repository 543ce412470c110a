using LiveShop.Web.Circuits;
using LiveShop.Web.Components.Pages.Admin;
using LiveShop.Web.Components.Pages.Shop;

namespace LiveShop.Tests;

public sealed class PageRoutesTests
{
    [Fact]
    public void A_page_is_known_by_its_shortest_route() => Assert.Equal("/", PageRoutes.Of(typeof(StorePage)));

    [Fact]
    public void And_by_the_names_of_its_parameters() => Assert.Equal("/admin/orders/{Number}", PageRoutes.Of(typeof(OrderPage)));

    [Fact]
    public void What_is_no_page_has_none() => Assert.Null(PageRoutes.Of(typeof(FigureCard)));
}
