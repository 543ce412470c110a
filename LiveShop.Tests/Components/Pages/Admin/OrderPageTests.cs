using Bunit;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Pages.Admin;

namespace LiveShop.Tests;

public sealed class OrderPageTests(PostgresServer postgres) : DeskTests(postgres)
{
    private ShopTab tab = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        tab = OpenOperatorTab();
    }

    [Fact]
    public async Task Nobody_but_an_operator_is_shown_anything()
    {
        var number = await BuyAsync();
        tab = OpenOperatorTab(new OperatorTabSession(null));

        var page = tab.Render<OrderPage>(parameters => parameters.Add(p => p.Number, number));

        Assert.Empty(page.Markup);
        Assert.Equal("/admin/login", tab.Address);
    }

    [Fact]
    public async Task It_shows_lines_delivery_history_and_stock_and_the_way_to_the_list()
    {
        var page = await OpenAsync(await BuyAsync());

        Assert.Equal("placed", StateOf(page));
        Assert.Contains("A-9.5", page.Markup, StringComparison.Ordinal);
        Assert.Equal("$240", page.Find(".sum strong").TextContent);
        Assert.Contains("1100-048 Lisboa", page.Find(".delivery").TextContent, StringComparison.Ordinal);
        Assert.Contains("shopper", Assert.Single(page.FindAll(".order-history tbody tr")).TextContent, StringComparison.Ordinal);
        Assert.Equal(["-1", "-1"], page.FindAll(".order-ledger tbody .list__number").Select(cell => cell.TextContent));
        Assert.Equal("/admin/orders", page.Find("nav a").GetAttribute("href"));
    }

    [Fact]
    public async Task Cancelling_says_first_what_it_does_then_does_it_and_shows_it_in_place()
    {
        var page = await OpenAsync(await BuyAsync());

        await AskAsync(page, "Cancel the order", "Called us");
        Assert.Contains("Back into stock at once: 2 pairs.", tab.Dialogs.Markup, StringComparison.Ordinal);
        Assert.Equal([4, 4], await Database.AvailableAsync());
        await ConfirmAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal("cancelled", StateOf(page)));
        await SaysAsync("The order is cancelled. Back in stock: 2 pairs.");
        Assert.Contains("Called us", page.FindAll(".order-history tbody tr")[^1].TextContent, StringComparison.Ordinal);
        Assert.Equal(["-1", "-1", "+1", "+1"], page.FindAll(".order-ledger tbody .list__number").Select(cell => cell.TextContent));
        Assert.Equal([5, 5], await Database.AvailableAsync());
        Assert.Equal("ana", await Database.ReadAsync<string>("select actor from audit_entries where action = 'cancel'"));
        Assert.Equal(["Refund the order…"], page.FindAll(".order-panel__actions button").Select(button => button.TextContent.Trim()));
        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Empty(tab.Dialogs.FindAll(".order-change")));
    }

    [Fact]
    public async Task Refunding_a_cancelled_order_says_that_its_pairs_are_back_and_is_the_last_that_can_be_done()
    {
        var number = await BuyAsync();
        await Node.OrderControl.CancelAsync(number, "Called us", "bo");
        var page = await OpenAsync(number);

        await AskAsync(page, "Refund the order", "Paid back");
        Assert.Contains("Send $240 back first", tab.Dialogs.Markup, StringComparison.Ordinal);
        Assert.Contains("back in stock already", tab.Dialogs.Markup, StringComparison.Ordinal);
        await ConfirmAsync();

        await page.WaitForAssertionAsync(() => Assert.Equal("refunded", StateOf(page)));
        await SaysAsync("The order is refunded.");
        Assert.Equal([5, 5], await Database.AvailableAsync());
        Assert.Empty(page.FindAll(".order-panel__actions"));
    }

    [Fact]
    public async Task Without_a_reason_nothing_is_done_and_it_says_so()
    {
        var page = await OpenAsync(await BuyAsync());

        await AskAsync(page, "Cancel the order", "");
        await ConfirmAsync();

        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Contains("Say why: the audit log keeps it.", tab.Dialogs.Markup, StringComparison.Ordinal));
        Assert.Equal("placed", StateOf(page));
        Assert.Equal([4, 4], await Database.AvailableAsync());
    }

    [Fact]
    public async Task While_it_is_done_the_button_cannot_be_pressed_again()
    {
        var page = await OpenAsync(await BuyAsync());
        await AskAsync(page, "Cancel the order", "Called us");
        await using var other = await Database.OpenSessionAsync();
        await other.ExecuteAsync("begin; lock table audit_entries");

        var confirm = tab.Dialogs.Find(".order-change");
        var first = tab.Dialogs.InvokeAsync(() => confirm.ClickAsync());
        await tab.Dialogs.WaitForAssertionAsync(() => Assert.True(tab.Dialogs.Find(".order-change").HasAttribute("disabled")));
        await other.ExecuteAsync("commit");
        await first;

        await page.WaitForAssertionAsync(() => Assert.Equal("cancelled", StateOf(page)));
        Assert.Single(await Database.ReadAllAsync<long>("select id from audit_entries where action = 'cancel'"));
    }

    [Fact]
    public async Task What_another_operator_did_meanwhile_is_said_and_shown()
    {
        var number = await BuyAsync();
        var page = await OpenAsync(number);
        await Node.OrderControl.RefundAsync(number, "Torn", "bo");

        await AskAsync(page, "Cancel the order", "Called us");
        await ConfirmAsync();

        await SaysAsync("The order is refunded, so it cannot be cancelled any more.");
        await page.WaitForAssertionAsync(() => Assert.Equal("refunded", StateOf(page)));
        Assert.Equal([5, 5], await Database.AvailableAsync());
    }

    [Fact]
    public async Task While_the_database_is_away_it_says_so_keeps_what_it_shows_and_what_was_typed()
    {
        var page = await OpenAsync(await BuyAsync());
        await AskAsync(page, "Cancel the order", "Called us");
        Link.Cut();
        await ConfirmAsync();

        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Contains("doing it twice is safe", tab.Dialogs.Markup, StringComparison.Ordinal));
        Assert.Equal("placed", StateOf(page));
        Assert.Equal("Called us", tab.Dialogs.Find("[name=reason]").GetAttribute("value"));
    }

    [Fact]
    public async Task Whose_session_has_ended_cancels_nothing()
    {
        var session = new OperatorTabSession("ana");
        tab = OpenOperatorTab(session);
        var page = await OpenAsync(await BuyAsync());
        await AskAsync(page, "Cancel the order", "Called us");

        session.EndUnheard();
        await ConfirmAsync();

        Assert.Equal([4, 4], await Database.AvailableAsync());
        Assert.Empty(await Database.ReadAllAsync<long>("select id from audit_entries where action = 'cancel'"));
    }

    [Fact]
    public async Task The_end_of_the_session_leads_to_the_login()
    {
        var session = new OperatorTabSession("ana");
        tab = OpenOperatorTab(session);
        await OpenAsync(await BuyAsync());

        session.End();

        await Eventually.TrueAsync(() => tab.Address == "/admin/login");
    }

    [Fact]
    public async Task A_number_that_is_none_and_a_database_out_of_reach_are_said()
    {
        var page = await OpenAsync("0000-0000");
        await page.WaitForAssertionAsync(() => Assert.Equal("No order has this number.", page.Find("p[role=status]").TextContent));

        Link.Cut();
        page = await OpenAsync("0000-0000");
        await page.WaitForAssertionAsync(() => Assert.Contains("out of reach", page.Find("p[role=status]").TextContent, StringComparison.Ordinal));
    }

    private async Task<string> BuyAsync()
    {
        var product = await Node.AddProductAsync("A", stock: 5, sizes: [8, 9.5m]);
        return await Node.BuyAsync([.. product.Items.Select(item => item.Id)]);
    }

    private async Task<IRenderedComponent<OrderPage>> OpenAsync(string number)
    {
        var page = await OpenDeskPageAsync<OrderPage>(tab, parameters => parameters.Add(p => p.Number, number));
        await page.WaitForElementAsync(".order-panel, p[role=status]");
        return page;
    }

    private async Task AskAsync(IRenderedComponent<OrderPage> page, string label, string reason)
    {
        await PressButtonAsync(page, label + "…");
        await tab.Dialogs.WaitForElementAsync("[name=reason]");
        await tab.Dialogs.TypeAsync("[name=reason]", reason);
    }

    private Task ConfirmAsync() => tab.Dialogs.PressAsync(".order-change");

    private Task SaysAsync(string words) => tab.Messages.WaitForAssertionAsync(() => Assert.Contains(words, tab.Messages.Markup, StringComparison.Ordinal));

    private static string StateOf(IRenderedComponent<OrderPage> page) => page.Find(".order-panel__state .order-state").TextContent;
}
