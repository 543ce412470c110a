using LiveShop.Domain;
using LiveShop.Web.Shopper;

namespace LiveShop.Web.Components.Pages.Shop;

/// <summary>The cart as a form. What is typed is kept on the server as it is typed; the order is placed at most once.</summary>
public sealed partial class CheckoutPage
{
    private DeliveryDetails delivery = new();
    private DraftKeeper? drafts;
    private string? orderElsewhere;
    private bool placing;

    protected override string PagePath => "/checkout";

    protected override async Task LoadAsync()
    {
        await base.LoadAsync();
        if (!RendererInfo.IsInteractive && (CartId is null || Cart is { IsEmpty: true }))
        {
            // Before there is a circuit, an empty cart leads back to the store; in a live page it is said instead. One that was bought
            // while its page was lost leads to the confirmation that nobody saw.
            var bought = CartId is { } buyer ? await Orders.FindUnshownAsync(buyer) : null;
            Navigation.NavigateTo(bought is null ? "/" : $"/checkout/complete/{bought}");
            return;
        }
        if (CartId is not { } id) return;
        delivery = await Checkout.FindDraftAsync(id);
        drafts = new DraftKeeper(Checkout, id);
    }

    protected override bool IsBusy => placing;

    protected override void AfterCartChanged(CartChanged changed)
    {
        if (!placing) orderElsewhere = changed.OrderNumber;
    }

    private static string LineClass(CartLine line) => line.IsGone ? "checkout-line checkout-line--out-of-stock" : "checkout-line";

    private void Keep() => drafts?.Keep(delivery);

    private async Task PlaceOrderAsync()
    {
        if (placing || Cart is not { } cart) return;
        placing = true;
        // What was on the screen when the button was pressed, whatever happens to the cart while this waits.
        var lines = Lines;
        using var span = Begin("place order");
        try
        {
            if (await EnterAsync() is not { } turn) return;
            using (turn)
            {
                var outcome = await Checkout.PlaceOrderAsync(new PurchaseRequest(
                    cart.Id, cart.CheckoutKey, [.. lines.Select(line => new PurchaseLine(line.ItemId, line.Price))], delivery));
                if (outcome is PurchaseOutcome.Placed placed) Navigation.NavigateTo($"/checkout/complete/{placed.OrderNumber}");
                else Say(Words.NotSold(outcome, lines)!);
                if (outcome is PurchaseOutcome.SoldOut soldOut) ToldGone(soldOut.ItemIds);
            }
        }
        finally
        {
            placing = false;
        }
    }
}
