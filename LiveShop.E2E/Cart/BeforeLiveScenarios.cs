using LiveShop.E2E.Harness;

namespace LiveShop.E2E.Cart;

public sealed class BeforeLiveScenarios(Chrome chrome, OpenShop shop) : OpenShopScenario(chrome, shop)
{
    [Fact]
    public async Task Clicks_before_the_page_is_live_add_are_refused_and_remove_as_forms()
    {
        var shopper = await NewShopperAsync();
        await shopper.Context.RouteAsync("**/_framework/blazor.web*", route => route.AbortAsync());
        var tab = await shopper.NewTabAsync();
        var wire = new Wire(tab);
        await tab.GotoAsync("/");

        for (var item = 1; item <= 4; item++)
        {
            await tab.AddAsync(item);
            await Expect(tab.Notice()).ToContainTextAsync("in your cart");
        }
        await tab.Size(5).ClickAsync();
        await Expect(tab.Notice()).ToContainTextAsync("Your cart is full");
        await tab.RemoveAsync(2);
        await Expect(tab.Cart()).ToHaveCountAsync(3);

        Assert.Equal(0, wire.Opened);
    }
}
