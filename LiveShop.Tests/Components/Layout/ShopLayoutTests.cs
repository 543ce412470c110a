using Bunit;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Layout;

namespace LiveShop.Tests;

public sealed class ShopLayoutTests
{
    [Fact]
    public void It_holds_the_page_and_the_framework_finds_its_place_for_saying_that_the_page_broke()
    {
        using var tab = new ShopTab(isLive: false);

        var layout = tab.Render<ShopLayout>(parameters => parameters.Add(p => p.Body, "<main>page</main>"));

        Assert.Equal("page", layout.Find("main").TextContent);
        // The id and the class are the Blazor script's.
        Assert.NotNull(layout.Find("#blazor-error-ui[role=alert] a"));
        Assert.Contains("Your cart is safe.", layout.Find("#blazor-error-ui").TextContent, StringComparison.Ordinal);
    }
}
