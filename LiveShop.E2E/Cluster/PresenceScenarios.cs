using LiveShop.E2E.Harness;
using Microsoft.Playwright;

namespace LiveShop.E2E.Cluster;

[Collection(OwnProcesses.Name)]
public sealed class PresenceScenarios(Chrome chrome, ShopCluster cluster) : ClusterScenario(chrome, cluster)
{
    private const int Item = 7;

    /// <summary>Milliseconds in which the shoppers of a node that died are forgotten.</summary>
    private const float Lease = 15_000;

    private IPage[] dashboards = [];
    private IPage first = null!;
    private IPage second = null!;
    private IPage other = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Cluster.ReleaseAsync();
        var operators = await NewShopperAsync();
        dashboards = [await operators.OpenDashboardAsync(Cluster.NodeUrl(1)), await operators.OpenDashboardAsync(Cluster.NodeUrl(2))];
        var (ana, ben) = (await NewShopperAsync(), await NewShopperAsync());
        first = await ana.OpenStoreAsync(Cluster.NodeUrl(1));
        await first.AddAsync(Item);
        second = await ana.OpenCheckoutAsync(Cluster.NodeUrl(2));
        other = await ben.OpenStoreAsync(Cluster.NodeUrl(2));
        await other.AddAsync(Item);
        // Those of the scenario before may count until the lease of their node ends.
        foreach (var dashboard in dashboards) await Expect(dashboard.Metric("shoppers")).ToHaveTextAsync("2", new() { Timeout = Lease });
        foreach (var dashboard in dashboards) await ExpectAsync(dashboard, shoppers: 2, store: 2, checkout: 1, inCarts: 2);
    }

    [Fact]
    public async Task A2_dashboards_of_both_nodes_show_who_is_here_on_either()
    {
        foreach (var dashboard in dashboards) await Expect(dashboard.Metric("nodes")).ToHaveTextAsync("2 nodes ready", new() { Timeout = Lease });

        await other.RemoveAsync(Item);
        foreach (var dashboard in dashboards) await Expect(dashboard.Metric("in-carts", Item)).ToHaveTextAsync("1");

        await second.CloseAsync();
        foreach (var dashboard in dashboards) await ExpectAsync(dashboard, shoppers: 2, store: 2, checkout: 0, inCarts: 1);

        await other.CloseAsync();
        foreach (var dashboard in dashboards) await ExpectAsync(dashboard, shoppers: 1, store: 1, checkout: 0, inCarts: 1);
    }

    [Fact]
    public async Task A2_the_shoppers_of_a_killed_node_vanish_and_its_restart_doubles_nobody()
    {
        await Cluster.DoAsync("kill-node", "2");

        await Expect(dashboards[0].Metric("shoppers")).ToHaveTextAsync("1", new() { Timeout = Lease });
        await ExpectAsync(dashboards[0], shoppers: 1, store: 1, checkout: 0, inCarts: 1);
        await Expect(dashboards[0].Metric("nodes")).ToHaveTextAsync("ready", new() { Timeout = Lease });

        await Cluster.DoAsync("start-node", "2");

        // They would come back by themselves too, after a while; F1 waits for that.
        await other.GoToStoreAsync(Cluster.NodeUrl(2));
        await second.GotoAsync(Cluster.NodeUrl(2) + "/checkout");
        await Expect(second.PlaceOrder()).ToBeEnabledAsync(Tab.Patiently);
        await ExpectAsync(dashboards[0], shoppers: 2, store: 2, checkout: 1, inCarts: 2);
        await Expect(dashboards[0].Metric("nodes")).ToHaveTextAsync("2 nodes ready", new() { Timeout = Lease });
    }

    [Fact]
    public async Task A_node_that_stood_still_and_goes_on_leaves_no_ghosts()
    {
        await Cluster.DoAsync("freeze-node", "2");
        await Expect(dashboards[0].Metric("shoppers")).ToHaveTextAsync("1", new() { Timeout = Lease });
        await other.Context.CloseAsync();
        await Cluster.DoAsync("thaw-node", "2");

        await Expect(dashboards[0].Metric("nodes")).ToHaveTextAsync("2 nodes ready", new() { Timeout = Lease });
        foreach (var dashboard in dashboards) await ExpectAsync(dashboard, shoppers: 1, store: 1, checkout: 1, inCarts: 1);
    }

    private static async Task ExpectAsync(IPage dashboard, int shoppers, int store, int checkout, int inCarts)
    {
        await Expect(dashboard.Metric("shoppers")).ToHaveTextAsync($"{shoppers}");
        await Expect(dashboard.OnPage("/")).ToHaveTextAsync($"{store}");
        await Expect(dashboard.OnPage("/checkout")).ToHaveTextAsync($"{checkout}");
        await Expect(dashboard.Metric("in-carts", Item)).ToHaveTextAsync($"{inCarts}");
    }
}
