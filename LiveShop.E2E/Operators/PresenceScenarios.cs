using LiveShop.E2E.Harness;

namespace LiveShop.E2E.Operators;

public sealed class PresenceScenarios(Chrome chrome, OpenShop shop) : OpenShopScenario(chrome, shop)
{
    [Fact]
    public async Task A2_the_dashboard_shows_who_is_here_on_which_page_holding_what()
    {
        const int Item = 7;
        var operators = await NewShopperAsync();
        var dashboard = await operators.OpenDashboardAsync();
        await Expect(dashboard.Metric("shoppers")).ToHaveTextAsync("0");

        var (ana, ben) = (await NewShopperAsync(), await NewShopperAsync());
        var first = await ana.OpenStoreAsync();
        await first.AddAsync(Item);
        var second = await ana.OpenCheckoutAsync();
        var other = await ben.OpenStoreAsync();
        await other.AddAsync(Item);

        await Expect(dashboard.Metric("shoppers")).ToHaveTextAsync("2");
        await Expect(dashboard.OnPage("/")).ToHaveTextAsync("2");
        await Expect(dashboard.OnPage("/checkout")).ToHaveTextAsync("1");
        await Expect(dashboard.Metric("in-carts", Item)).ToHaveTextAsync("2");
        await Expect(dashboard.Metric("available", Item)).ToHaveTextAsync($"{OpenShop.Pairs}");

        await other.RemoveAsync(Item);
        await Expect(dashboard.Metric("in-carts", Item)).ToHaveTextAsync("1");

        await second.CloseAsync();
        await Expect(dashboard.OnPage("/checkout")).ToHaveTextAsync("0");
        await Expect(dashboard.Metric("shoppers")).ToHaveTextAsync("2");

        await other.CloseAsync();
        await Expect(dashboard.Metric("shoppers")).ToHaveTextAsync("1");
    }
}
