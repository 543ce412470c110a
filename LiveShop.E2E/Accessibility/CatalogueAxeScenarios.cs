using System.Text;
using LiveShop.E2E.Harness;
using Microsoft.Playwright;

namespace LiveShop.E2E.Accessibility;

/// <summary>axe finds no violation of WCAG 2.2 AA on the pages about products, on a desk and on a phone, in the light and in the dark.</summary>
public sealed class CatalogueAxeScenarios(Chrome chrome) : Scenario(chrome)
{
    public static TheoryData<Screen> Screens => [Screen.Desk, Screen.Phone];

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task The_list_a_question_about_several_the_forms_and_a_preview(Screen screen)
    {
        var shop = await FreshShopAsync();
        var desk = await (await NewShopperAsync(shop, screen)).OpenDashboardAsync();

        await OpenAsync(desk, "/admin/products");
        await desk.GetByLabel("Select Snks 23 Hop Man 3").CheckAsync();
        await desk.ExpectNoViolationAsync();
        await desk.Locator(".products__bulk [name=pause]").ClickAsync();
        await Expect(desk.Locator("#bulk-reason")).ToBeVisibleAsync();
        await desk.ExpectNoViolationAsync();
        await desk.FillAsync("#bulk-reason", "Wrong price");
        await desk.Locator("[name=confirm]").ClickAsync();
        await Expect(desk.Locator("[name=close]")).ToBeVisibleAsync();
        await desk.ExpectNoViolationAsync();

        await OpenAsync(desk, "/admin/products?q=none+of+them");
        await desk.ExpectNoViolationAsync();

        await OpenAsync(desk, "/admin/products/new");
        await desk.Locator("[name=create]").ClickAsync();
        await Expect(desk.Locator(".form-end__trouble")).ToBeVisibleAsync();
        await desk.ExpectNoViolationAsync();

        await OpenAsync(desk, "/admin/products/1");
        await desk.ExpectNoViolationAsync();

        await OpenAsync(desk, "/admin/products/import");
        await desk.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "shoes.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes("style_code,brand,name,colorway,retail_price_usd,release_date\nA,b,n,c,1,2099-01-01\nB,,n,c,1,2020-01-01"),
        });
        await Expect(desk.Locator(".import__trouble")).ToBeVisibleAsync();
        await desk.ExpectNoViolationAsync();
        await desk.Locator("[name=show-new]").ClickAsync();
        await Expect(desk.Locator("tbody")).ToContainTextAsync("2099-01-01");
        await desk.ExpectNoViolationAsync();
    }

    private static async Task OpenAsync(IPage desk, string path)
    {
        await desk.GotoAsync(path);
        await Expect(desk.Locator("main[data-live]")).ToBeVisibleAsync(new() { Timeout = Tab.Patiently.Timeout });
        await Expect(desk.Locator(".list-skeleton")).ToHaveCountAsync(0);
    }
}
