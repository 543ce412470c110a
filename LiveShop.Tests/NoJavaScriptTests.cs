using System.Text.RegularExpressions;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

/// <summary>No custom JavaScript anywhere. The framework's own script and, for operators, the component library's are the only ones.</summary>
public sealed partial class NoJavaScriptTests
{
    private const string Web = "LiveShop.Web";

    [Fact]
    public void The_shop_has_no_script_file_of_its_own() => Assert.Empty(SourceTree.Files(Web, ".js", ".mjs", ".cjs", ".ts", ".jsx", ".tsx"));

    [Fact]
    public void The_only_script_elements_load_the_frameworks_and_the_component_librarys()
    {
        var scripts = SourceTree.Files(Web, ".razor", ".html", ".cshtml", ".svg", ".cs")
            .SelectMany(file => ScriptElement().Matches(SourceTree.Read(file)).Select(match => $"{file}: {match.Value}"));

        Assert.Equal(
            [
                "LiveShop.Web/Components/App.razor: <script src=\"@Assets[\"_framework/blazor.web.js\"]\">",
                "LiveShop.Web/Components/App.razor: <script src=\"@Assets[\"_content/MudBlazor/MudBlazor.min.js\"]\">",
            ],
            scripts);
    }

    [Fact]
    public void No_markup_has_an_event_attribute_for_scripts() => Assert.DoesNotContain(
        SourceTree.Files(Web, ".razor", ".html", ".svg"), file => EventAttribute().IsMatch(SourceTree.Read(file)));

    [Fact]
    public void Nothing_calls_into_scripts() => Assert.DoesNotContain(
        SourceTree.Files(Web, ".razor", ".cs"), file => JavaScriptInterop().IsMatch(SourceTree.Read(file)));

    [Fact]
    public void These_rules_look_at_the_files_that_they_are_about()
    {
        Assert.Contains("LiveShop.Web/Components/Pages/Shop/StorePage.razor", SourceTree.Files(Web, ".razor"));
        Assert.Contains("LiveShop.Web/Program.cs", SourceTree.Files(Web, ".cs"));
        Assert.Matches(EventAttribute(), "<p onclick=\"alert(1)\">");
        Assert.DoesNotMatch(EventAttribute(), "<p @onclick=\"Press\">");
        Assert.Matches(JavaScriptInterop(), "@inject IJSRuntime Js");
    }

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex ScriptElement();

    [GeneratedRegex("""\son[a-z]+\s*=\s*["']""")]
    private static partial Regex EventAttribute();

    [GeneratedRegex(@"IJS(InProcess)?Runtime|IJSObjectReference|JSInvokable|JSImport|Microsoft\.JSInterop|javascript:")]
    private static partial Regex JavaScriptInterop();
}
