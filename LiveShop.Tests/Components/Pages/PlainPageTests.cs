using Bunit;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Pages;
using Microsoft.AspNetCore.Components;

namespace LiveShop.Tests;

/// <summary>The pages that need no database, because they are shown when it, or everything else, fails.</summary>
public sealed class PlainPageTests : IDisposable
{
    private readonly ShopTab tab = new(isLive: false);

    public void Dispose() => tab.Dispose();

    [Fact]
    public void The_not_found_page_says_so_and_leads_to_the_store() => SaysAndLeadsToTheStore<NotFoundPage>("Nothing here.");

    [Fact]
    public void The_error_page_takes_the_blame_and_leads_to_the_store() => SaysAndLeadsToTheStore<ErrorPage>("That went wrong.");

    private void SaysAndLeadsToTheStore<TPage>(string heading)
        where TPage : IComponent
    {
        var page = tab.Render<TPage>();

        Assert.Equal(heading, page.Find("main h1").TextContent);
        Assert.Equal("/", page.Find("main a").GetAttribute("href"));
        Assert.Equal("Sneakers23", page.Find(".header__name").TextContent);
    }
}
