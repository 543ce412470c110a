namespace LiveShop.Load;

/// <summary>A shopper with one pair in the cart, before the button that buys it.</summary>
internal sealed class PreparedPurchase : IAsyncDisposable
{
    private readonly CheckoutTab checkout;

    private PreparedPurchase(CheckoutTab checkout) => this.checkout = checkout;

    /// <exception cref="InvalidOperationException">The shop does not let it come this far.</exception>
    public static async Task<PreparedPurchase> PrepareAsync(ShopAddress shop, int itemId, CancellationToken stop)
    {
        var browser = new Browser(shop);
        var store = await StoreTab.OpenAsync(browser, stop);
        var (notice, _) = await store.PickAsync(itemId, stop);
        await store.LeaveAsync(stop);
        if (Refusal.Of(notice) is { } reason) throw new InvalidOperationException($"Item {itemId} cannot be picked: {reason}.");
        return new PreparedPurchase(await CheckoutTab.OpenAsync(browser, stop));
    }

    /// <returns>The order's number.</returns>
    /// <exception cref="InvalidOperationException">It is not sold.</exception>
    public async Task<string> BuyAsync(CancellationToken stop)
    {
        var (confirmation, notice) = await checkout.PlaceOrderAsync(stop);
        if (confirmation is null) throw new InvalidOperationException($"Not sold: {notice}");
        return await checkout.ReadConfirmationAsync(confirmation, stop) ?? throw new InvalidOperationException("The confirmation has no order number.");
    }

    public ValueTask DisposeAsync() => checkout.DisposeAsync();
}
