using System.Net;
using LiveShop.E2E.Harness;
using LiveShop.Web.Database;

namespace LiveShop.E2E.Failure;

[Collection(OwnProcesses.Name)]
public sealed class DatabaseScenarios(Chrome chrome) : Scenario(chrome)
{
    [Fact]
    public async Task F3_while_PostgreSQL_is_stopped_pages_are_served_nothing_is_sold_and_when_it_is_back_everything_works()
    {
        var options = new EmbeddedPostgresOptions(Path.Combine(Path.GetTempPath(), $"liveshop-e2e-{Guid.NewGuid():N}"), EmbeddedPostgresRole.Shop) { Durable = false };
        var postgres = await EmbeddedPostgres.StartAsync(options, CancellationToken.None);
        var shop = await StartShopAsync(Backend.Embedded, $"--ConnectionStrings:Postgres={postgres.ConnectionString}");
        await shop.ReleaseAsync(1);
        var shopper = await NewShopperAsync(shop);
        var tab = await shopper.OpenStoreAsync();
        var size = await FirstAvailableAsync(tab);
        Assert.Equal((HttpStatusCode.OK, "ready"), await ReadinessAsync(shop));

        await postgres.DisposeAsync();

        await Eventually.EqualAsync((HttpStatusCode.ServiceUnavailable, "not ready\nThe database is out of reach."), () => ReadinessAsync(shop));
        await (await NewShopperAsync(shop)).OpenStoreAsync();
        await tab.Size(size).ClickAsync();
        await Expect(tab.Notice()).ToContainTextAsync("try again", new() { IgnoreCase = true, Timeout = 15_000 });
        await Expect(tab.Cart()).ToHaveCountAsync(0);

        postgres = Keep(await EmbeddedPostgres.StartAsync(options, CancellationToken.None));

        await Eventually.EqualAsync((HttpStatusCode.OK, "ready"), () => ReadinessAsync(shop));
        await tab.AddAsync(size);
    }

    /// <summary>A size that the shuffled stock of the demo store has.</summary>
    private static async Task<int> FirstAvailableAsync(Microsoft.Playwright.IPage tab) =>
        int.Parse((await tab.Locator(".size-container__entry:not([disabled])").First.GetAttributeAsync("value"))!, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<(HttpStatusCode, string)> ReadinessAsync(ShopProcess shop)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"{shop.Url}/health/ready"));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
