using LiveShop.E2E.Harness;

namespace LiveShop.E2E.Drop;

public sealed class SlownessScenarios(Chrome chrome) : Scenario(chrome)
{
    [Fact]
    public async Task D7_a_checkout_that_waits_for_a_slow_database_goes_on_hearing_and_answering()
    {
        var shop = await FreshShopAsync();
        await shop.ReleaseAsync(1);
        var store = await OpenStoreAsync(shop);
        await store.SetEveryAvailabilityAsync(10);
        var shopper = await NewShopperAsync(shop);
        var tab = await shopper.OpenStoreAsync();
        foreach (var item in new[] { 1, 2 }) await tab.AddAsync(item);
        await tab.GotoAsync("/checkout");
        await tab.FillDeliveryAsync();

        await using (await store.HoldAsync("select * from availabilities where item_id = 1 for update"))
        {
            await tab.PlaceOrder().ClickAsync();
            await Eventually.EqualAsync(1, store.WaitingForLocksAsync);
            await Expect(tab.PlaceOrder()).ToHaveAttributeAsync("aria-busy", "true");

            await store.SetAvailabilityAsync(2, 0);
            await Expect(tab.CheckoutLine(2)).ToContainTextAsync("is gone");
            await tab.FillAsync("#checkout-city", "");
            await Expect(tab.Locator("#checkout-city-error")).ToHaveTextAsync("Enter the city.");
            await Expect(tab.PlaceOrder()).ToHaveAttributeAsync("aria-busy", "true");
        }

        await Expect(tab.Notice()).ToContainTextAsync("Not sold");
        Assert.Equal(0, await store.OrdersAsync());
    }

    [Fact]
    public async Task D7_slow_clicks_of_one_shopper_wait_together_while_the_page_goes_on_changing()
    {
        var shop = await StartShopAsync(Backend.Postgres, "--Shop:MaxItemsPerCart=8");
        await shop.ReleaseAsync(1);
        var store = await OpenStoreAsync(shop);
        await store.SetEveryAvailabilityAsync(300);
        var shopper = await NewShopperAsync(shop);
        var tab = await shopper.OpenStoreAsync();

        await using (await store.HoldAsync("lock table cart_items in access exclusive mode"))
        {
            for (var item = 1; item <= 5; item++) await tab.Size(item).ClickAsync();

            await Eventually.EqualAsync(5, store.WaitingForLocksAsync);
            await store.SetAvailabilityAsync(9, 0);
            await Expect(tab.Size(9)).ToBeDisabledAsync();
            await Expect(tab.Cart()).ToHaveCountAsync(0);
        }

        await Expect(tab.Cart()).ToHaveCountAsync(5);
    }

    [Fact]
    public async Task D7_no_more_than_the_set_number_of_one_shoppers_clicks_run_at_once()
    {
        var shop = await StartShopAsync(Backend.Postgres, "--Shop:MaxItemsPerCart=8", "--Shop:RequestsPerShopper=2");
        await shop.ReleaseAsync(1);
        var store = await OpenStoreAsync(shop);
        await store.SetEveryAvailabilityAsync(300);
        var shopper = await NewShopperAsync(shop);
        var tab = await shopper.OpenStoreAsync();

        await using (await store.HoldAsync("lock table cart_items in access exclusive mode"))
        {
            for (var item = 1; item <= 6; item++) await tab.Size(item).ClickAsync();
            // The circuit takes events in their order: once this button has answered, it has taken the six clicks.
            await store.SetAvailabilityAsync(9, 0);
            await Expect(tab.Size(9)).ToBeDisabledAsync();

            await Eventually.EqualAsync(2, store.WaitingForLocksAsync);
            await store.NextSweepAsync();
            Assert.Equal(2, await store.WaitingForLocksAsync());
        }

        await Expect(tab.Cart()).ToHaveCountAsync(6);
    }
}
