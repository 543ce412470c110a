using Bunit;
using LiveShop.Tests.Harness;
using LiveShop.Web.Admin;
using LiveShop.Web.Components.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using MudBlazor.Utilities;

namespace LiveShop.Tests;

public sealed class ShortcutKeysTests : IAsyncDisposable
{
    private readonly ShopTab tab = new(services => services.AddMudServices().AddScoped<OperatorShortcuts>());
    private readonly IRenderedComponent<MudDialogProvider> dialogs;
    private readonly IRenderedComponent<ShortcutKeys> keys;

    public ShortcutKeysTests()
    {
        tab.JSInterop.Mode = JSRuntimeMode.Loose;
        dialogs = tab.Render<MudDialogProvider>();
        keys = tab.Render<ShortcutKeys>(parameters => parameters.AddChildContent("<p>page</p>"));
    }

    public async ValueTask DisposeAsync() => await tab.DisposeAsync();

    [Fact]
    public void A_question_mark_lists_the_shortcuts_once_and_other_keys_do_nothing()
    {
        Press("r");
        Assert.Empty(dialogs.FindAll(".mud-dialog"));

        Press("?");
        Press("?");

        dialogs.WaitForAssertion(() => Assert.Single(dialogs.FindAll(".mud-dialog")));
        Assert.Equal(3, dialogs.FindAll(".mud-dialog tr").Count(row => row.TextContent.StartsWith("Alt", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(JsKey.KeyR, OperatorShortcut.Release)]
    [InlineData(JsKey.KeyP, OperatorShortcut.Pause)]
    [InlineData(JsKey.KeyS, OperatorShortcut.Search)]
    public async Task A_key_is_the_pages_to_handle(JsKey key, object shortcut)
    {
        var pressed = false;
        tab.Services.GetRequiredService<OperatorShortcuts>().Handle((OperatorShortcut)shortcut, () =>
        {
            pressed = true;
            return Task.CompletedTask;
        });

        await HotkeyAsync(key);

        Assert.True(pressed);
        Assert.Equal("/", tab.Address);
    }

    [Theory]
    [InlineData(JsKey.KeyR, "/admin")]
    [InlineData(JsKey.KeyS, "/admin/orders")]
    public async Task Where_the_page_does_not_handle_it_it_leads_to_the_one_that_does(JsKey key, string address)
    {
        await HotkeyAsync(key);

        Assert.Equal(address, tab.Address);
    }

    private void Press(string key) => keys.Find(".shortcut-keys").KeyDown(new KeyboardEventArgs { Key = key });

    private Task HotkeyAsync(JsKey key)
    {
        var hotkey = Assert.Single(keys.FindComponents<MudHotkey>(), hotkey => hotkey.Instance.Key == key).Instance;
        Assert.Equal([JsKeyModifier.AltLeft], hotkey.KeyModifiers);
        return keys.InvokeAsync(() => hotkey.OnHotkeyPressed.InvokeAsync(new HotkeyEventArgs(key, [JsKeyModifier.AltLeft], hotkey)));
    }
}
