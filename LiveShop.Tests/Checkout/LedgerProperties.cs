using FsCheck;
using FsCheck.Fluent;
using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class LedgerProperties(PostgresServer postgres) : ShopTests(postgres)
{
    private enum Operation
    {
        Import,
        SellAtRandom,
        Correct,
        Buy,
        BuyTwice,
        BuyWhatIsGone,
    }

    [Fact]
    public async Task Whatever_is_done_the_ledger_of_each_item_adds_up_to_what_is_available()
    {
        var node = NewNode().Sell();
        var operations = Gen.Elements(Enum.GetValues<Operation>()).Zip(Gen.Choose(1, 5)).Sample(80).ToList();
        await node.AddProductAsync("P1", stock: 3, sizes: [1, 2]);

        foreach (var (operation, number) in operations)
        {
            await DoAsync(node, operation, number);

            var wrong = await Database.ItemsWithAWrongLedgerAsync();
            Assert.True(wrong.Count == 0, $"After {operation} {number} of: {string.Join(", ", operations)}");
        }
        Assert.True(await Database.ReadAsync<bool>("select bool_and(available >= 0) from availabilities"));
        Assert.Equal(
            await Database.ReadAllAsync<int>("select item_id from order_lines order by order_id, item_id"),
            await Database.ReadAllAsync<int>("select item_id from stock_movements where reason = 'sale' order by order_id, item_id"));
    }

    private async Task DoAsync(ShopNode node, Operation operation, int number)
    {
        switch (operation)
        {
            case Operation.Import:
                await node.AddProductAsync($"P{number}", stock: number - 1, sizes: [.. Enumerable.Range(1, number).Select(size => (decimal)size)]);
                break;
            case Operation.SellAtRandom:
                await node.Inventory.SellAtRandomAsync(number, "crowd");
                break;
            case Operation.Correct:
                await node.DropControl.CorrectStockAsync(itemId: number, delta: number % 2 == 0 ? number : -number, "Reason", "ana");
                break;
            case Operation.BuyWhatIsGone:
                var cart = await FillAsync(node, number);
                await node.SellOutAsync();
                await node.Checkout.PlaceOrderAsync(Some.Request(cart));
                break;
            default:
                var request = Some.Request(await FillAsync(node, number));
                await Task.WhenAll(Enumerable.Range(0, operation == Operation.BuyTwice ? 2 : 1).Select(_ => node.Checkout.PlaceOrderAsync(request)));
                break;
        }
    }

    private async Task<Cart> FillAsync(ShopNode node, int items)
    {
        var available = await Database.ReadAllAsync<int>("select item_id from availabilities where available > 0 order by item_id");
        return await node.FillCartAsync([.. available.Take(Math.Min(items, 4))]);
    }
}
