using Bunit;
using Microsoft.AspNetCore.Components;

namespace LiveShop.Tests.Harness;

/// <summary>Tests of the operators' pages.</summary>
public abstract class DeskTests(PostgresServer postgres) : PageTests(postgres)
{
    private protected async Task<IRenderedComponent<TPage>> OpenDeskPageAsync<TPage>(ShopTab? tab = null, Action<ComponentParameterCollectionBuilder<TPage>>? parameters = null)
        where TPage : IComponent
    {
        var page = (tab ?? OpenOperatorTab()).Render(parameters ?? (_ => { }));
        await page.WaitForElementAsync("main");
        return page;
    }

    private protected static string NoticeOf<TPage>(IRenderedComponent<TPage> page)
        where TPage : IComponent => page.Find(".desk__notice").TextContent;

    /// <summary>Presses a button that asks first, and answers yes.</summary>
    private protected static async Task ConfirmAsync<TPage>(IRenderedComponent<TPage> page, string label)
        where TPage : IComponent
    {
        await PressButtonAsync(page, label + "…");
        await PressButtonAsync(page, label);
    }

    private protected static Task PressButtonAsync<TPage>(IRenderedComponent<TPage> page, string label)
        where TPage : IComponent => page.InvokeAsync(() => Button(page, label).ClickAsync());

    private protected static AngleSharp.Dom.IElement Button<TPage>(IRenderedComponent<TPage> page, string label)
        where TPage : IComponent => page.FindAll("button").First(button => button.TextContent.Trim() == label);
}
