using System.Text.Json;
using LiveShop.E2E.Harness;

namespace LiveShop.E2E.Metrics;

public sealed class LogScenarios(Chrome chrome) : Scenario(chrome)
{
    private const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Fact]
    public async Task One_trace_id_leads_from_the_page_to_its_circuit_and_to_the_order_and_nothing_tells_who_bought()
    {
        var shop = await StartShopAsync(Backend.Postgres, "--Logging:LogLevel:LiveShop=Debug");
        await using (var store = await shop.OpenStoreAsync()) await store.SetEveryAvailabilityAsync(300);
        await shop.ReleaseAsync(1);
        var shopper = await NewShopperAsync(shop);
        await (await shopper.OpenStoreAsync()).AddAsync(1);
        var tab = await shopper.NewTabAsync();
        await tab.RouteAsync("**/checkout", route => route.ContinueAsync(new() { Headers = [.. route.Request.Headers, new("traceparent", $"00-{Trace}-00f067aa0ba902b7-01")] }));
        await tab.GotoAsync("/checkout");
        await Expect(tab.PlaceOrder()).ToBeEnabledAsync(Tab.Patiently);
        await tab.FillDeliveryAsync();

        await tab.PlaceOrder().ClickAsync();
        await Expect(tab.OrderNumber()).ToBeVisibleAsync();

        var number = await tab.OrderNumber().InnerTextAsync();
        await Eventually.EqualAsync(true, () => Lines(shop).Any(line => line.Contains($"Order {number} was placed", StringComparison.Ordinal)));
        var lines = Lines(shop);
        Assert.Contains(Trace, lines.Single(line => line.Contains($"Order {number} was placed", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("shows /checkout.", StringComparison.Ordinal) && line.Contains(Trace, StringComparison.Ordinal));
        var cookies = await shopper.Context.CookiesAsync();
        Assert.All(["ana@example.org", "Ana Lima", "Rua das Flores", .. cookies.Select(cookie => cookie.Value)], secret => Assert.DoesNotContain(secret, shop.Output, StringComparison.Ordinal));
    }

    /// <summary>Every line of the shop's log, each a JSON object; the private database's notes come before it.</summary>
    private static List<string> Lines(ShopProcess shop)
    {
        var lines = shop.Output.Split('\n').Where(line => line.StartsWith('{')).ToList();
        Assert.NotEmpty(lines);
        Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
        return lines;
    }
}
