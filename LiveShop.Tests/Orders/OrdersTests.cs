using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class OrdersTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task The_buyer_finds_the_order_with_its_lines_and_total_on_every_node()
    {
        var (node, cart, number) = await BuyAsync();

        var order = Assert.IsType<Order>(await NewNode().Orders.ShowAsync(number, cart.Id));

        Assert.Equal((number, "ana@example.org", 2 * Some.Price), (order.Number, order.Email, order.Total));
        Assert.Equal((OrderState.Placed, null), (order.State, order.StateChangedAt));
        Assert.Equal([new(cart.ItemIds[0], "Name of A", 8, Some.Price), new(cart.ItemIds[1], "Name of A", 9, Some.Price)], order.Lines.AsEnumerable());
    }

    [Fact]
    public async Task Nobody_else_finds_it()
    {
        var (node, _, number) = await BuyAsync();
        var stranger = await node.FillCartAsync(await node.AddItemAsync(stock: 1));

        Assert.Null(await node.Orders.ShowAsync(number, stranger.Id));
        Assert.Null(await node.Orders.ShowAsync(number, default));
    }

    [Fact]
    public async Task An_order_whose_confirmation_was_never_shown_is_found_for_its_buyer_until_it_was()
    {
        var (node, cart, number) = await BuyAsync();
        var stranger = await node.FillCartAsync(await node.AddItemAsync(stock: 1));
        Assert.Equal(number, await node.Orders.FindUnshownAsync(cart.Id));
        Assert.Null(await node.Orders.FindUnshownAsync(stranger.Id));
        Assert.Null(await node.Orders.ShowAsync(number, stranger.Id));
        Assert.Equal(number, await node.Orders.FindUnshownAsync(cart.Id));

        Assert.Equal(number, (await node.Orders.ShowAsync(number, cart.Id))?.Number);

        Assert.Null(await node.Orders.FindUnshownAsync(cart.Id));
    }

    [Fact]
    public async Task After_an_hour_nobody_is_led_to_it_any_more()
    {
        var (node, cart, _) = await BuyAsync();

        await Database.ExecuteAsync("update orders set placed_at = now() - interval '61 minutes'");

        Assert.Null(await node.Orders.FindUnshownAsync(cart.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000-AAAA")]
    [InlineData("' or 1=1 --")]
    public async Task A_number_that_is_none_finds_nothing(string number)
    {
        var (node, cart, _) = await BuyAsync();

        Assert.Null(await node.Orders.ShowAsync(number, cart.Id));
    }

    [Fact]
    public async Task It_shows_what_was_bought_as_it_was_then()
    {
        var (node, cart, number) = await BuyAsync();

        await node.Inventory.ImportAsync([Some.Spec("A", price: 999) with { Name = "Renamed" }], release: false, "ana");

        var order = await node.Orders.ShowAsync(number, cart.Id);
        Assert.All(order!.Lines, line => Assert.Equal(("Name of A", Some.Price), (line.ProductName, line.Price)));
    }

    [Fact]
    public void Order_numbers_are_short_unlike_each_other_and_without_letters_that_are_misread()
    {
        var numbers = Enumerable.Range(0, 1000).Select(_ => OrderNumber.New()).ToList();

        Assert.All(numbers, number => Assert.Matches("^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$", number));
        Assert.Equal(1000, numbers.Distinct().Count());
    }

    [Theory]
    [InlineData("7k4m-92qx", "7K4M-92QX")]
    [InlineData(" 7K4M 92QX ", "7K4M-92QX")]
    [InlineData("7k4m92qx", "7K4M-92QX")]
    [InlineData("oO1i-lL00", "0011-1100")]
    [InlineData("7K4M", "7K4M")]
    [InlineData("", "")]
    public void An_order_number_is_recognised_however_it_was_written_down(string typed, string number) => Assert.Equal(number, OrderNumber.Of(typed));

    private async Task<(ShopNode Node, Cart Cart, string Number)> BuyAsync()
    {
        var node = NewNode().Sell();
        var product = await node.AddProductAsync("A", stock: 5, sizes: [8, 9]);
        var cart = await node.FillCartAsync([.. product.Items.Select(item => item.Id)]);
        var placed = Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(Some.Request(cart)));
        return (node, cart, placed.OrderNumber);
    }
}
