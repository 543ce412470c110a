using System.Text;
using System.Text.RegularExpressions;
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
        var shop = await FreshShopAsync();
        var shopper = await (await NewShopperAsync(shop)).OpenStoreAsync();
        var browser = await NewShopperAsync(shop);
        var desk = await browser.OpenDashboardAsync();

        await desk.GotoAsync("/admin/products/new");
        await ExpectLiveAsync(desk);
        foreach (var (field, text) in new[] { ("sku", "NEW-1"), ("brand", "Snks 23"), ("name", "Hop Man 4"), ("colorway", "red/black"), ("price", "99.50"), ("sizes", "8;9") })
        {
            await desk.FillAsync($"#product-{field}", text);
        }
        await desk.Locator("[name=create]").ClickAsync();
        await Expect(shopper.Product(3)).ToContainTextAsync("Hop Man 4");
        await Expect(desk.Locator("h1")).ToHaveTextAsync("Hop Man 4");
        await ExpectLiveAsync(desk);

        await desk.Locator("input[type=file]").Last.SetInputFilesAsync(new FilePayload { Name = "liar.png", MimeType = "image/png", Buffer = "<svg/>"u8.ToArray() });
        await desk.Locator("[name=put-picture]").ClickAsync();
        await Expect(desk.Locator(".picture__trouble")).ToContainTextAsync("liar.png is no PNG");
        var picture = await DrawAsync(browser);
        Assert.InRange(picture.Length, 200_000, 2 * 1024 * 1024);
        await desk.Locator("input[type=file]").Last.SetInputFilesAsync(new FilePayload { Name = "shoe.png", MimeType = "image/png", Buffer = picture });
        await Expect(desk.Locator(".picture__preview")).ToHaveJSPropertyAsync("naturalWidth", Side, new() { Timeout = Tab.Patiently.Timeout });
        await desk.Locator("[name=put-picture]").ClickAsync();
        var shown = shopper.Product(3).Locator("img");
        await Expect(shown).ToHaveAttributeAsync("src", new Regex("^/pictures/3/[0-9a-f]{64}$"));
        await Expect(shown).ToHaveJSPropertyAsync("naturalWidth", 480);
        await Expect(shown).ToHaveJSPropertyAsync("currentSrc", new Uri(new Uri(shopper.Url), await shown.GetAttributeAsync("src") + "?w=480").AbsoluteUri);
        var served = await shopper.APIRequest.GetAsync((await shown.GetAttributeAsync("src"))!);
        Assert.Equal("image/webp", served.Headers["content-type"]);

        await desk.FillAsync("#product-name", "Hop Man Four");
        await desk.Locator("[name=save]").ClickAsync();
        await Expect(shopper.Product(3)).ToContainTextAsync("Hop Man Four");

        await desk.Locator("[name=retire]").ClickAsync();
        await desk.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Retire Hop Man Four" }).ClickAsync();
        await Expect(shopper.Product(3)).ToHaveCountAsync(0);
        await Expect(shopper.Product(1)).ToBeVisibleAsync();

        await desk.Locator("[name=bring-back]").ClickAsync();
        await Expect(shopper.Product(3)).ToContainTextAsync("Hop Man Four");
    }

    [Fact]
    public async Task A_search_is_shared_by_its_address_and_gone_back_to()
    {
        var shop = await FreshShopAsync();
        await ImportAsync(shop, Csv(40));
        var desk = await OpenProductsAsync(shop);

        await desk.FillAsync("#products-search", "csv");
        await Expect(desk).ToHaveURLAsync(new Regex(@"\?q=csv$"));
        await desk.Locator("thead th", new() { HasText = "Price, USD" }).Locator(".sortable-column-header").ClickAsync();
        await Expect(desk).ToHaveURLAsync(new Regex("sort=Price"));
        await Expect(Rows(desk).First).ToContainTextAsync("CSV-01");
        await desk.GetByLabel("Next page").ClickAsync();
        await Expect(desk).ToHaveURLAsync(new Regex("page=2"));
        await Expect(Rows(desk).First).ToContainTextAsync("CSV-26");

        var shared = await desk.Context.NewPageAsync();
        await shared.GotoAsync(desk.Url);
        await Expect(Rows(shared).First).ToContainTextAsync("CSV-26");
        await Expect(shared.Locator("#products-search")).ToHaveValueAsync("csv");
        await shared.CloseAsync();

        await Rows(desk).First.Locator("a").ClickAsync();
        await Expect(desk.Locator("h1")).ToHaveTextAsync("Shoe 26");
        await desk.Locator(".crumbs a").ClickAsync();
        await Expect(Rows(desk).First).ToContainTextAsync("CSV-26");
        await desk.GoBackAsync();
        await Expect(desk.Locator("h1")).ToHaveTextAsync("Shoe 26");
        await desk.GoBackAsync();
        await Expect(Rows(desk).First).ToContainTextAsync("CSV-26");
        await desk.GoBackAsync();
        await Expect(Rows(desk).First).ToContainTextAsync("CSV-01");

        await desk.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Retired") }).ClickAsync();
        await Expect(desk.Locator(".desk__empty")).ToContainTextAsync("No product is like that");
    }

    [Fact]
    public async Task Chosen_columns_are_there_again_in_another_browser()
    {
        var shop = await FreshShopAsync();
        var desk = await OpenProductsAsync(shop);
        await Expect(desk.Locator("thead")).ToContainTextAsync("Colorway");

        await desk.GetByRole(AriaRole.Button, new() { Name = "Columns" }).ClickAsync();
        await desk.GetByRole(AriaRole.Menuitemcheckbox, new() { Name = "Colorway" }).ClickAsync();
        await Expect(desk.Locator("thead")).Not.ToContainTextAsync("Colorway");

        var elsewhere = await OpenProductsAsync(shop);
        await Expect(Rows(elsewhere).First).ToBeVisibleAsync();
        await Expect(elsewhere.Locator("thead")).Not.ToContainTextAsync("Colorway");
    }

    [Fact]
    public async Task Several_products_are_released_at_once_after_a_question()
    {
        var shop = await FreshShopAsync();
        var shopper = await (await NewShopperAsync(shop)).OpenStoreAsync();
        await Expect(shopper.Product(1).Locator(".product-soon")).ToBeVisibleAsync();
        var desk = await OpenProductsAsync(shop);

        await desk.GetByLabel("Select Snks 23 Hop Man 3").CheckAsync();
        await desk.GetByLabel("Select Asler Breezy Boost 600").CheckAsync();
        await desk.Locator(".products__bulk [name=release]").ClickAsync();
        var dialog = desk.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Release 2 products?");
        await Expect(dialog).ToContainTextAsync("Breezy Boost 600");
        await dialog.Locator("[name=confirm]").ClickAsync();

        await Expect(shopper.Product(1).Locator(".size-container")).ToBeVisibleAsync();
        await Expect(shopper.Product(2).Locator(".size-container")).ToBeVisibleAsync();
        await Expect(dialog).ToContainTextAsync("2 of 2 done.");
        await dialog.Locator("[name=close]").ClickAsync();
        await Expect(desk.Locator(".products__bulk")).ToHaveCountAsync(0);
        await Expect(Rows(desk).First).ToContainTextAsync("On sale");
    }

    [Fact]
    public async Task A_dropped_file_is_previewed_filtered_and_imported()
    {
        var shop = await FreshShopAsync();
        var desk = await OpenProductsAsync(shop);
        await desk.GotoAsync("/admin/products/import");
        await ExpectLiveAsync(desk);

        // A browser lets no test drop a file of the disk. It is the input below the pointer that takes what is dropped.
        var carried = await desk.EvaluateHandleAsync("() => new DataTransfer()");
        await desk.Locator(".file-drop__zone").DispatchEventAsync("dragenter", new { dataTransfer = carried });
        await Expect(desk.Locator("input[type=file]").Last).ToBeVisibleAsync();
        await desk.Locator("input[type=file]").Last.SetInputFilesAsync(new FilePayload
        {
            Name = "shoes.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes(Csv(3, "SHU6000,Snks 23,Hop Man 3,other,120,2020-01-01")),
        });
        await Expect(desk.Locator(".import__summary")).ToContainTextAsync("3 new, 1 changed, 0 unchanged");
        await desk.Locator("[name=show-changed]").ClickAsync();
        await Expect(desk.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(desk.Locator("tbody tr")).ToContainTextAsync("Colorway: yellow/blue → other");

        await desk.Locator("[name=import]").ClickAsync();
        await desk.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await Expect(desk.Locator(".mud-snackbar")).ToContainTextAsync("Imported: 3 added, 1 brought up to date");
    }

    [Fact]
    public async Task Amounts_are_written_as_the_browsers_language_writes_them_until_the_operator_chooses()
    {
        var shop = await FreshShopAsync();
        var browser = await NewShopperAsync(shop);
        var desk = await browser.OpenDashboardAsync();
        await desk.Context.SetExtraHTTPHeadersAsync([new("Accept-Language", "de-DE,de;q=0.9")]);
        await desk.GotoAsync("/admin/products/1");
        await ExpectLiveAsync(desk);

        await desk.FillAsync("#product-price", "1.299,50");
        await desk.Locator("[name=save]").ClickAsync();
        await Expect(desk.Locator(".mud-snackbar")).ToContainTextAsync("Saved.");
        await Expect(desk.Locator("#product-price")).ToHaveValueAsync("1299,5");

        await desk.Locator(".number-menu button").ClickAsync();
        await desk.GetByRole(AriaRole.Menuitemradio, new() { Name = "1,299.50" }).ClickAsync();
        await Expect(desk.Locator("#product-price")).ToHaveValueAsync("1299.5");
        await desk.ReloadAsync();
        await Expect(desk.Locator("#product-price")).ToHaveValueAsync("1299.5");
    }

    /// <summary>A page that was loaded afresh has its circuit.</summary>
    private static Task ExpectLiveAsync(IPage desk) => Expect(desk.Locator("main[data-live]")).ToBeVisibleAsync(new() { Timeout = Tab.Patiently.Timeout });

    private static ILocator Rows(IPage desk) => desk.Locator("tbody tr:has([data-product-id])");

    private async Task<IPage> OpenProductsAsync(ShopProcess shop)
    {
        var desk = await (await NewShopperAsync(shop)).OpenDashboardAsync();
        await desk.GotoAsync("/admin/products");
        await ExpectLiveAsync(desk);
        return desk;
    }

    private static async Task ImportAsync(ShopProcess shop, string csv)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, csv);
        await shop.CommandAsync("import", file);
        File.Delete(file);
    }

    /// <summary>A file of that many products, each a dollar dearer than the one before.</summary>
    private static string Csv(int products, params string[] more) => string.Join('\n',
    [
        "style_code,brand,name,colorway,retail_price_usd,release_date",
        .. Enumerable.Range(1, products).Select(n => $"CSV-{n:00},Snks 23,Shoe {n:00},black/white,{100 + n},2020-01-01"),
        .. more,
    ]);

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
