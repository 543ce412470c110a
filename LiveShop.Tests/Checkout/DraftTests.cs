using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class DraftTests(PostgresServer postgres) : ShopTests(postgres)
{
    [Fact]
    public async Task What_was_typed_is_read_back_on_every_node()
    {
        var cart = await StoredCartAsync();

        Assert.True(await NewNode().Checkout.SaveDraftAsync(cart.Id, Some.Delivery));

        Assert.Equal(Some.Delivery, await NewNode().Checkout.FindDraftAsync(cart.Id));
    }

    [Fact]
    public async Task What_was_typed_last_counts_valid_or_not()
    {
        var (node, cart) = (NewNode(), await StoredCartAsync());
        await node.Checkout.SaveDraftAsync(cart.Id, Some.Delivery);

        await node.Checkout.SaveDraftAsync(cart.Id, Some.Delivery with { Email = "an", City = "" });

        Assert.Equal(Some.Delivery with { Email = "an", City = "" }, await node.Checkout.FindDraftAsync(cart.Id));
    }

    [Fact]
    public async Task Nobody_reads_anothers()
    {
        var (node, ana, bo) = (NewNode(), await StoredCartAsync(), await StoredCartAsync());

        await node.Checkout.SaveDraftAsync(ana.Id, Some.Delivery);

        Assert.Equal(new DeliveryDetails(), await node.Checkout.FindDraftAsync(bo.Id));
    }

    [Fact]
    public async Task Without_a_stored_cart_nothing_is_kept()
    {
        var (node, shopper) = (NewNode(), CartId.New());

        Assert.False(await node.Checkout.SaveDraftAsync(shopper, Some.Delivery));

        Assert.Equal(new DeliveryDetails(), await node.Checkout.FindDraftAsync(shopper));
    }

    [Fact]
    public async Task Characters_that_cannot_be_stored_and_endless_values_do_no_harm()
    {
        var (node, cart) = (NewNode(), await StoredCartAsync());
        var endless = new string('x', 100_000);

        Assert.True(await node.Checkout.SaveDraftAsync(cart.Id, new DeliveryDetails { Name = "A\0na", City = "Lis\ud800boa", Address = endless, Email = null! }));

        var draft = await node.Checkout.FindDraftAsync(cart.Id);
        Assert.Equal(("Ana", "Lis\ufffdboa", ""), (draft!.Name, draft.City, draft.Email));
        Assert.StartsWith("xxxx", draft.Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_survives_the_order_for_the_next_one()
    {
        var (node, cart) = (NewNode().Sell(), await StoredCartAsync());
        await node.Checkout.SaveDraftAsync(cart.Id, Some.Delivery);

        Assert.IsType<PurchaseOutcome.Placed>(await node.Checkout.PlaceOrderAsync(Some.Request(cart)));

        Assert.Equal(Some.Delivery, await node.Checkout.FindDraftAsync(cart.Id));
    }

    [Fact]
    public async Task While_the_database_is_away_nothing_throws()
    {
        await using var link = new DatabaseLink(Database);
        var (node, cart) = (NewNode(connectionString: link.ConnectionString), await StoredCartAsync());

        link.Cut();

        Assert.False(await node.Checkout.SaveDraftAsync(cart.Id, Some.Delivery));
        Assert.Null(await node.Checkout.FindDraftAsync(cart.Id));
    }

    private async Task<Cart> StoredCartAsync()
    {
        var node = NewNode();
        return await node.FillCartAsync(await node.AddItemAsync(stock: 1));
    }
}
