using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace LiveShop.E2E.Harness;

/// <summary>Asks axe about a page.</summary>
internal static class AxeCheck
{
    private static readonly AxeRunOptions Wcag = new() { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } };

    /// <summary>The rules about colours.</summary>
    private static readonly AxeRunOptions Colours = new() { RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] } };

    /// <summary>
    /// Finds no violation of WCAG 2.2 AA in the light, none of its rules about colours in the dark, which differs in nothing else,
    /// and nothing wider than the screen.
    /// </summary>
    public static async Task ExpectNoViolationAsync(this IPage tab)
    {
        await tab.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
        // Colours that fade in are measured when they are there.
        await Assertions.Expect(tab.Locator(".mud-snackbar")).ToHaveCountAsync(0, new() { Timeout = 15_000 });
        await ExpectNoneAsync(tab, Colours, "dark");
        await tab.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        await ExpectNoneAsync(tab, Wcag, "light");
        Assert.True(await tab.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") <= 0, $"{tab.Url} is wider than the screen.");
    }

    private static async Task ExpectNoneAsync(IPage tab, AxeRunOptions rules, string theme)
    {
        // In the page itself: no page has a frame, and the way that is not obsolete opens a tab for each question.
#pragma warning disable CS0618
        var result = await tab.Locator(":root").RunAxeLegacy(rules);
#pragma warning restore CS0618
        var faults = result.Violations.SelectMany(violation => violation.Nodes.Select(node =>
            $"{violation.Id}: {violation.Help}: {node.Html}: {string.Join(' ', node.Any.Concat(node.All).Select(check => check.Message))}")).ToList();
        Assert.True(faults.Count == 0, $"{tab.Url} in the {theme}:\n{string.Join('\n', faults)}");
    }
}
