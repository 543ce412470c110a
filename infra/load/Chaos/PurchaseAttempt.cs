using System.Diagnostics;

namespace LiveShop.Load;

/// <summary>
/// The way of one full cart through the checkout, until the shopper knows what became of it: presses the button, reads what the
/// shop says, and when the answer was lost comes back. With a cart that was bought the shop leads to the order; a full one is placed again.
/// </summary>
internal sealed class PurchaseAttempt(Run run, Browser browser, Purchase purchase)
{
    private const string CartCookie = "cart";

    /// <summary>How often a shopper's own network goes while the order is placed, at most so long after the button.</summary>
    private const double HangUps = 0.05;
    private static readonly TimeSpan HangUpWithin = TimeSpan.FromMilliseconds(30);

    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    private readonly string? cart = browser[CartCookie];

    /// <exception cref="TimeoutException">It came to no end.</exception>
    public async Task PlayAsync(TimeSpan patience, CancellationToken stop)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < patience; await Task.Delay(AgainAfter * Random.Shared.NextDouble(), stop))
        {
            try
            {
                if (await TryAsync(stop)) return;
            }
            catch (Exception exception) when (Passing.Is(exception, stop))
            {
                run.Tally.Refused($"no checkout: {Passing.Words(exception)}");
            }
        }
        throw new TimeoutException($"{purchase.Email} came to no end.");
    }

    /// <summary>Opens the checkout and does what there is to do. True when the purchase has come to its end.</summary>
    private async Task<bool> TryAsync(CancellationToken stop)
    {
        if (purchase.MayBePlaced && await CheckoutTab.FindBoughtAsync(browser, stop) is { } bought)
        {
            purchase.LeadToConfirmation(bought);
            return true;
        }
        var checkout = await CheckoutTab.FindAsync(browser, stop);
        if (checkout is null) return FindEmpty();
        await using var closing = checkout;
        while (checkout.Confirmation is null && !checkout.IsEmpty)
        {
            await checkout.WaitUntilPlacedAsync(stop);
            if (checkout.Confirmation is not null || checkout.IsEmpty) break;
            await checkout.FillInAsync(purchase.Email, stop);
            var notice = await PlaceAsync(checkout, stop);
            if (checkout.Confirmation is not null) break;
            if (notice is null && !await checkout.ComeBackAsync(stop)) return false;
            if (notice is not null && await TakeRefusalAsync(checkout, notice, stop)) return true;
            await Task.Delay(AgainAfter * Random.Shared.NextDouble(), stop);
        }
        if (checkout.Confirmation is { } path)
        {
            await ReadConfirmationAsync(checkout, path, stop);
            return true;
        }
        if (checkout.BoughtElsewhere is { } number)
        {
            purchase.NameOrder(number);
            return true;
        }
        await checkout.LeaveAsync(stop);
        return !checkout.IsUnknown && FindEmpty();
    }

    /// <returns>What the shop says; null when the answer was lost.</returns>
    private async Task<string?> PlaceAsync(CheckoutTab checkout, CancellationToken stop)
    {
        var hangsUp = Random.Shared.NextDouble() < HangUps;
        try
        {
            var placing = checkout.PlaceOrderAsync(stop);
            if (hangsUp)
            {
                await Task.WhenAny(placing, Task.Delay(HangUpWithin * Random.Shared.NextDouble(), stop));
                checkout.HangUp();
            }
            return (await placing).Notice;
        }
        catch (Exception exception) when (Passing.Is(exception, stop) && exception is not InvalidDataException)
        {
            if (checkout.Confirmation is null) purchase.LoseAnswer(hangsUp);
            return null;
        }
    }

    /// <summary>True when the cart is empty after it, and nothing was bought.</summary>
    private async Task<bool> TakeRefusalAsync(CheckoutTab checkout, string notice, CancellationToken stop)
    {
        // The button of a tab that came back was pressed before it said that the order is under way.
        if (notice.Length == 0 && checkout.IsPlacing) return false;
        var reason = Refusal.Of(notice) ?? notice;
        run.Tally.Refused(reason);
        purchase.Refuse(reason);
        switch (reason)
        {
            case Refusal.GoneWhilePaying:
                await checkout.RemoveGoneAsync(stop);
                return checkout.IsEmpty && checkout.BoughtElsewhere is null;
            case Refusal.Gone or Refusal.NotConfirmed or Refusal.CartChanged or Refusal.Busy or Refusal.TooFast or Refusal.DatabaseAway:
                return false;
            default:
                run.Tally.Trouble($"at the checkout: '{reason}', while it shows: {checkout.Text}");
                return false;
        }
    }

    private bool FindEmpty()
    {
        if (purchase.MayBePlaced) purchase.FindCartEmpty();
        else run.Tally.Trouble(browser[CartCookie] == cart ? "A cart was empty that held pairs and was not bought." : "The cookie of a cart was replaced.");
        return true;
    }

    /// <summary>The shopper reloads until it shows the order, since a node may go or the database be away just then.</summary>
    private async Task ReadConfirmationAsync(CheckoutTab checkout, string path, CancellationToken stop)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Gap.Limit; await Task.Delay(AgainAfter, stop))
        {
            try
            {
                if (await checkout.ReadConfirmationAsync(path, stop) is { } number)
                {
                    run.Tally.Confirmed(number);
                    purchase.ShowConfirmation(number);
                    return;
                }
                run.Tally.Refused("no confirmation: not just now");
            }
            catch (Exception exception) when (Passing.Is(exception, stop))
            {
                run.Tally.Refused($"no confirmation: {Passing.Words(exception)}");
            }
        }
        run.Tally.Trouble($"{path} shows no order.");
        purchase.FindCartEmpty();
    }
}
