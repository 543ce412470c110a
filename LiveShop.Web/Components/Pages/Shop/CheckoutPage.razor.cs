using LiveShop.Domain;
using LiveShop.Web.Live;
using LiveShop.Web.Shopper;
using Microsoft.AspNetCore.Components;

namespace LiveShop.Web.Components.Pages.Shop;

/// <summary>The cart as a form. What is typed is kept on the server as it is typed; the order is placed at most once.</summary>
public sealed partial class CheckoutPage
{
    /// <summary>The longest form that could be ordered with has 794 characters. One that is longer is not kept for hours after its tab is gone.</summary>
    private const int MostKept = 1_000;

    private readonly OnScreen<CheckoutView> onScreen = new();
    private DeliveryDetails delivery = new();
    private DraftKeeper? drafts;
    private string? placedOrder;
    private bool placing;

    protected override string PagePath => "/checkout";

    /// <summary>
    /// Carries the form over to the circuit that continues this page, as <see cref="ShopPage.State"/> does. Comes before the stored
    /// draft, which lacks what was typed while the database was away.
    /// </summary>
    [PersistentState(RestoreBehavior = RestoreBehavior.SkipInitialValue)]
    public DeliveryDetails? Typed
    {
        get => RendererInfo.IsInteractive && !IsUntouched && CharactersTyped <= MostKept ? delivery : null;
        set => delivery = value ?? delivery;
    }

    /// <summary>Carries the number of the order that the page tells of, which the database no longer offers once any tab has shown it.</summary>
    [PersistentState(RestoreBehavior = RestoreBehavior.SkipInitialValue)]
    public string? PlacedOrder
    {
        get => RendererInfo.IsInteractive ? placedOrder : null;
        set => placedOrder = value ?? placedOrder;
    }

    protected override async Task LoadAsync()
    {
        await base.LoadAsync();
        if (LeadsElsewhere) Navigation.NavigateTo(placedOrder is null ? "/" : ConfirmationOf(placedOrder));
    }

    /// <summary>Before there is a circuit, an empty cart leads elsewhere; in a live page it is said instead.</summary>
    private bool LeadsElsewhere => !RendererInfo.IsInteractive && (CartId is null || Cart is { IsEmpty: true });

    protected override async Task<bool> AfterCartReadAsync(CartId id)
    {
        // The order before says nothing of a cart that has been filled since.
        if (Cart is { IsEmpty: false } && !placing) placedOrder = null;
        // One that was bought while its page was lost leads to the confirmation that nobody saw.
        if (Cart is { IsEmpty: true } bought && await Orders.FindUnshownAsync(id) is { } number && Cart.Version == bought.Version) placedOrder = number;
        if (LeadsElsewhere || !IsUntouched) return true;
        if (await Checkout.FindDraftAsync(id) is not { } kept) return false;
        // What was typed while the database was away is newer.
        if (IsUntouched) delivery = kept;
        return true;
    }

    private int CharactersTyped =>
        delivery.Email.Length + delivery.Name.Length + delivery.Address.Length + delivery.City.Length + delivery.PostalCode.Length + delivery.Country.Length;

    private bool IsUntouched => delivery == new DeliveryDetails();

    protected override bool IsBusy => placing;

    protected override void AfterCartChanged(Cart? before, CartChanged changed)
    {
        if (placing) return;
        placedOrder = changed.OrderNumber;
        // What a sweep found does not tell why; but nothing changes the key except a purchase.
        if (changed is { OrderNumber: null, Cart.IsEmpty: true } && before is not null && before.CheckoutKey != changed.Cart.CheckoutKey)
        {
            _ = InvokeAsync(() => FindOrderAsync(before.CheckoutKey, changed.Cart));
        }
    }

    private async Task FindOrderAsync(Guid key, Cart emptied)
    {
        var number = await Orders.FindNumberAsync(key);
        if (number is null || Cart?.Version != emptied.Version) return;
        placedOrder = number;
        Refresh();
    }

    private static string ConfirmationOf(string orderNumber) => $"/checkout/complete/{orderNumber}";

    private static string LineClass(CartLine line) => line.IsGone ? "checkout-line checkout-line--out-of-stock" : "checkout-line";

    private void Keep()
    {
        if (CartId is { } id) (drafts ??= new DraftKeeper(Checkout, id)).Keep(delivery);
    }

    protected override void OnAfterRender(bool firstRender)
    {
        base.OnAfterRender(firstRender);
        onScreen.Acknowledged();
    }

    private async Task PlaceOrderAsync()
    {
        if (placing || onScreen.Shown is not { Cart: { } cart, Lines: var lines }) return;
        placing = true;
        using var span = Begin("place order");
        try
        {
            if (await EnterAsync() is not { } turn) return;
            using (turn)
            {
                var outcome = await Checkout.PlaceOrderAsync(new PurchaseRequest(
                    cart.Id, cart.CheckoutKey, [.. lines.Select(line => new PurchaseLine(line.ItemId, line.Price))], delivery));
                if (outcome is PurchaseOutcome.Placed placed)
                {
                    // A browser that is away at this moment never hears of the other page, and finds this one when it is back.
                    placedOrder = placed.OrderNumber;
                    Navigation.NavigateTo(ConfirmationOf(placed.OrderNumber));
                }
                else Say(Words.NotSold(outcome, lines, Shelf)!);
                if (outcome is PurchaseOutcome.SoldOut soldOut) ToldGone(soldOut.ItemIds);
                if (outcome is PurchaseOutcome.CartChanged changed)
                {
                    ToldPrices(changed.Repriced);
                    await ReloadCartAsync(cart.Id);
                }
            }
        }
        finally
        {
            placing = false;
        }
    }
}

/// <summary>What one render of the checkout shows.</summary>
/// <param name="Cart">Null while the database has not told.</param>
internal sealed record CheckoutView(Cart? Cart, IReadOnlyList<CartLine> Lines);
