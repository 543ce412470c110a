using Spectre.Console;

namespace LiveShop.Load;

/// <summary>The benchmark <c>metrics</c>: what a fan-out costs with metrics, scraped each second, against the same without any; in turns, each on a fresh shop.</summary>
internal static class MetricsBenchmark
{
    private const string Cost = "Fan-out: server CPU per change and tab";
    private const string Median = "Fan-out: median tab";

    /// <summary>Changes a second, which leaves one core some room.</summary>
    private const double Rate = 2;

    /// <summary>Of the scrapes that a run has time for, so many must have been answered.</summary>
    private const double Answered = 0.8;

    private static readonly string[] Without = ["--Metrics:Enabled=false"];

    public static Task<int> RunAsync(Func<LoadOptions> read, int runs, CancellationToken stop) => LoadTest.UnlessRefusedAsync(async () =>
    {
        var options = read() with { Rampup = TimeSpan.Zero, Rate = Rate };
        var (off, on) = (new List<LoadReport>(), new List<LoadReport>());
        for (var run = 1; run <= runs; run++)
        {
            Console.WriteLine($"{options.Clients} circuits, run {run} of {runs}");
            // Who comes first changes, so that a machine that becomes slower favours neither.
            bool[] turns = run % 2 == 0 ? [true, false] : [false, true];
            foreach (var withMetrics in turns)
            {
                var settings = withMetrics ? options.ShopSettings : [.. options.ShopSettings, .. Without];
                var report = await LoadTest.PlayAsync("fan-out", options with { ShopSettings = settings }, FanOutAsync, ProgressView.ShowAsync, stop);
                CheckScrapes(report, withMetrics);
                Summary.WriteFailures(report);
                (withMetrics ? on : off).Add(report);
            }
        }
        Write(off, on);
        await LoadTest.WriteAsync(options, LoadReport.ToJson([.. off, .. on]), HtmlReport.Of([.. off, .. on]));
        Console.WriteLine(Line(options.Clients, off, on));
        return off.Concat(on).All(report => report.Holds);
    });

    private static void CheckScrapes(LoadReport report, bool withMetrics)
    {
        var scrapes = report.Find(Run.Scrapes) ?? 0;
        report.Check(
            withMetrics ? "The metrics were scraped each second" : "There were no metrics", withMetrics ? scrapes >= Answered * report.Seconds : scrapes == 0,
            $"{scrapes} scrapes in {report.Seconds} s");
    }

    private static async Task FanOutAsync(Run run, CancellationToken stop)
    {
        await CrowdScenario.WarmUpAsync(run, stop);
        var watchers = new Watchers(run.Target.Shop, run.Tally);
        try
        {
            var fall = new Fall(run);
            await fall.PrepareAsync(int.MaxValue, stop);
            await Starting.RunAsync(run, watchers, stop);
            run.Tally.Doing = "Fan-out";
            var fanOut = await Measured.BeginAsync(run, watchers.Tabs);
            await fall.StepAsync(fall.Count, run.Options.Rate, stop);
            await fanOut.EndAsync("Fan-out", stop);
        }
        finally
        {
            await watchers.LeaveAsync();
        }
    }

    private static void Write(IReadOnlyList<LoadReport> off, IReadOnlyList<LoadReport> on)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("", "without", "least – most", "with, scraped each second", "least – most");
        foreach (var (title, figure) in new[] { ("server CPU per change and tab, µs", Cost), ("one change to everyone: median tab, ms", Median), ("last tab, ms", "Fan-out: last tab"), ("memory per tab, idle, KB", CrowdScenario.MemoryIdle) })
        {
            table.AddRow([title, .. Cells(Of(figure, off)), .. Cells(Of(figure, on))]);
        }
        AnsiConsole.Write(table);
    }

    private static string Line(int clients, IReadOnlyList<LoadReport> off, IReadOnlyList<LoadReport> on)
    {
        var (without, with) = (Of(Cost, off), Of(Cost, on));
        // Of neighbours in time, which a noisy machine treated alike.
        var slowdowns = new Distribution(on.Zip(off, (one, other) => 100 * ((one.Find(Cost) / other.Find(Cost)) - 1)).OfType<double>());
        return $"metrics: {Summary.Text(slowdowns.Median)} % more CPU for a change on {clients} circuits ({Summary.Text(slowdowns.Min)} to {Summary.Text(slowdowns.Max)} % over {slowdowns.Count} pairs of runs): "
            + $"{Summary.Text(with.Median)} µs a tab with metrics scraped each second, {Summary.Text(without.Median)} µs without";
    }

    private static string[] Cells(Distribution runs) => [Summary.Text(runs.Median), $"{Summary.Text(runs.Min)} – {Summary.Text(runs.Max)}"];

    private static Distribution Of(string figure, IEnumerable<LoadReport> runs) => new(Runs(figure, runs));

    private static IEnumerable<double> Runs(string figure, IEnumerable<LoadReport> runs) => runs.Select(run => run.Find(figure)).OfType<double>();
}
