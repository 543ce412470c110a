using MudBlazor;

namespace LiveShop.Web.Components.Layout;

/// <summary>The component library's theme for operators' pages, made from the design tokens of app.css. A test compares the two.</summary>
internal static class OperatorTheme
{
    private static readonly string[] Fonts = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Liberation Sans", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = Fill(new PaletteLight(), new(
            Paper: "#f5f3ee", Card: "#fffdf9", Ink: "#171611", Ink2: "#5d5a51", Line: "#dedad0", LiveFill: "#d63515", OnLive: "#ffffff", LiveText: "#b9290f",
            Plenty: "#2c6e49", Held: "#c98a12", HeldText: "#8a5a00")),
        PaletteDark = Fill(new PaletteDark(), new(
            Paper: "#12120f", Card: "#1b1a16", Ink: "#f4f1e8", Ink2: "#a8a397", Line: "#34322b", LiveFill: "#ff5a36", OnLive: "#171611", LiveText: "#ff8a6c",
            Plenty: "#7ecb9d", Held: "#f0b64a", HeldText: "#f0b64a")),
        LayoutProperties = new() { DefaultBorderRadius = "12px", AppbarHeight = "56px", DrawerWidthLeft = "88px" },
        Typography = new()
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = ".9375rem", LineHeight = "1.5", LetterSpacing = "normal" },
            H1 = new H1Typography { FontFamily = Fonts, FontSize = "1.75rem", FontWeight = "800", LineHeight = "1.15", LetterSpacing = "-.03em" },
            H2 = new H2Typography { FontFamily = Fonts, FontSize = "1.125rem", FontWeight = "800", LineHeight = "1.25", LetterSpacing = "-.02em" },
            H6 = new H6Typography { FontFamily = Fonts, FontSize = "1.125rem", FontWeight = "800", LineHeight = "1.25", LetterSpacing = "-.02em" },
            Button = new ButtonTypography { FontFamily = Fonts, FontSize = ".9375rem", FontWeight = "650", LetterSpacing = "normal", TextTransform = "none" },
        },
    };

    private static TPalette Fill<TPalette>(TPalette palette, Tokens tokens)
        where TPalette : Palette
    {
        palette.Background = palette.BackgroundGray = palette.AppbarBackground = palette.DrawerBackground = tokens.Paper;
        palette.Surface = tokens.Card;
        palette.TextPrimary = palette.AppbarText = palette.DrawerText = palette.ActionDefault = tokens.Ink;
        palette.TextSecondary = palette.DrawerIcon = palette.TextDisabled = palette.ActionDisabled = tokens.Ink2;
        palette.Primary = palette.Dark = tokens.Ink;
        palette.PrimaryContrastText = palette.DarkContrastText = tokens.Paper;
        palette.Secondary = palette.Error = tokens.LiveFill;
        // The library writes text in the colour itself; the style sheet takes the darker one there.
        palette.SecondaryDarken = palette.ErrorDarken = tokens.LiveText;
        palette.SecondaryContrastText = palette.ErrorContrastText = tokens.OnLive;
        palette.Tertiary = palette.Success = tokens.Plenty;
        palette.TertiaryContrastText = palette.SuccessContrastText = tokens.Card;
        palette.Info = tokens.Ink2;
        palette.InfoContrastText = tokens.Card;
        palette.Warning = tokens.HeldText;
        palette.WarningLighten = tokens.Held;
        palette.WarningContrastText = tokens.Card;
        palette.LinesDefault = palette.TableLines = palette.Divider = palette.DividerLight = palette.ActionDisabledBackground = tokens.Line;
        palette.LinesInputs = tokens.Ink2;
        palette.TableHover = palette.TableStriped = palette.Skeleton = new MudBlazor.Utilities.MudColor(tokens.Ink).SetAlpha(0.06);
        return palette;
    }

    /// <summary>Colours by the names that app.css gives them.</summary>
    /// <param name="HeldText">Darker than <paramref name="Held"/> where that is too pale for text on the paper.</param>
    private sealed record Tokens(
        string Paper, string Card, string Ink, string Ink2, string Line, string LiveFill, string OnLive, string LiveText, string Plenty, string Held, string HeldText);
}
