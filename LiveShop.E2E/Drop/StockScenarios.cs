using System.Text.RegularExpressions;
using LiveShop.E2E.Harness;
using Microsoft.Playwright;

namespace LiveShop.E2E.Drop;

/// <summary>On the embedded default; <see cref="Cluster.DropScenarios"/> plays it on PostgreSQL and Redis.</summary>
[Collection(OwnProcesses.Name)]
public sealed class StockScenarios(Chrome chrome) : Scenario(chrome)
{
    private const int Items = 26;

    /// <summary>So few that a sell-out takes seconds.</summary>
    private const int Pairs = 40;

    [Fact]
    public async Task D2_a_size_follows_its_level_down_and_a_change_inside_one_level_sends_nothing()
    {
        var shop = await StartShopAsync(Backend.Embedded);
        var store = await OpenStoreAsync(shop);
        await store.SetEveryAvailabilityAsync(48_611);
        await shop.ReleaseAsync(1);
        var shopper = await NewShopperAsync(shop);
        var tab = await shopper.NewTabAsync();
        var wire = new Wire(tab);
        await tab.GoToStoreAsync();
        await Expect(tab.Size(1)).ToHaveClassAsync(Level("high"));

        foreach (var (pairs, level) in new[] { (499, "medium"), (149, "low"), (0, "out") })
        {
            await store.SetAvailabilityAsync(1, pairs);
            await Expect(tab.Size(1)).ToHaveClassAsync(Level(level));
        }
        await Expect(tab.Size(1)).ToBeDisabledAsync();

        var before = wire.RenderBatches;
        await store.SetAvailabilityAsync(2, 48_612);
        await store.NextSweepAsync();
        await store.SetAvailabilityAsync(3, 200);
        await Expect(tab.Size(3)).ToHaveClassAsync(Level("medium"));
        Assert.Equal(before + 1, wire.RenderBatches);

        Assert.DoesNotContain("4861", await tab.ContentAsync(), StringComparison.Ordinal);
        Assert.False(wire.HasCarried("4861"), "A count came down the websocket.");
    }

    [Fact]
    public async Task D3_a_sell_out_ends_with_every_size_out_in_every_tab_after_a_reload_and_after_a_restart()
    {
        var shop = await StartShopAsync(Backend.Embedded);
        var store = await OpenStoreAsync(shop);
        await store.SetEveryAvailabilityAsync(Pairs);
        await shop.ReleaseAsync(1, 2);
        var shopper = await NewShopperAsync(shop);
        IPage[] tabs = [await shopper.OpenStoreAsync(), await shopper.OpenStoreAsync()];
        foreach (var tab in tabs) await Expect(tab).ToHaveTitleAsync("Sneakers23");

        await shop.CommandAsync("sell-out", "--delay-ms", "0");
        foreach (var tab in tabs) await ExpectSoldOutAsync(tab);

        foreach (var tab in tabs)
        {
            await tab.ReloadAsync();
            await ExpectSoldOutAsync(tab);
        }

        Assert.Equal((0L, 0L), (await store.ScalarAsync<long>("select sum(available) from availabilities"), await store.LedgerMismatchesAsync()));
        await shop.StopAsync();
        await shop.StartAgainAsync();
        foreach (var tab in tabs)
        {
            await tab.GoToStoreAsync();
            await ExpectSoldOutAsync(tab);
        }
    }

    private static Regex Level(string level) => new($@"(^|\s)size-container__entry--level-{level}(\s|$)");

    private static async Task ExpectSoldOutAsync(IPage tab)
    {
        await Expect(tab.Locator(".size-container__entry")).ToHaveCountAsync(Items);
        await Expect(tab.Locator(".size-container__entry--level-out:disabled")).ToHaveCountAsync(Items);
    }
}
