using System.Text.RegularExpressions;
using LiveShop.E2E.Harness;

namespace LiveShop.E2E.Cluster;

[Collection(OwnProcesses.Name)]
public sealed class CartScenarios(Chrome chrome, ShopCluster cluster) : ClusterScenario(chrome, cluster)
{
    [Fact]
    public async Task F7_C1_a_cart_is_the_same_on_both_nodes()
    {
        await Cluster.ReleaseAsync();
        var shopper = await NewShopperAsync();
        var (first, second) = (await shopper.OpenStoreAsync(Cluster.NodeUrl(1)), await shopper.OpenStoreAsync(Cluster.NodeUrl(2)));

        await first.AddAsync(1);
        await second.AddAsync(22);
        foreach (var tab in new[] { first, second }) await Expect(tab.Cart()).ToHaveCountAsync(2);

        await first.RemoveAsync(1);
        foreach (var tab in new[] { first, second }) await Expect(tab.Cart()).ToHaveCountAsync(1);
        await first.GoToAnotherSiteAsync();
        await first.GoToStoreAsync(Cluster.NodeUrl(1));
        await Expect(first.CartItem(22)).ToBeVisibleAsync();

        await second.RemoveAsync(22);
        foreach (var tab in new[] { first, second }) await Expect(tab.Cart()).ToHaveCountAsync(0);

        int[] four = [1, 2, 14, 15];
        foreach (var item in four) await first.AddAsync(item);
        var checkout = await shopper.OpenCheckoutAsync(Cluster.NodeUrl(2));
        foreach (var item in four) await Expect(checkout.CheckoutLine(item)).ToBeVisibleAsync();
        await checkout.FillDeliveryAsync();
        await checkout.PlaceOrder().ClickAsync();
        await Expect(checkout.OrderNumber()).ToBeVisibleAsync();
        foreach (var tab in new[] { first, second }) await Expect(tab.Cart()).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task F7_C4_what_a_third_node_sells_out_is_greyed_and_announced_on_both_nodes_and_cannot_be_bought()
    {
        await Cluster.ReleaseAsync();
        var shopper = await NewShopperAsync();
        var first = await shopper.OpenStoreAsync(Cluster.NodeUrl(1));
        foreach (var item in new[] { 9, 10 }) await first.AddAsync(item);
        var second = await shopper.OpenStoreAsync(Cluster.NodeUrl(2));
        var checkout = await shopper.OpenCheckoutAsync(Cluster.NodeUrl(2));
        await checkout.FillDeliveryAsync();
        await Store.SetEveryAvailabilityAsync(2);

        await Cluster.CommandAsync("sell-out", "--delay-ms", "0");

        foreach (var tab in new[] { first, second, checkout })
        {
            await Expect(tab.CartItem(9)).ToHaveClassAsync(new Regex("cart-item--out-of-stock"));
            await Expect(tab.CartItem(10)).ToHaveClassAsync(new Regex("cart-item--out-of-stock"));
            await Expect(tab.Notice()).ToContainTextAsync("gone");
        }
        await Expect(checkout.CheckoutLine(9)).ToHaveClassAsync(new Regex("checkout-line--out-of-stock"));
        await checkout.PlaceOrder().ClickAsync();
        await Expect(checkout.Notice()).ToContainTextAsync("Not sold");
        Assert.Equal(0, await Store.OrdersAsync());

        await checkout.RemoveAsync(9);
        foreach (var tab in new[] { first, second, checkout })
        {
            await Expect(tab.CartItem(9)).ToHaveCountAsync(0);
            await Expect(tab.CartItem(10)).ToBeVisibleAsync();
        }
    }
}
