using LiveShop.E2E.Harness;

namespace LiveShop.E2E.Drop;

/// <summary>On the embedded default; <see cref="Cluster.DropScenarios"/> plays it on PostgreSQL and Redis.</summary>
public sealed class ReleaseScenarios(Chrome chrome) : Scenario(chrome)
{
    [Fact]
    public async Task D1_a_release_opens_the_product_in_every_tab_and_leaves_the_other_coming_soon()
    {
        var shop = await StartShopAsync(Backend.Embedded);
        var shopper = await NewShopperAsync(shop);
        var first = await shopper.OpenStoreAsync();
        var second = await shopper.OpenStoreAsync();
        foreach (var tab in new[] { first, second }) await Expect(tab.Locator(".product-soon")).ToHaveTextAsync(["coming soon...", "coming soon..."]);

        await shop.CommandAsync("release", "2");

        foreach (var tab in new[] { first, second })
        {
            await Expect(tab.Product(2).Locator(".size-container .size-container__entry")).ToHaveCountAsync(13);
            await Expect(tab.Product(2).Locator(".product-soon")).ToHaveCountAsync(0);
            await Expect(tab.Product(1).Locator(".product-soon")).ToHaveTextAsync("coming soon...");
        }
    }
}
