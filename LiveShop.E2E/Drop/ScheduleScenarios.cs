using System.Globalization;
using System.Text.RegularExpressions;
using LiveShop.E2E.Harness;
using Microsoft.Playwright;

namespace LiveShop.E2E.Drop;

public sealed partial class ScheduleScenarios(Chrome chrome) : Scenario(chrome)
{
    [Fact]
    public async Task D4_a_scheduled_product_counts_down_without_a_word_from_the_server_and_opens_by_itself()
    {
        var shop = await FreshShopAsync();
        var store = await OpenStoreAsync(shop);
        var tab = await (await NewShopperAsync(shop)).NewTabAsync();
        var wire = new Wire(tab);
        await tab.GoToStoreAsync();
        var dashboard = await (await NewShopperAsync(shop)).OpenDashboardAsync();

        await dashboard.ProductPanel("Breezy Boost 600").ScheduleAsync(seconds: 15);
        await Expect(tab.Product(2).Locator(".countdown")).ToBeVisibleAsync();
        await Expect(tab.Product(2).Locator(".product-soon")).ToHaveTextAsync("coming soon...");
        // Counting sends nothing, and what is coming soon says nothing that one could order it by.
        var batches = wire.RenderBatches;
        var left = await LeftAsync(tab);
        await Eventually.EqualAsync(true, async () => await LeftAsync(tab) <= left - 2);
        Assert.Equal(batches, wire.RenderBatches);
        Assert.DoesNotContain("item_id", await tab.ContentAsync(), StringComparison.Ordinal);
        Assert.False(wire.HasCarried("item_id"));

        await Expect(tab.Product(2).Locator(".size-container__entry")).ToHaveCountAsync(13, new() { Timeout = 20_000 });
        await Expect(tab.Product(2).Locator(".countdown")).ToHaveCountAsync(0);
        await Expect(tab.Product(1).Locator(".product-soon")).ToHaveTextAsync("coming soon...");
        Assert.InRange(await store.ScalarAsync<TimeSpan>("select released_at - scheduled_at from products where id = 2"), TimeSpan.Zero, TimeSpan.FromMilliseconds(250));
        Assert.Equal(1, await store.ScalarAsync<long>("select count(*) from audit_entries, products p where p.id = 2 and action = 'release' and at >= p.scheduled_at"));
    }

    /// <summary>The seconds that the countdown shows.</summary>
    private static async Task<int> LeftAsync(IPage tab)
    {
        var shown = await tab.Product(2).Locator(".countdown").EvaluateAsync<string>("element => getComputedStyle(element, '::after').counterReset");
        return int.Parse(Seconds().Match(shown).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"minutes 0 seconds (\d+)")]
    private static partial Regex Seconds();
}
