using LiveShop.Domain;

namespace LiveShop.Web.Shopper;

/// <summary>
/// Stores what a shopper types without a write for each keystroke: one save runs at a time, and when it ends the newest text
/// goes next. Text typed while the database is away is stored by the next keystroke after it is back.
/// </summary>
internal sealed class DraftKeeper(Checkout checkout, CartId cartId)
{
    private DeliveryDetails? next;
    private bool saving;

    /// <summary>To be called on the circuit's dispatcher. The details are copied at once.</summary>
    public void Keep(DeliveryDetails typed)
    {
        next = typed with { };
        if (!saving) _ = SaveAsync();
    }

    private async Task SaveAsync()
    {
        saving = true;
        try
        {
            while (next is { } details)
            {
                next = null;
                await checkout.SaveDraftAsync(cartId, details);
            }
        }
        finally
        {
            saving = false;
        }
    }
}
