using Bunit;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Pages.Admin;

namespace LiveShop.Tests;

public sealed class ConfirmButtonTests : IDisposable
{
    private readonly ShopTab tab = new();

    public void Dispose() => tab.Dispose();

    [Fact]
    public async Task A_double_click_does_it_once()
    {
        var done = 0;
        IRenderedComponent<ConfirmButton> button = null!;
        button = tab.Render<ConfirmButton>(parameters => parameters
            .Add(p => p.Label, "Change stock").Add(p => p.Question, "Adds 10 pairs.").Add(p => p.OnConfirm, async () =>
            {
                // The second one comes while the button is still there for the browser.
                if (++done == 1) await button.Find(".confirm__yes").ClickAsync();
            }));
        await button.PressAsync(".confirm__ask");

        await button.PressAsync(".confirm__yes");

        Assert.Equal(1, done);
    }
}
