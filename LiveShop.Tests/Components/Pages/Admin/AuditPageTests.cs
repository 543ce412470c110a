using Bunit;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Pages.Admin;

namespace LiveShop.Tests;

public sealed class AuditPageTests(PostgresServer postgres) : DeskTests(postgres)
{
    private ShopTab tab = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        tab = OpenOperatorTab();
    }

    [Fact]
    public async Task It_lists_who_did_what_on_what_newest_first()
    {
        var product = await Node.AddProductAsync("A", stock: 5);
        await Node.DropControl.StopAsync(product.Id, null, "counting", "bo");

        var page = await OpenAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal(["bo", "stop", "product A"], new[] { "actor", "action", "subject" }.Select(cell => page.Find($".audit__{cell}").TextContent.Trim())));
    }

    [Fact]
    public async Task An_entry_opens_to_what_was_before_and_after()
    {
        var product = await Node.AddProductAsync("A", stock: 5);
        await Node.DropControl.StopAsync(product.Id, null, "counting", "bo");
        var page = await OpenAsync();
        await page.WaitForElementAsync(".audit__actor");

        await page.PressAsync("tbody button");

        await page.WaitForAssertionAsync(() => Assert.Contains("counting", page.Find(".audit-change").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_searched_while_typing_and_the_address_keeps_the_search()
    {
        var product = await Node.AddProductAsync("A", stock: 5);
        await Node.DropControl.StopAsync(product.Id, null, "counting", "bo");
        var page = await OpenAsync();

        await page.TypeAsync("#audit-search", "stop");

        await page.WaitForAssertionAsync(() => Assert.Equal(["stop"], Cells(page, "action")));
        Assert.Equal("/admin/audit?text=stop", tab.Address);
        await page.ChangeAsync("[name=actor]", "nobody");
        await page.WaitForAssertionAsync(() => Assert.StartsWith("No entry matches.", page.Find(".list__empty").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Older_entries_follow_those_that_fit_on_a_page_in_either_order()
    {
        var product = await Node.AddProductAsync("A", stock: 5, release: false);
        for (var day = 1; day <= 60; day++) await Node.DropControl.ScheduleAsync(product.Id, DateTimeOffset.UtcNow.AddDays(day), $"day {day}");
        var page = await OpenAsync("?action=schedule");
        await page.WaitForAssertionAsync(() => Assert.Equal(50, Cells(page, "actor").Count()));

        await FollowAsync(page, ".audit__next");
        await page.WaitForAssertionAsync(() => Assert.Equal("day 10", Cells(page, "actor").First()));
        Assert.True(page.Find(".audit__next").HasAttribute("disabled"));

        await page.InvokeAsync(() => page.Find("th[aria-sort] button").ClickAsync());
        await page.WaitForAssertionAsync(() => Assert.Equal("day 1", Cells(page, "actor").First()));
        await FollowAsync(page, ".audit__next");
        await page.WaitForAssertionAsync(() => Assert.Equal(["day 51", "day 60"], [Cells(page, "actor").First(), Cells(page, "actor").Last()]));
    }

    [Fact]
    public async Task While_the_database_is_away_it_says_so()
    {
        Link.Cut();

        var page = await OpenAsync();

        await page.WaitForAssertionAsync(() => Assert.Contains("out of reach", NoticeOf(page), StringComparison.Ordinal));
    }

    private static IEnumerable<string> Cells(IRenderedComponent<AuditPage> page, string column) => page.FindAll($".audit__{column}").Select(cell => cell.TextContent.Trim());

    private Task FollowAsync(IRenderedComponent<AuditPage> page, string link) => page.InvokeAsync(() => tab.Navigation.NavigateTo(page.Find(link).GetAttribute("href")!));

    private Task<IRenderedComponent<AuditPage>> OpenAsync(string query = "")
    {
        tab.Navigation.NavigateTo("/admin/audit" + query);
        return OpenDeskPageAsync<AuditPage>(tab);
    }
}
