namespace LiveShop.Load;

/// <summary>A tab on the checkout page.</summary>
internal sealed class CheckoutTab : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string AnybodysEmail = "crowd@example.com";

    private static readonly (string Id, string Value)[] Delivery =
    [
        ("checkout-name", "One of the crowd"),
        ("checkout-address", "Main Street 23"),
        ("checkout-city", "Springfield"),
        ("checkout-postal-code", "12345"),
        ("checkout-country", "USA"),
    ];

    private const string PagePath = "/checkout";
    private const string ConfirmationPath = "/checkout/complete/";

    private readonly Browser browser;
    private readonly Circuit circuit;

    private CheckoutTab(Browser browser, Circuit circuit) => (this.browser, this.circuit) = (browser, circuit);

    public Circuit Circuit => circuit;

    /// <summary>Opens the page with the cart of this browser, which is not empty, and fills in the form.</summary>
    public static async Task<CheckoutTab> OpenAsync(Browser browser, CancellationToken stop)
    {
        var tab = await FindAsync(browser, stop) ?? throw new InvalidDataException("The shop says that the cart is empty.");
        try
        {
            if (!tab.IsEmpty) await tab.FillInAsync(AnybodysEmail, stop);
            return tab;
        }
        catch
        {
            await tab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens the page with a cart that may be empty: null when the shop leads back to the store.</summary>
    public static async Task<CheckoutTab?> FindAsync(Browser browser, CancellationToken stop)
    {
        if (await browser.FindAsync(PagePath, stop) is not { } circuit) return null;
        var tab = new CheckoutTab(browser, circuit);
        try
        {
            await circuit.WaitAsync(page => page.Find(node => node.Name == "main") is not null, Patience, stop);
            return tab;
        }
        catch
        {
            await circuit.DisposeAsync();
            throw;
        }
    }

    /// <summary>The number of an order whose confirmation the shop leads this browser to in place of the checkout; null when it leads to none.</summary>
    public static async Task<string?> FindBoughtAsync(Browser browser, CancellationToken stop)
    {
        var visit = (await browser.VisitAsync(PagePath, stop)).MustBeThere();
        return visit.Path.StartsWith(ConfirmationPath, StringComparison.Ordinal) ? PageHtml.TextOf(visit.Html, "order-number") : null;
    }

    /// <exception cref="InvalidDataException">There is no form.</exception>
    public Task FillInAsync(string email, CancellationToken stop)
    {
        (string Id, string Value)[] fields = [("checkout-email", email), .. Delivery];
        var typed = fields.Select(field => circuit.DispatchAsync(page => page.Find(node => node.Id == field.Id), "input", field.Value)).ToList();
        return Task.WhenAll(typed).WaitAsync(Patience, stop);
    }

    /// <summary>Whether there is nothing to buy any more.</summary>
    public bool IsEmpty => circuit.Read(Button) is null;

    /// <summary>Whether the shop is still busy with the order, as it says on the button.</summary>
    public bool IsPlacing => circuit.Read(IsBusy);

    /// <summary>Whether the shop cannot tell at the moment what is in the cart.</summary>
    public bool IsUnknown => Text.Contains("cannot be read just now", StringComparison.Ordinal);

    /// <summary>Everything between header and footer.</summary>
    public string Text => circuit.Read(page => page.Find(node => node.Name == "main")?.InnerText) ?? "";

    /// <summary>The order that the cart became, where the page says so.</summary>
    public string? BoughtElsewhere => circuit.Read(page => page.Find(node => node["href"]?.StartsWith(ConfirmationPath, StringComparison.Ordinal) is true))?["href"]?[ConfirmationPath.Length..];

    /// <summary>Where the shop has sent the tab to: the confirmation. Null while it stays.</summary>
    public string? Confirmation => circuit.NavigatedTo;

    public Task WaitUntilPlacedAsync(CancellationToken stop) => circuit.WaitAsync(page => !IsBusy(page), Patience, stop);

    /// <summary>Presses the button and waits for the answer.</summary>
    /// <returns>The path of the confirmation, or what the page says instead.</returns>
    public async Task<(string? Confirmation, string Notice)> PlaceOrderAsync(CancellationToken stop)
    {
        await circuit.DispatchAsync(page => page.Find(node => node.Name == "form" && node.HasClass("checkout__form")), "submit").WaitAsync(Patience, stop);
        return (Confirmation, circuit.Read(page => Notice.In(page)?.InnerText ?? ""));
    }

    /// <summary>See <see cref="Circuit.HangUp"/>.</summary>
    public void HangUp() => circuit.HangUp();

    /// <summary>Comes back to the page after its connection was lost, as the script does. False when it must be loaded anew.</summary>
    public async Task<bool> ComeBackAsync(CancellationToken stop) => !circuit.IsToReload && !circuit.HasFailed && await circuit.RejoinAsync(stop);

    /// <summary>Takes out what is gone, and waits until it is out, unless the shop says that it cannot do that now.</summary>
    public async Task RemoveGoneAsync(CancellationToken stop)
    {
        while (circuit.Read(page => page.Find(node => node.HasClass("cart-item--out-of-stock"))) is { } line)
        {
            await circuit.DispatchAsync(page => page.Find(node => node == line)?.AndDescendants().First(node => node.HasClass("cart-item__remove")), "click").WaitAsync(Patience, stop);
            if (circuit.Read(page => Notice.In(page)) is { } notice && Refusal.Of(notice.InnerText) == Refusal.DatabaseAway) return;
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

    private static PageNode? Button(Page page) => page.Find(node => node.Id == "place-order");

    private static bool IsBusy(Page page) => Button(page)?["aria-busy"] == "true";
}
