using LiveShop.E2E.Harness;
using Microsoft.Playwright;

namespace LiveShop.E2E.Operators;

/// <summary>In a shop of its own: its catalogue changes.</summary>
public sealed class CatalogueScenarios(Chrome chrome) : Scenario(chrome)
{
    /// <summary>So that a picture of some size crosses the circuit in many pieces.</summary>
    private const int Side = 600;

    [Fact]
    public async Task What_the_operator_writes_into_the_catalogue_shoppers_see_in_their_open_tabs()
    {
        var shop = await StartShopAsync(settings: Operator.Setting);
        var shopper = await (await NewShopperAsync(shop)).OpenStoreAsync();
        var browser = await NewShopperAsync(shop);
        var desk = await browser.OpenDashboardAsync();

        await desk.GotoAsync("/admin/products/new");
        await Expect(desk.Locator("main[data-live]")).ToBeVisibleAsync();
        foreach (var (field, text) in new[] { ("sku", "NEW-1"), ("brand", "Snks 23"), ("name", "Hop Man 4"), ("colorway", "red/black"), ("price", "99.50"), ("sizes", "8;9") })
        {
            await desk.FillAsync($"#product-{field}", text);
        }
        await desk.Locator("[name=create]").ClickAsync();
        await Expect(shopper.Product(3)).ToContainTextAsync("Hop Man 4");
        await Expect(desk.Locator("h1")).ToHaveTextAsync("Hop Man 4");
        await Expect(desk.Locator("main[data-live]")).ToBeVisibleAsync();

        await desk.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "liar.png", MimeType = "image/png", Buffer = "<svg/>"u8.ToArray() });
        await Expect(desk.Locator(".desk__notice")).ToContainTextAsync("liar.png is no PNG");
        var picture = await DrawAsync(browser);
        Assert.InRange(picture.Length, 200_000, 2 * 1024 * 1024);
        await desk.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "shoe.png", MimeType = "image/png", Buffer = picture });
        var shown = shopper.Product(3).Locator("img");
        await Expect(shown).ToHaveAttributeAsync("src", new System.Text.RegularExpressions.Regex("^/pictures/3/[0-9a-f]{64}$"));
        await Expect(shown).ToHaveJSPropertyAsync("naturalWidth", 480);
        await Expect(shown).ToHaveJSPropertyAsync("currentSrc", new Uri(new Uri(shopper.Url), await shown.GetAttributeAsync("src") + "?w=480").AbsoluteUri);
        var served = await shopper.APIRequest.GetAsync((await shown.GetAttributeAsync("src"))!);
        Assert.Equal("image/webp", served.Headers["content-type"]);

        await desk.FillAsync("#product-name", "Hop Man Four");
        await desk.Locator("[name=save]").ClickAsync();
        await Expect(shopper.Product(3)).ToContainTextAsync("Hop Man Four");

        await desk.GetByText("Retire…").ClickAsync();
        await desk.GetByText("Retire", new() { Exact = true }).ClickAsync();
        await Expect(shopper.Product(3)).ToHaveCountAsync(0);
        await Expect(shopper.Product(1)).ToBeVisibleAsync();

        await desk.Locator("[name=bring-back]").ClickAsync();
        await Expect(shopper.Product(3)).ToContainTextAsync("Hop Man Four");
    }

    /// <summary>A PNG that a browser has made: noise, which does not compress.</summary>
    private static async Task<byte[]> DrawAsync(Shopper browser)
    {
        var tab = await browser.NewTabAsync();
        var address = await tab.EvaluateAsync<string>(
            $$"""
            () => {
              const canvas = Object.assign(document.createElement('canvas'), { width: {{Side}}, height: {{Side}} });
              const context = canvas.getContext('2d');
              const image = context.createImageData({{Side}}, {{Side}});
              for (let i = 0; i < image.data.length; i++) image.data[i] = i % 4 === 3 ? 255 : Math.random() * 256;
              context.putImageData(image, 0, 0);
              return canvas.toDataURL('image/png');
            }
            """);
        await tab.CloseAsync();
        return Convert.FromBase64String(address[(address.IndexOf(',') + 1)..]);
    }
}
