using Bunit;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Shared;

namespace LiveShop.Tests;

public sealed class LevelKeyTests
{
    [Fact]
    public void It_explains_each_level_in_the_words_that_the_sizes_use()
    {
        using var tab = new ShopTab();

        var key = tab.Render<LevelKey>();

        Assert.Equal(
            ["level--high plenty", "level--medium going", "level--low last pairs"],
            key.FindAll("li:has(.bars)").Select(entry => $"{entry.ClassList[^1]} {entry.TextContent}"));
        Assert.Equal("8.5gone", key.Find("li:has(s)").TextContent);
        Assert.Equal("What the bars mean", key.Find("ul").GetAttribute("aria-label"));
    }
}
