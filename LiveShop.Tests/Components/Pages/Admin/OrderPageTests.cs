using Bunit;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Pages.Admin;

namespace LiveShop.Tests;

public sealed class OrderPageTests(PostgresServer postgres) : PageTests(postgres)
{
    [Fact]
    public async Task Nobody_but_an_operator_is_shown_anything()
    {
        var number = await BuyAsync();
        var tab = OpenOperatorTab(new OperatorTabSession(null));

        var page = tab.Render<OrderPage>(parameters => parameters.Add(p => p.Number, number));

        Assert.Empty(page.Markup);
        Assert.Equal("/admin/login", tab.Address);
    }

    [Fact]
    public async Task It_shows_lines_delivery_history_and_stock()
    {
        var page = await OpenAsync(await BuyAsync());

        Assert.Equal("placed", page.Find(".order__state").TextContent);
        Assert.Contains("A-9.5", page.Markup, StringComparison.Ordinal);
        Assert.Equal("$240", page.Find(".sum strong").TextContent);
        Assert.Contains("1100-048 Lisboa", page.Find(".delivery").TextContent, StringComparison.Ordinal);
        Assert.Contains("shopper", Assert.Single(page.FindAll(".order-history tbody tr")).TextContent, StringComparison.Ordinal);
        Assert.Equal(["-1", "-1"], page.FindAll(".order-ledger tbody .desk__number").Select(cell => cell.TextContent));
    }

    [Fact]
    public async Task Cancelling_says_first_what_it_does_then_does_it_and_shows_it_in_place()
    {
        var page = await OpenAsync(await BuyAsync());
        page.Find("[name=reason]").Change("Called us");

        await AskAsync(page, "Cancel the order");
        Assert.Contains("Back into stock at once: 2 pairs.", page.Find(".confirm").TextContent, StringComparison.Ordinal);
        Assert.Equal([4, 4], await Database.AvailableAsync());
        await ConfirmAsync(page);

        await page.WaitForAssertionAsync(() => Assert.Equal("cancelled", page.Find(".order__state").TextContent));
        Assert.Equal("The order is cancelled. Back in stock: 2 pairs.", Notice(page));
        Assert.Contains("Called us", page.FindAll(".order-history tbody tr")[^1].TextContent, StringComparison.Ordinal);
        Assert.Equal(["-1", "-1", "+1", "+1"], page.FindAll(".order-ledger tbody .desk__number").Select(cell => cell.TextContent));
        Assert.Equal([5, 5], await Database.AvailableAsync());
        Assert.Equal("ana", await Database.ReadAsync<string>("select actor from audit_entries where action = 'cancel'"));
        Assert.Equal(["Refund the order…"], page.FindAll(".confirm__ask").Select(button => button.TextContent));
    }

    [Fact]
    public async Task Refunding_a_cancelled_order_says_that_its_pairs_are_back_and_is_the_last_that_can_be_done()
    {
        var number = await BuyAsync();
        await Node.OrderControl.CancelAsync(number, "Called us", "bo");
        var page = await OpenAsync(number);
        page.Find("[name=reason]").Change("Paid back");

        await AskAsync(page, "Refund the order");
        Assert.Contains("Send $240 back first", page.Find(".confirm").TextContent, StringComparison.Ordinal);
        Assert.Contains("back in stock already", page.Find(".confirm").TextContent, StringComparison.Ordinal);
        await ConfirmAsync(page);

        await page.WaitForAssertionAsync(() => Assert.Equal("refunded", page.Find(".order__state").TextContent));
        Assert.Equal("The order is refunded.", Notice(page));
        Assert.Equal([5, 5], await Database.AvailableAsync());
        Assert.Empty(page.FindAll(".confirm__ask"));
    }

    [Fact]
    public async Task Without_a_reason_nothing_is_done_and_it_says_so()
    {
        var page = await OpenAsync(await BuyAsync());

        await AskAsync(page, "Cancel the order");
        await ConfirmAsync(page);

        await page.WaitForAssertionAsync(() => Assert.Equal("Say why: the audit log keeps it.", Notice(page)));
        Assert.Equal("placed", page.Find(".order__state").TextContent);
        Assert.Equal([4, 4], await Database.AvailableAsync());
    }

    [Fact]
    public async Task What_another_operator_did_meanwhile_is_said_and_shown()
    {
        var number = await BuyAsync();
        var page = await OpenAsync(number);
        await Node.OrderControl.RefundAsync(number, "Torn", "bo");
        page.Find("[name=reason]").Change("Called us");

        await AskAsync(page, "Cancel the order");
        await ConfirmAsync(page);

        await page.WaitForAssertionAsync(() => Assert.Equal("The order is refunded, so it cannot be cancelled any more.", Notice(page)));
        Assert.Equal("refunded", page.Find(".order__state").TextContent);
        Assert.Equal([5, 5], await Database.AvailableAsync());
    }

    [Fact]
    public async Task While_the_database_is_away_it_says_so_keeps_what_it_shows_and_what_was_typed()
    {
        var page = await OpenAsync(await BuyAsync());
        page.Find("[name=reason]").Change("Called us");
        await AskAsync(page, "Cancel the order");
        Link.Cut();
        await ConfirmAsync(page);

        await page.WaitForAssertionAsync(() => Assert.Contains("doing it twice is safe", Notice(page), StringComparison.Ordinal));
        Assert.Equal("placed", page.Find(".order__state").TextContent);
        Assert.Equal("Called us", page.Find("[name=reason]").GetAttribute("value"));
    }

    [Fact]
    public async Task Whose_session_has_ended_cancels_nothing()
    {
        var signIn = new OperatorTabSession("ana");
        var page = await OpenAsync(await BuyAsync(), OpenOperatorTab(signIn));
        page.Find("[name=reason]").Change("Called us");
        await AskAsync(page, "Cancel the order");

        signIn.EndUnheard();
        await ConfirmAsync(page);

        Assert.Equal([4, 4], await Database.AvailableAsync());
        Assert.Empty(await Database.ReadAllAsync<long>("select id from audit_entries where action = 'cancel'"));
    }

    [Fact]
    public async Task The_end_of_the_session_leads_to_the_login()
    {
        var signIn = new OperatorTabSession("ana");
        var tab = OpenOperatorTab(signIn);
        await OpenAsync(await BuyAsync(), tab);

        signIn.End();

        await Eventually.TrueAsync(() => tab.Address == "/admin/login");
    }

    [Fact]
    public async Task A_number_that_is_none_and_a_database_out_of_reach_are_said()
    {
        var page = await OpenAsync("0000-0000");
        Assert.Equal("No order has this number.", page.Find("[role=status]").TextContent);

        Link.Cut();
        page = await OpenAsync("0000-0000");
        Assert.Contains("out of reach", page.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    private async Task<string> BuyAsync()
    {
        var product = await Node.AddProductAsync("A", stock: 5, sizes: [8, 9.5m]);
        return await Node.BuyAsync([.. product.Items.Select(item => item.Id)]);
    }

    private async Task<IRenderedComponent<OrderPage>> OpenAsync(string number, ShopTab? tab = null)
    {
        var page = (tab ?? OpenOperatorTab()).Render<OrderPage>(parameters => parameters.Add(p => p.Number, number));
        await page.WaitForElementAsync("main");
        return page;
    }

    private static Task AskAsync(IRenderedComponent<OrderPage> page, string label) =>
        page.FindAll(".confirm__ask").Single(button => button.TextContent == $"{label}…").ClickAsync();

    private static Task ConfirmAsync(IRenderedComponent<OrderPage> page) => page.Find(".confirm__yes").ClickAsync();

    private static string Notice(IRenderedComponent<OrderPage> page) => page.Find(".desk__notice").TextContent;
}
