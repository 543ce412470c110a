using System.Text.RegularExpressions;
using Bunit;
using LiveShop.Tests.Harness;
using LiveShop.Web.Admin;
using LiveShop.Web.Components.Layout;
using MudBlazor;
using MudBlazor.Services;

namespace LiveShop.Tests;

public sealed partial class OperatorThemeTests
{
    public static TheoryData<string, Func<Palette, MudBlazor.Utilities.MudColor>> Tokens => new()
    {
        { "paper", palette => palette.Background },
        { "card", palette => palette.Surface },
        { "ink", palette => palette.TextPrimary },
        { "ink-2", palette => palette.TextSecondary },
        { "line", palette => palette.LinesDefault },
        { "live-fill", palette => palette.Error },
        { "on-live", palette => palette.ErrorContrastText },
        { "plenty", palette => palette.Success },
        { "held", palette => palette.WarningLighten },
    };

    [Theory]
    [MemberData(nameof(Tokens))]
    public void Its_palettes_have_the_colours_of_the_style_sheet(string token, Func<Palette, MudBlazor.Utilities.MudColor> colour)
    {
        // The first definition is the light one, the second stands in the rule for dark systems.
        string[] values = [.. TokenDefinition().Matches(SourceTree.Read("LiveShop.Web/wwwroot/app.css")).Where(match => match.Groups[1].Value == token).Select(match => match.Groups[2].Value)];

        string[] palettes = [Hex(colour(OperatorTheme.Theme.PaletteLight)), Hex(colour(OperatorTheme.Theme.PaletteDark))];
        Assert.Equal(values, palettes);
    }

    [Fact]
    public void The_systems_choice_leaves_it_to_the_browser_which_palette_holds()
    {
        var markup = Render(ThemeChoice.System);

        Assert.Contains("--mud-palette-background: rgba(245,243,238,1)", markup, StringComparison.Ordinal);
        Assert.Matches(@"@media \(prefers-color-scheme: dark\) \{\s*--mud-palette-black[\s\S]*--mud-palette-background: rgba\(18,18,15,1\)", markup);
    }

    [Theory]
    [InlineData(ThemeChoice.Light, "rgba(245,243,238,1)", "light")]
    [InlineData(ThemeChoice.Dark, "rgba(18,18,15,1)", "dark")]
    public void A_choice_is_one_palette_whatever_the_system_says(ThemeChoice choice, string paper, string scheme)
    {
        var markup = Render(choice);

        Assert.Equal(["--mud-palette-background: " + paper], Background().Matches(markup).Select(match => match.Value));
        Assert.DoesNotContain("prefers-color-scheme", markup, StringComparison.Ordinal);
        Assert.Contains($":root {{ color-scheme: {scheme}; }}", markup, StringComparison.Ordinal);
    }

    private static string Render(ThemeChoice choice)
    {
        using var tab = new ShopTab(services => services.AddMudServices());
        tab.JSInterop.Mode = JSRuntimeMode.Loose;
        return tab.Render<OperatorPalette>(parameters => parameters.Add(p => p.Choice, choice)).Markup;
    }

    private static string Hex(MudBlazor.Utilities.MudColor colour) => colour.ToString(MudBlazor.Utilities.MudColorOutputFormats.Hex);

    [GeneratedRegex("--([a-z0-9-]+): (#[0-9a-f]{6});")]
    private static partial Regex TokenDefinition();

    [GeneratedRegex(@"--mud-palette-background: rgba\([^)]*\)")]
    private static partial Regex Background();
}
