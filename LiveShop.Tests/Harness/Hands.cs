using Bunit;
using Microsoft.AspNetCore.Components;

namespace LiveShop.Tests.Harness;

/// <summary>
/// What a shopper or an operator does on a live page. Finding the element and sending its event are one step on the page's dispatcher, so
/// that no render comes between them and makes the event one of an element that is gone.
/// </summary>
internal static class Hands
{
    /// <summary>Completes when the page has dealt with it.</summary>
    public static Task PressAsync<TPage>(this IRenderedComponent<TPage> page, string selector)
        where TPage : IComponent =>
        page.InvokeAsync(() => page.Find(selector).ClickAsync());

    /// <inheritdoc cref="PressAsync"/>
    public static Task TypeAsync<TPage>(this IRenderedComponent<TPage> page, string selector, string text)
        where TPage : IComponent =>
        page.InvokeAsync(() => page.Find(selector).InputAsync(text));

    /// <summary>The same for a field that tells its text when it is left.</summary>
    public static Task ChangeAsync<TPage>(this IRenderedComponent<TPage> page, string selector, string text)
        where TPage : IComponent =>
        page.InvokeAsync(() => page.Find(selector).ChangeAsync(text));

    /// <inheritdoc cref="PressAsync"/>
    public static Task SubmitAsync<TPage>(this IRenderedComponent<TPage> page, string selector)
        where TPage : IComponent =>
        page.InvokeAsync(() => page.Find(selector).SubmitAsync());

    public static string Notice<TPage>(this IRenderedComponent<TPage> page)
        where TPage : IComponent =>
        page.Find("#notice").TextContent.Trim();
}
