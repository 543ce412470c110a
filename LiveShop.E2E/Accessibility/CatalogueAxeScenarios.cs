using System.Text;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using LiveShop.E2E.Harness;
using Microsoft.Playwright;

namespace LiveShop.E2E.Accessibility;

/// <summary>axe finds no violation of WCAG 2.2 AA on the pages about products, on a desk and on a phone, in the light and in the dark.</summary>
public sealed class CatalogueAxeScenarios(Chrome chrome) : Scenario(chrome)
{
    private static readonly AxeRunOptions Wcag = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };

    public static TheoryData<Screen> Screens => [Screen.Desk, Screen.Phone];

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task The_list_a_question_about_several_the_forms_and_a_preview(Screen screen)
    {
        var shop = await StartShopAsync(settings: Operator.Setting);
        var desk = await (await NewShopperAsync(shop, screen)).OpenDashboardAsync();

        await OpenAsync(desk, "/admin/products");
        await desk.GetByLabel("Select Snks 23 Hop Man 3").CheckAsync();
        await ExpectNoViolationAsync(desk);
        await desk.Locator(".products__bulk [name=pause]").ClickAsync();
        await Expect(desk.Locator("#bulk-reason")).ToBeVisibleAsync();
        await ExpectNoViolationAsync(desk);
        await desk.FillAsync("#bulk-reason", "Wrong price");
        await desk.Locator("[name=confirm]").ClickAsync();
        await Expect(desk.Locator("[name=close]")).ToBeVisibleAsync();
        await ExpectNoViolationAsync(desk);

        await OpenAsync(desk, "/admin/products?q=none+of+them");
        await ExpectNoViolationAsync(desk);

        await OpenAsync(desk, "/admin/products/new");
        await desk.Locator("[name=create]").ClickAsync();
        await Expect(desk.Locator(".form-end__trouble")).ToBeVisibleAsync();
        await ExpectNoViolationAsync(desk);

        await OpenAsync(desk, "/admin/products/1");
        await ExpectNoViolationAsync(desk);

        await OpenAsync(desk, "/admin/products/import");
        await desk.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "shoes.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes("style_code,brand,name,colorway,retail_price_usd,release_date\nA,b,n,c,1,2099-01-01\nB,,n,c,1,2020-01-01"),
        });
        await Expect(desk.Locator(".import__trouble")).ToBeVisibleAsync();
        await ExpectNoViolationAsync(desk);
        await desk.Locator("[name=show-new]").ClickAsync();
        await Expect(desk.Locator("tbody")).ToContainTextAsync("2099-01-01");
        await ExpectNoViolationAsync(desk);
    }

    private static async Task OpenAsync(IPage desk, string path)
    {
        await desk.GotoAsync(path);
        await Expect(desk.Locator("main[data-live]")).ToBeVisibleAsync(new() { Timeout = Tab.Patiently.Timeout });
        await Expect(desk.Locator(".list-skeleton")).ToHaveCountAsync(0);
    }

    private static async Task ExpectNoViolationAsync(IPage desk)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await desk.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            // Colours that fade in are measured when they are there.
            await Expect(desk.Locator(".mud-snackbar")).ToHaveCountAsync(0, new() { Timeout = 15_000 });
            var result = await desk.RunAxe(Wcag);
            var faults = result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Html}: {string.Join(' ', node.Any.Concat(node.All).Select(check => check.Message))}")).ToList();
            Assert.True(faults.Count == 0, $"{desk.Url} in the {scheme}:\n{string.Join('\n', faults)}");
            Assert.Equal(0, await desk.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth"));
        }
    }
}
