using Bunit;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Pages.Admin;

namespace LiveShop.Tests;

public sealed class AuditPageTests(PostgresServer postgres) : DeskTests(postgres)
{
    [Fact]
    public async Task It_lists_who_did_what_on_what_newest_first()
    {
        var product = await Node.AddProductAsync("A", stock: 5);
        await Node.DropControl.StopAsync(product.Id, null, "counting", "bo");

        var page = await OpenAsync();

        Assert.Equal(["bo", "stop", "product A"], page.FindAll("tbody tr:first-child td").Skip(1).Take(3).Select(cell => cell.TextContent));
        Assert.Contains("counting", page.Find("tbody tr:first-child td:last-child").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_searched_while_typing()
    {
        var product = await Node.AddProductAsync("A", stock: 5);
        await Node.DropControl.StopAsync(product.Id, null, "counting", "bo");
        var page = await OpenAsync();

        await page.Find("#audit-search").InputAsync(new() { Value = "stop" });

        await page.WaitForAssertionAsync(() => Assert.Equal(["stop"], page.FindAll("tbody td:nth-child(3)").Select(cell => cell.TextContent)));
    }

    [Fact]
    public async Task Older_entries_follow_those_that_fit_on_a_page()
    {
        var product = await Node.AddProductAsync("A", stock: 5, release: false);
        for (var day = 1; day <= 60; day++) await Node.DropControl.ScheduleAsync(product.Id, DateTimeOffset.UtcNow.AddDays(day), $"day {day}");
        var page = await OpenAsync();
        Assert.Equal(50, page.FindAll("tbody tr").Count);

        await page.PressAsync("[name=older]");

        await page.WaitForAssertionAsync(() => Assert.Equal("day 10", page.Find("tbody td:nth-child(2)").TextContent));
        Assert.Empty(page.FindAll("[name=older]"));
    }

    [Fact]
    public async Task While_the_database_is_away_it_says_so()
    {
        Link.Cut();

        Assert.Contains("out of reach", (await OpenAsync()).Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    private Task<IRenderedComponent<AuditPage>> OpenAsync() => OpenDeskPageAsync<AuditPage>();
}
