namespace LiveShop.Load;

/// <summary>Whether the shop kept its promises through it all.</summary>
internal sealed class ChaosVerdict(Run run, PurchaseBook book, LivingTabs watchers)
{
    private const int MostLines = 5;
    private int orders;
    private int wrong;

    /// <summary>Everything is up again, and nobody buys.</summary>
    public async Task OfShopAsync(long afterMovement, TimeSpan patience, CancellationToken stop)
    {
        var (report, database) = (run.Report, run.Database);
        var wrongTabs = await Truth.WrongTabsAsync(run, watchers.All, patience, stop);
        report.Check("Every tab shows what is true", wrongTabs == 0, wrongTabs == 0 ? $"{watchers.All.Count} tabs" : $"{wrongTabs} of {watchers.All.Count} tabs are wrong");
        await OfNodesAsync(patience, stop);

        var wrongItems = await database.WrongItemsAsync();
        report.Check("Nothing is oversold, and the ledger adds up", wrongItems == 0, $"{wrongItems} wrong items");
        var unmatched = await database.UnmatchedLinesAsync();
        report.Check("Every order line is one sale", unmatched == 0, $"{unmatched} unmatched");
        var placed = await database.PlacedOrdersAsync(afterMovement);
        var differences = book.Compare(placed);
        (orders, wrong) = (placed.Count, differences.Count);
        report.Check(
            "Every order is as its shopper was told", wrong == 0 && orders == book.Confirmed + book.FoundPlaced,
            $"{orders} orders, {book.Confirmed} confirmations, {book.FoundPlaced} found placed{string.Concat(differences.Take(MostLines).Select(line => $" {line}"))}");
        report.Check("There was something to buy", orders > 0, $"{orders} orders");
    }

    public void Describe(IReadOnlyList<Aftermath> aftermaths, DateTime begun, DateTime end)
    {
        var report = run.Report;
        var gaps = watchers.All.SelectMany(tab => tab.Gaps).ToList();
        report.Add("Seed", run.Options.Seed, "");
        report.Add("Orders", orders, "");
        report.Add("Answers lost while placing", book.Lost, "");
        report.Add("Of these, by a network of the shopper's that was cut on purpose", book.HungUp, "");
        report.Add("Answers that could not be confirmed", book.Unconfirmed, "");
        foreach (var (what, count) in book.LearnedLate) report.Add($"Of such purchases, the shopper learned in the end: {what}", count, "");
        report.Add("Longest time without a purchase", Silence.Longest(book.Successes, begun, end, end).TotalSeconds, "s");
        foreach (var kind in aftermaths.GroupBy(one => one.Disaster.Name).OrderBy(kind => kind.Key))
        {
            report.Add($"After {kind.Key}, worst of {kind.Count()}: until all nodes are ready", kind.Max(one => one.Recovery).TotalSeconds, "s");
            report.Add($"After {kind.Key}: longest gap of a tab", kind.Max(one => one.LongestGap(gaps, end)).TotalSeconds, "s");
            report.Add($"After {kind.Key}: longest time without a purchase", kind.Max(one => one.LongestSilence(book.Successes, end)).TotalSeconds, "s");
        }
        report.Notes.AddRange(aftermaths.Select(one => one.Describe(begun, gaps, book.Successes, end)));
        var absence = watchers.Report(report);
        report.ServerErrors = run.Cluster.Errors;
        // The framework says so of a tab that has gone while the server sent it to another page.
        var unexpected = report.ServerErrors.Count(line => !line.Contains("JSDisconnectedException", StringComparison.Ordinal));
        report.Check("The nodes logged no error but of tabs that had gone", unexpected == 0, $"{unexpected} of {report.ServerErrors.Count} lines");
        report.LastLine = $"chaos: {orders} orders, {book.Lost + book.Unconfirmed} answers lost ({book.HungUp} of them on purpose) and {(wrong == 0 ? "resolved" : $"{wrong} orders not as told")}, {absence.Dead} dead tabs, "
            + $"{aftermaths.Count} disasters, longest gap {Summary.Text(absence.Longest / 1000)} s, seed {run.Options.Seed}";
    }

    /// <summary>Each answers for itself, without the balancer.</summary>
    private async Task OfNodesAsync(TimeSpan patience, CancellationToken stop)
    {
        var right = 0;
        foreach (var node in run.Cluster.Nodes)
        {
            using var address = new ShopAddress(node);
            await using var tab = await StoreTab.OpenAsync(new Browser(address), stop);
            if (await Truth.WrongTabsAsync(run, [tab], patience, stop) == 0) right++;
            await tab.LeaveAsync(stop);
        }
        run.Report.Check("Every node is ready and tells the truth", right == run.Cluster.Nodes.Count, $"{right} of {run.Cluster.Nodes.Count}");
    }
}
