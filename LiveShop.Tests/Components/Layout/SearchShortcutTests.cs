using Bunit;
using LiveShop.Tests.Harness;
using LiveShop.Web.Admin;
using LiveShop.Web.Components.Layout;
using Microsoft.Extensions.DependencyInjection;

namespace LiveShop.Tests;

public sealed class SearchShortcutTests
{
    [Fact]
    public async Task It_moves_the_focus_while_the_page_shows_it()
    {
        await using var tab = new ShopTab(services => services.AddScoped<OperatorShortcuts>());
        var shortcuts = tab.Services.GetRequiredService<OperatorShortcuts>();
        var focused = 0;
        tab.Render<SearchShortcut>(parameters => parameters.Add(p => p.Focus, () =>
        {
            focused++;
            return ValueTask.CompletedTask;
        }));

        Assert.True(await shortcuts.PressAsync(OperatorShortcut.Search));
        await tab.DisposeComponentsAsync();
        Assert.False(await shortcuts.PressAsync(OperatorShortcut.Search));

        Assert.Equal(1, focused);
    }
}
