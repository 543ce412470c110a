namespace LiveShop.Load;

/// <summary>Every node is restarted, one after the other, before a crowd that looks on. Then a change must reach every tab.</summary>
internal static class RollingScenario
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task PlayAsync(Run run, CancellationToken stop)
    {
        var (cluster, report) = (run.Cluster, run.Report);
        var tabs = new LivingTabs(run.Target.Shop, run.Tally);
        try
        {
            run.Tally.Doing = "Setting the stage";
            await run.Database.SetStockAsync(run.Options.Levels.MediumBelow);
            await run.Database.ReleaseAllAsync();
            await cluster.WaitUntilReadyAsync(stop);
            run.Tally.Doing = "Opening tabs";
            await tabs.OpenAsync(run.Options.Clients, run.Options.Rampup, stop);
            report.Check("Every tab became live", tabs.All.Count == run.Options.Clients, $"{tabs.All.Count} of {run.Options.Clients}");
            await CheckTruthAsync(run, tabs, "before", stop);

            run.Tally.Doing = "Restarting";
            var took = await cluster.DoAsync("rolling", stop);
            report.Add("Restarting every node", took.TotalSeconds, "s");

            run.Tally.Doing = "Last change";
            await run.Database.SetStockAsync(0, (await run.Database.StockAsync()).Keys.Min());
            var missed = await CheckTruthAsync(run, tabs, "the last change", stop);
            var absence = tabs.Report(report);
            report.ServerErrors = cluster.Errors;
            report.Check("The nodes logged no error", report.ServerErrors.Count == 0, $"{report.ServerErrors.Count} lines");
            report.LastLine = $"rolling: median {Summary.Text(absence.OfTabs.Median)} ms, worst {Summary.Text(absence.OfTabs.Max)} ms, {absence.Dead} dead"
                + $" ({tabs.All.Count} tabs, {missed} missed the last change, {Summary.Text(took.TotalSeconds)} s)";
        }
        finally
        {
            run.Tally.Doing = "Leaving";
            await tabs.LeaveAsync();
        }
    }

    private static async Task<int> CheckTruthAsync(Run run, LivingTabs tabs, string when, CancellationToken stop)
    {
        var wrong = await Truth.WrongTabsAsync(run, tabs.All, Patience, stop);
        run.Report.Check($"Every tab shows what is true, {when}", wrong == 0, wrong == 0 ? $"{tabs.All.Count} tabs" : $"{wrong} of {tabs.All.Count} tabs are wrong");
        return wrong;
    }
}
