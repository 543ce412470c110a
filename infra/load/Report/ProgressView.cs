using System.Globalization;
using Spectre.Console;

namespace LiveShop.Load;

/// <summary>Shows how a test goes: a table that changes on a terminal, a line each few seconds elsewhere.</summary>
internal static class ProgressView
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    /// <summary>Until the test has ended.</summary>
    public static Task ShowAsync(Run run, Task test) => AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected ? ShowTableAsync(run, test) : WriteLinesAsync(run, test);

    private static Task ShowTableAsync(Run run, Task test) => AnsiConsole.Live(Table(run, TimeSpan.Zero)).AutoClear(true).StartAsync(async view =>
    {
        for (var begun = DateTime.UtcNow; !test.IsCompleted; await Task.WhenAny(test, Task.Delay(Refresh))) view.UpdateTarget(Table(run, DateTime.UtcNow - begun));
    });

    private static async Task WriteLinesAsync(Run run, Task test)
    {
        for (var begun = DateTime.UtcNow; !test.IsCompleted; await Task.WhenAny(test, Task.Delay(LineInterval)))
        {
            Console.WriteLine(string.Join("  ", Facts(run, DateTime.UtcNow - begun).Select(fact => $"{fact.Name} {fact.Value}")));
        }
    }

    private static Table Table(Run run, TimeSpan elapsed)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned());
        foreach (var (name, value) in Facts(run, elapsed)) table.AddRow(Markup.Escape(name), Markup.Escape(value));
        return table;
    }

    private static IEnumerable<(string Name, string Value)> Facts(Run run, TimeSpan elapsed)
    {
        var tally = run.Tally;
        yield return ($"{run.Report.Scenario}", $"{elapsed.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s");
        yield return ("doing", tally.Doing);
        yield return ("live tabs", $"{tally.Live}");
        if (tally.Orders > 0) yield return ("orders", $"{tally.Orders}");
        if (tally.Refusals.Count > 0) yield return ("refused", $"{tally.Refusals.Values.Sum()}");
        if (tally.Troubles.Count > 0) yield return ("troubles", $"{tally.Troubles.Values.Sum()}");
        if (run.Server.Newest is { } server) yield return ("server", $"{server.Cpu:0} % of a core, {server.Memory:0} MB");
    }
}
