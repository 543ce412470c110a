namespace LiveShop.Load;

/// <summary>A tab on the checkout page.</summary>
internal sealed class CheckoutTab : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly (string Id, string Value)[] Delivery =
    [
        ("checkout-email", "crowd@example.com"),
        ("checkout-name", "One of the crowd"),
        ("checkout-address", "Main Street 23"),
        ("checkout-city", "Springfield"),
        ("checkout-postal-code", "12345"),
        ("checkout-country", "USA"),
    ];

    private readonly Browser browser;
    private readonly Circuit circuit;

    private CheckoutTab(Browser browser, Circuit circuit) => (this.browser, this.circuit) = (browser, circuit);

    public Circuit Circuit => circuit;

    /// <summary>Opens the page with the cart of this browser, which is not empty, and fills in the form.</summary>
    public static async Task<CheckoutTab> OpenAsync(Browser browser, CancellationToken stop)
    {
        var circuit = await browser.OpenAsync("/checkout", stop);
        var tab = new CheckoutTab(browser, circuit);
        try
        {
            await circuit.WaitAsync(page => page.Find(node => node.Name == "main") is not null, Patience, stop);
            if (tab.IsEmpty) return tab;
            var typed = Delivery.Select(field => circuit.DispatchAsync(page => page.Find(node => node.Id == field.Id), "input", field.Value)).ToList();
            await Task.WhenAll(typed).WaitAsync(Patience, stop);
            return tab;
        }
        catch
        {
            await circuit.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether there is nothing to buy any more.</summary>
    public bool IsEmpty => circuit.Read(page => page.Find(node => node.Id == "place-order")) is null;

    /// <summary>Presses the button and waits for the answer.</summary>
    /// <returns>The path of the confirmation, or what the page says instead.</returns>
    public async Task<(string? Confirmation, string Notice)> PlaceOrderAsync(CancellationToken stop)
    {
        await circuit.DispatchAsync(page => page.Find(node => node.Name == "form" && node.HasClass("checkout__form")), "submit").WaitAsync(Patience, stop);
        return (circuit.NavigatedTo, circuit.Read(page => Notice.In(page)?.InnerText ?? ""));
    }

    /// <summary>Takes out what is gone, and waits until it is out.</summary>
    public async Task RemoveGoneAsync(CancellationToken stop)
    {
        while (circuit.Read(page => page.Find(node => node.HasClass("cart-item--out-of-stock"))) is { } line)
        {
            await circuit.DispatchAsync(page => page.Find(node => node == line)?.AndDescendants().First(node => node.HasClass("cart-item__remove")), "click").WaitAsync(Patience, stop);
            await circuit.WaitAsync(page => !page.Root.AndDescendants().Contains(line), Patience, stop);
        }
    }

    /// <summary>Follows the way to the confirmation and reads the order's number there; null when the page does not show it.</summary>
    public async Task<string?> ReadConfirmationAsync(string path, CancellationToken stop)
    {
        await LeaveAsync(stop);
        return PageHtml.TextOf(await browser.GetAsync(path, stop), "order-number");
    }

    public Task LeaveAsync(CancellationToken stop) => circuit.LeaveAsync(stop);

    public ValueTask DisposeAsync() => circuit.DisposeAsync();
}
