using System.Text;
using MudBlazor;

namespace LiveShop.Web.Components.Layout;

/// <summary>
/// The dark palette for browsers whose system is dark. A style sheet decides, so that the first paint is right and pages without
/// a circuit follow the system too; the library's own way asks the browser by script after the first render.
/// </summary>
public sealed class SystemDarkPalette : MudThemeProvider
{
    protected override void GenerateTheme(StringBuilder themeStringBuilder)
    {
        themeStringBuilder.AppendLine("@media (prefers-color-scheme: dark) {");
        base.GenerateTheme(themeStringBuilder);
        themeStringBuilder.AppendLine("color-scheme: dark; }");
    }
}
