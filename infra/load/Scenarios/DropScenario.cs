using LiveShop.Domain;

namespace LiveShop.Load;

/// <summary>The crowd waits on "coming soon", the release comes, everybody buys. Ends with a verdict.</summary>
internal static class DropScenario
{
    /// <summary>For so many who buy one more only looks on, to tell how late the store page is: the others are at the checkout when sizes go.</summary>
    private const int BuyersPerOnlooker = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task PlayAsync(Run run, CancellationToken stop)
    {
        var watchers = new Watchers(run.Target.Shop, run.Tally);
        try
        {
            run.Tally.Doing = "Setting the stage";
            await run.Database.WithdrawAllAsync();
            await UntilWithdrawnAsync(run, stop);
            if (run.Options.Stock is { } pairs) await run.Database.SetStockAsync(pairs);
            await Starting.RunAsync(run, watchers, run.Options.Clients + (run.Options.Clients / BuyersPerOnlooker) + 1, stop);
            await SellAsync(run, watchers, stop);
        }
        finally
        {
            run.Tally.Doing = "Leaving";
            await watchers.LeaveAsync();
        }
    }

    /// <summary>A tab that opens before the shop has noticed would take what it shows for the release.</summary>
    private static async Task UntilWithdrawnAsync(Run run, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        var browser = new Browser(run.Target.Shop);
        while ((await browser.GetAsync("/", limit.Token)).Contains("size-container__entry", StringComparison.Ordinal)) await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
    }

    private static async Task SellAsync(Run run, Watchers watchers, CancellationToken stop)
    {
        var (stock, movement, cpu) = (await run.Database.StockAsync(), await run.Database.LastMovementAsync(), run.Target.Server?.Cpu);
        run.Tally.Doing = "Drop";
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var shopping = watchers.Tabs.Take(run.Options.Clients).Select(tab => new Shopper(run, tab, watchers.Add).PlayAsync(closing.Token)).ToList();
        var released = DateTime.UtcNow;
        await run.Database.ReleaseAllAsync();
        await Task.WhenAll(shopping).WaitAsync(run.Options.Duration, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.ThrowIfCancellationRequested();
        var unfinished = shopping.Count(shopper => !shopper.IsCompleted);
        // Nobody buys any more while the verdict is read.
        await closing.CancelAsync();
        await Task.WhenAll(shopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        run.Report.Check("Every shopper came to an end", unfinished == 0, $"{shopping.Count - unfinished} of {shopping.Count}");
        if (run.Target.Server?.Cpu - cpu is { } used) run.Report.Add("Server CPU of the drop", used.TotalSeconds, "s");

        run.Tally.Doing = "Verdict";
        var open = watchers.Tabs.Where(tab => tab.LiveUntil == DateTime.MaxValue).ToList();
        var wrong = await Truth.WrongTabsAsync(run, open, Patience, stop);
        run.Report.Check("Every tab ends in the true state", wrong == 0, wrong == 0 ? $"{open.Count} tabs" : $"{wrong} of {open.Count} tabs are wrong");

        var movements = await run.Database.MovementsAsync(movement);
        var sale = new Sale(stock, movements, released);
        await VerdictOfDatabaseAsync(run, sale, movement);
        Describe(run, watchers.Tabs, sale);
        if (!await run.Database.KeepsCommitTimesAsync()) run.Report.NoteStartsOfTransactions();
    }

    private static async Task VerdictOfDatabaseAsync(Run run, Sale sale, long movement)
    {
        var (report, tally) = (run.Report, run.Tally);
        var left = (await run.Database.StockAsync()).Values.Sum();
        var mustSellOut = run.Options.Clients >= sale.Stock;
        report.Check("Units sold are what the stock lost", sale.Sold == sale.Stock - left && (!mustSellOut || left == 0), $"{sale.Sold} sold of {sale.Stock}, {left} left");
        var wrongItems = await run.Database.WrongItemsAsync();
        report.Check("Nothing is oversold, and the ledger adds up", wrongItems == 0, $"{wrongItems} wrong items");
        var unmatched = await run.Database.UnmatchedLinesAsync();
        report.Check("Every order line is one sale", unmatched == 0, $"{unmatched} unmatched");
        var orders = await run.Database.OrdersAsync(movement);
        report.Check(
            "Every order has its confirmation", orders.SetEquals(tally.Confirmations) && orders.Count == tally.Orders,
            $"{orders.Count} orders, {tally.Orders} confirmations, {orders.Except(tally.Confirmations).Count()} never shown, {tally.Confirmations.Except(orders).Count()} of no order");
        report.Add("Orders", orders.Count, "");
    }

    private static void Describe(Run run, IReadOnlyList<StoreTab> tabs, Sale sale)
    {
        var report = run.Report;
        report.Add("Pairs sold", sale.Sold, "");
        report.Add("From the release to the last sale", sale.Length.TotalSeconds, "s");
        var opening = tabs.Where(tab => tab.LiveSince < sale.Released).Select(tab => tab.Seen).Where(seen => seen.Count > 0);
        report.Add("From the release in the database to the first sizes", new Distribution(opening.Select(seen => (seen[0].At - sale.Released).TotalMilliseconds)), "ms");

        var changes = sale.Changes(run.Options.Levels);
        var late = new Staleness(tabs.Select(tab => tab.Log), changes);
        report.Check("No tab missed a change", late.Missed == 0, $"{late.Milliseconds.Count} shown, {late.Missed} missed");
        report.Add("Changes of levels", changes.Count, "");
        report.Add("From the commit to the screen", late.Milliseconds, "ms");
        report.Add("From the commit to the last screen", late.Last, "ms");
        report.Plots.Add(Plot.OfShares("From the commit to the screen", "ms", ("all tabs and changes", late.Milliseconds), ("last tab of each change", late.Last)));
        report.Plots.Add(sale.PairsLeft());
        report.Plots.Add(sale.SoldOutSizes(tabs, changes));
    }
}
