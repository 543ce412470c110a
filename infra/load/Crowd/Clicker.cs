namespace LiveShop.Load;

/// <summary>A shopper who does nothing but click, one click after the other, and looks at the clock.</summary>
internal sealed class Clicker : IAsyncDisposable
{
    private readonly StoreTab tab;
    private readonly int held;

    private Clicker(StoreTab tab, int held) => (this.tab, this.held) = (tab, held);

    /// <summary>With a pair in the cart, so that there is something to open and close.</summary>
    public static async Task<Clicker> StartAsync(ShopAddress shop, CancellationToken stop)
    {
        var tab = await StoreTab.OpenAsync(new Browser(shop), stop);
        await tab.WaitForReleaseAsync(StoreTab.Patience, stop);
        var held = tab.Levels.Keys.Min();
        await tab.PickAsync(held, stop);
        return new Clicker(tab, held);
    }

    /// <summary>
    /// For half of the time clicks that only the circuit's memory answers (opening and closing the cart), for the other half
    /// clicks that the database answers with one transaction (a pair into the cart; taking it out again is not measured).
    /// </summary>
    public async Task MeasureAsync(LoadReport report, string when, TimeSpan time, CancellationToken stop)
    {
        var end = DateTime.UtcNow + (time / 2);
        var toggles = new List<double>();
        while (DateTime.UtcNow < end) toggles.Add((await tab.ToggleCartAsync(stop)).TotalMilliseconds);

        end += time / 2;
        var adds = new List<double>();
        while (DateTime.UtcNow < end && tab.Levels.Where(size => size.Key != held && size.Value != Domain.StockLevel.Out).Select(size => size.Key).LastOrDefault() is > 0 and var itemId)
        {
            var begun = DateTime.UtcNow;
            var (notice, at) = await tab.PickAsync(itemId, stop);
            if (Refusal.Of(notice) is not null) continue;
            adds.Add((at - begun).TotalMilliseconds);
            await tab.RemoveAsync(itemId, stop);
        }
        report.Add($"Click in memory, {when}", new Distribution(toggles), "ms");
        report.Add($"Add to cart, {when}", new Distribution(adds), "ms");
        report.Plots.Add(Plot.OfShares($"Round trip of a click, {when}", "ms", ("in memory", new Distribution(toggles)), ("add to cart", new Distribution(adds))));
    }

    public async ValueTask DisposeAsync() => await tab.LeaveAsync(CancellationToken.None);
}
