using Bunit;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Pages.Shop;

namespace LiveShop.Tests;

public sealed class ConfirmationPageTests(PostgresServer postgres) : PageTests(postgres)
{
    [Fact]
    public async Task It_shows_the_order_to_the_cart_that_bought_it()
    {
        var product = await Node.AddProductAsync("A", stock: 5, price: 99.5m, sizes: [8, 9.5m]);
        await AddElsewhereAsync([.. product.Items.Select(item => item.Id)]);
        var number = await BuyAsync(price: 99.5m);

        var page = OpenConfirmation(OpenTab(isLive: false), number);

        await page.WaitForAssertionAsync(() => Assert.Equal(number, page.Find("#order-number").TextContent));
        Assert.Equal(("Yours.", "is placed."), (page.Find("h1").TextContent, page.Find("#order-state").TextContent));
        Assert.Equal("$199", page.Find("#order-total").TextContent);
        Assert.Equal(["Size 8", "Size 9.5"], page.FindAll(".confirmation__line .confirmation__size").Select(size => size.TextContent));
        Assert.All(page.FindAll(".confirmation__line"), line => Assert.Contains("Name of A", line.TextContent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(OrderState.Cancelled, "Cancelled.", "was cancelled on [0-9]{1,2} [A-Z][a-z]+ [0-9]{4} at [0-9:]{5} UTC. It is not sent.")]
    [InlineData(OrderState.Refunded, "Refunded.", "was refunded on [0-9]{1,2} [A-Z][a-z]+ [0-9]{4} at [0-9:]{5} UTC. Your \\$120 went back to you.")]
    public async Task It_tells_when_the_order_was_cancelled_or_refunded_but_not_why_and_still_shows_what_it_was(OrderState state, string title, string told)
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));
        var number = await BuyAsync();
        var change = state == OrderState.Cancelled ? Node.OrderControl.CancelAsync(number, "Looks like a bot", "ana") : Node.OrderControl.RefundAsync(number, "Looks like a bot", "ana");
        Assert.IsType<OrderChangeOutcome.Done>(await change);

        var page = OpenConfirmation(OpenTab(isLive: false), number);

        await page.WaitForAssertionAsync(() => Assert.Equal(title, page.Find("h1").TextContent));
        Assert.Matches($"^{told}$", page.Find("#order-state").TextContent);
        Assert.Equal(number, page.Find("#order-number").TextContent);
        Assert.Single(page.FindAll(".confirmation__line"));
        Assert.DoesNotContain("bot", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_did_not_buy_it_learns_as_much_as_of_an_order_that_does_not_exist()
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));
        var number = await BuyAsync();
        var stranger = ShopTab.On(Node, CartId.New(), isLive: false);
        await using (stranger)
        {
            Assert.Equal("not found", await AnswerAsync(stranger, number));
            Assert.Equal("not found", await AnswerAsync(stranger, "0000-0000"));
        }
        Assert.Equal("not found", await AnswerAsync(OpenTab(keepsCookies: false, isLive: false), number));
    }

    [Fact]
    public async Task While_the_database_is_away_it_says_that_the_order_is_safe()
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));
        var number = await BuyAsync();
        Link.Cut();

        var page = OpenConfirmation(OpenTab(isLive: false), number);

        await page.WaitForAssertionAsync(() => Assert.Contains("Your order is safe", page.Find("main").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("#order-number"));
    }

    [Fact]
    public async Task It_watches_nothing_because_it_has_no_circuit()
    {
        await AddElsewhereAsync(await Node.AddItemAsync(stock: 5));
        var number = await BuyAsync();
        var before = Node.Bus.SubscriptionCount;

        var page = OpenConfirmation(OpenTab(), number);

        await page.WaitForElementAsync("#order-number");
        Assert.Equal(before, Node.Bus.SubscriptionCount);
    }

    private async Task<string> BuyAsync(decimal price = Some.Price) =>
        Assert.IsType<PurchaseOutcome.Placed>(await Node.Checkout.PlaceOrderAsync(Some.Request(await Node.CartAsync(Shopper), price))).OrderNumber;

    private static IRenderedComponent<ConfirmationPage> OpenConfirmation(ShopTab tab, string number) =>
        tab.Render<ConfirmationPage>(parameters => parameters.Add(p => p.Number, number));

    private static async Task<string> AnswerAsync(ShopTab tab, string number)
    {
        var answer = new TaskCompletionSource<string>();
        tab.Navigation.OnNotFound += (_, _) => answer.TrySetResult("not found");
        var page = OpenConfirmation(tab, number);
        var said = await Eventually.GetAsync(answer.Task);
        Assert.Equal("", page.Find("main").TextContent.Trim());
        return said;
    }
}
