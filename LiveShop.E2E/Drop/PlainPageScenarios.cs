using System.Collections.Concurrent;
using LiveShop.E2E.Harness;
using Microsoft.Playwright;

namespace LiveShop.E2E.Drop;

/// <summary>Shoppers' pages stay plain: the component library of operators' pages costs them nothing.</summary>
public sealed class PlainPageScenarios(Chrome chrome, OpenShop shop) : OpenShopScenario(chrome, shop)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/checkout")]
    public async Task A_shoppers_browser_loads_no_byte_of_the_component_library(string path)
    {
        var shopper = await NewShopperAsync();
        await (await shopper.OpenStoreAsync()).AddAsync(1);
        var loaded = await LoadAsync(await shopper.NewTabAsync(), path);

        Assert.Contains(loaded.Keys, url => url.Contains("/_framework/blazor.web.", StringComparison.Ordinal));
        Assert.Contains(loaded.Keys, url => url.Contains("/app.", StringComparison.Ordinal));
        Assert.DoesNotContain(loaded.Keys, url => url.Contains("/_content/", StringComparison.Ordinal) || url.Contains("/admin.", StringComparison.Ordinal));
        // The style sheet of the components is one file, with the operators' among them.
        Assert.DoesNotContain(loaded, file => !file.Key.Contains("/LiveShop.Web.", StringComparison.Ordinal) && file.Value.Contains("mud-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task An_operators_browser_does_load_it()
    {
        var tab = await (await NewShopperAsync()).OpenDashboardAsync();

        Assert.Contains((await LoadAsync(tab, "/admin")).Keys, url => url.Contains("/_content/MudBlazor/", StringComparison.Ordinal));
    }

    /// <summary>What the browser loads for a page until it is live, by address.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> LoadAsync(IPage tab, string path)
    {
        var responses = new ConcurrentBag<IResponse>();
        tab.Response += (_, response) => responses.Add(response);
        await tab.GotoAsync(path);
        await Eventually.EqualAsync(true, async () => responses.Any(response => response.Url.Contains("/_blazor/negotiate", StringComparison.Ordinal)) && await tab.Locator("[disabled]#place-order").CountAsync() == 0);
        var loaded = new Dictionary<string, string>();
        foreach (var response in responses.Where(response => response.Ok)) loaded[response.Url] = await response.TextAsync();
        return loaded;
    }
}
