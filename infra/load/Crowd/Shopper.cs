using LiveShop.Domain;

namespace LiveShop.Load;

/// <summary>
/// One of the crowd of a drop: waits for the release, puts a pair or two in the cart, buys, and goes back to watch. Whoever
/// gets nothing tries again until everything is gone.
/// </summary>
internal sealed class Shopper(Run run, StoreTab first, Action<StoreTab> opened)
{
    private const int MostPairs = 2;

    private readonly Browser browser = first.Browser;
    private StoreTab? tab = first;

    /// <summary>Ends with a purchase, or when everything is gone. Never throws but for being stopped.</summary>
    public async Task PlayAsync(CancellationToken stop)
    {
        try
        {
            await tab!.WaitForReleaseAsync(run.Options.Duration, stop);
            var hasBought = false;
            while (!hasBought)
            {
                await ThinkAsync(stop);
                tab ??= await ReturnAsync(stop);
                if (await FillCartAsync(tab, stop) == 0) return;
                await LeaveStoreAsync(stop);
                hasBought = await BuyAsync(stop);
            }
            tab = await ReturnAsync(stop);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            run.Tally.Trouble("shopping", exception);
        }
    }

    /// <returns>How many pairs the cart holds; 0 when there is nothing left to want.</returns>
    private async Task<int> FillCartAsync(StoreTab store, CancellationToken stop)
    {
        var wanted = Random.Shared.Next(1, MostPairs + 1);
        var picked = new HashSet<int>();
        while (picked.Count < wanted)
        {
            var left = store.Levels.Where(size => size.Value != StockLevel.Out && !picked.Contains(size.Key)).Select(size => size.Key).ToArray();
            if (left.Length == 0) break;
            var itemId = left[Random.Shared.Next(left.Length)];
            var (notice, _) = await store.PickAsync(itemId, stop);
            if (Refusal.Of(notice) is { } reason) run.Tally.Refused(reason);
            else picked.Add(itemId);
        }
        return picked.Count;
    }

    /// <summary>False when everything in the cart went to others.</summary>
    private async Task<bool> BuyAsync(CancellationToken stop)
    {
        var checkout = await CheckoutTab.OpenAsync(browser, stop);
        await using var closing = checkout;
        while (!checkout.IsEmpty)
        {
            await ThinkAsync(stop);
            var (confirmation, notice) = await checkout.PlaceOrderAsync(stop);
            if (confirmation is not null)
            {
                run.Tally.Confirmed(await checkout.ReadConfirmationAsync(confirmation, stop) ?? $"{confirmation} shows no order");
                return true;
            }
            run.Tally.Refused(Refusal.Of(notice) ?? notice);
            await checkout.RemoveGoneAsync(stop);
        }
        await checkout.LeaveAsync(stop);
        return false;
    }

    private async Task<StoreTab> ReturnAsync(CancellationToken stop)
    {
        var store = await StoreTab.OpenAsync(browser, stop);
        opened(store);
        return store;
    }

    private async Task LeaveStoreAsync(CancellationToken stop)
    {
        await tab!.LeaveAsync(stop);
        run.Tally.Closed();
        tab = null;
    }

    private Task ThinkAsync(CancellationToken stop) => Task.Delay(run.Options.Think * Random.Shared.NextDouble(), stop);
}
