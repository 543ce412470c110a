namespace LiveShop.Load;

/// <summary>The benchmark <c>crowd</c>: some runs of each size, each on a fresh shop, beside the peer's figures.</summary>
internal static class CrowdBenchmark
{
    public static Task<int> RunAsync(Func<LoadOptions> read, IReadOnlyList<int> sizes, int runs, CancellationToken stop) => LoadTest.UnlessRefusedAsync(async () =>
    {
        var options = read() with { Rampup = TimeSpan.Zero };
        var reports = new List<LoadReport>();
        foreach (var clients in sizes)
        {
            for (var run = 1; run <= runs; run++)
            {
                Console.WriteLine($"{clients} shoppers, run {run} of {runs}");
                reports.Add(await LoadTest.PlayAsync("crowd", options with { Clients = clients }, CrowdScenario.PlayAsync, ProgressView.ShowAsync, stop));
                Summary.WriteFailures(reports[^1]);
            }
        }
        var table = new CrowdTable(reports);
        table.Write();
        await LoadTest.WriteAsync(options, LoadReport.ToJson(reports), HtmlReport.Of(reports, table));
        Console.WriteLine(CrowdTable.Line(reports));
        return reports.TrueForAll(report => report.Holds);
    });
}
