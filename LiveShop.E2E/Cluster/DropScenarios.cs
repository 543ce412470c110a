using System.Text.RegularExpressions;
using LiveShop.E2E.Harness;
using Microsoft.Playwright;

namespace LiveShop.E2E.Cluster;

/// <summary>A drop with the tabs on different nodes and the commands from a third, the command line.</summary>
[Collection(OwnProcesses.Name)]
public sealed class DropScenarios(Chrome chrome, ShopCluster cluster) : ClusterScenario(chrome, cluster)
{
    private IPage[] tabs = [];

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var shopper = await NewShopperAsync();
        tabs = [await shopper.OpenStoreAsync(Cluster.NodeUrl(1)), await shopper.OpenStoreAsync(Cluster.NodeUrl(2))];
    }

    [Fact]
    public async Task D1_D2_D3_releases_levels_and_a_sell_out_reach_the_tabs_of_both_nodes()
    {
        foreach (var tab in tabs) await Expect(tab.Locator(".product-soon")).ToHaveTextAsync(["coming soon...", "coming soon..."]);
        await Cluster.CommandAsync("release", "2");
        foreach (var tab in tabs)
        {
            await Expect(tab.Product(2).Locator(".size-container__entry")).ToHaveCountAsync(13);
            await Expect(tab.Product(1).Locator(".product-soon")).ToHaveTextAsync("coming soon...");
        }

        foreach (var (pairs, level) in new[] { (500, "high"), (499, "medium"), (149, "low"), (0, "out") })
        {
            await Store.SetAvailabilityAsync(14, pairs);
            foreach (var tab in tabs) await Expect(tab.Size(14)).ToHaveClassAsync(new Regex($"--level-{level}"));
        }

        await Store.SetEveryAvailabilityAsync(40);
        await Cluster.CommandAsync("release", "1");
        foreach (var tab in tabs) await Expect(tab.Locator(".size-container__entry--level-low")).ToHaveCountAsync(26);
        await Cluster.CommandAsync("sell-out", "--delay-ms", "0");
        foreach (var tab in tabs) await Expect(tab.Locator(".size-container__entry--level-out:disabled")).ToHaveCountAsync(26);
        await tabs[0].GoToStoreAsync(Cluster.NodeUrl(2));
        await Expect(tabs[0].Locator(".size-container__entry--level-out:disabled")).ToHaveCountAsync(26);
        Assert.Equal((0L, 0L), (await Store.ScalarAsync<long>("select sum(available) from availabilities"), await Store.LedgerMismatchesAsync()));
    }

    [Fact]
    public async Task D4_a_scheduled_product_counts_down_and_opens_once_on_both_nodes_at_its_time()
    {
        var releasesBefore = await ReleasesAsync();
        var dashboard = await (await NewShopperAsync()).OpenDashboardAsync(Cluster.NodeUrl(1));
        await dashboard.ProductPanel("Breezy Boost 600").ScheduleAsync(seconds: 15);
        foreach (var tab in tabs) await Expect(tab.Product(2).Locator(".countdown")).ToBeVisibleAsync();

        foreach (var tab in tabs) await Expect(tab.Product(2).Locator(".size-container__entry")).ToHaveCountAsync(13, new() { Timeout = 20_000 });

        Assert.InRange(await Store.ScalarAsync<TimeSpan>("select released_at - scheduled_at from products where id = 2"), TimeSpan.Zero, TimeSpan.FromMilliseconds(250));
        Assert.Equal(releasesBefore + 1, await ReleasesAsync());
    }

    /// <summary>A reset keeps the audit log.</summary>
    private Task<long> ReleasesAsync() => Store.ScalarAsync<long>("select count(*) from audit_entries where action = 'release'");
}
