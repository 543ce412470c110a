using System.Globalization;
using Spectre.Console;

namespace LiveShop.Load;

/// <summary>A report as the terminal shows it.</summary>
internal static class Summary
{
    public static void Write(LoadReport report)
    {
        var figures = new Table().Border(TableBorder.Simple).AddColumn(Markup.Escape($"{report.Scenario}, {report.Clients} shoppers")).AddColumn(new TableColumn("").RightAligned());
        foreach (var figure in report.Figures) figures.AddRow(Markup.Escape(figure.Name), Markup.Escape($"{Text(figure.Value)} {figure.Unit}".TrimEnd()));
        foreach (var (reason, count) in report.Refusals.OrderByDescending(refusal => refusal.Value)) figures.AddRow(Markup.Escape($"Refused: {reason}"), $"{count}");
        AnsiConsole.Write(figures);
        foreach (var note in report.Notes) AnsiConsole.WriteLine(note);
        foreach (var check in report.Checks) AnsiConsole.MarkupLineInterpolated($"[{(check.Holds ? "green" : "red")}]{(check.Holds ? "holds" : "FAILS")}[/]  {check.Name}: {check.Detail}");
    }

    /// <summary>What a run among others has found wrong.</summary>
    public static void WriteFailures(LoadReport report)
    {
        foreach (var check in report.Checks.Where(check => !check.Holds)) Console.WriteLine($"FAILS  {check.Name}: {check.Detail}");
    }

    /// <summary>With as many digits as mean something.</summary>
    public static string Text(double value) => value.ToString(
        Math.Abs(value) switch { >= 100 => "#,0", >= 10 => "0.#", _ => "0.##" }, CultureInfo.InvariantCulture);
}
