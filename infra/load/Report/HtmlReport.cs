using System.Globalization;
using System.Text;

namespace LiveShop.Load;

/// <summary>Reports as one page that needs nothing else: no script, no other file.</summary>
internal static class HtmlReport
{
    private const string Style =
        """
        :root { color-scheme: light dark; --ink: #1d1d1f; --soft: #5f6168; --paper: #ffffff; --card: #f4f4f2; --line: #d9d9d6; --good: #1a7f37; --bad: #c62828; --curve-0: #b3261e; --curve-1: #2f5fb3; --curve-2: #7a6a00; }
        @media (prefers-color-scheme: dark) { :root { --ink: #ececea; --soft: #a3a5ab; --paper: #17181a; --card: #202225; --line: #3a3c40; --good: #5ecb7a; --bad: #ff8a80; --curve-0: #ff8a7a; --curve-1: #8ab4ff; --curve-2: #e0c94f; } }
        body { max-width: 1360px; margin: 0 auto; padding: 24px 16px 64px; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
        h1, h2, h3 { line-height: 1.2; } h2 { margin-top: 48px; } h3 { margin: 0 0 8px; font-size: 16px; } p { color: var(--soft); }
        .scroll { overflow-x: auto; } table { border-collapse: collapse; } th, td { padding: 4px 16px 4px 0; border-bottom: 1px solid var(--line); text-align: left; } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
        .holds { color: var(--good); font-weight: 650; } .fails { color: var(--bad); font-weight: 650; }
        .plots { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 480px), 1fr)); gap: 24px; margin-top: 24px; }
        figure { margin: 0; padding: 16px; border-radius: 12px; background: var(--card); } svg { width: 100%; } svg text { fill: var(--soft); font-size: 12px; }
        .grid { stroke: var(--line); } .curve { fill: none; stroke-width: 2; } .curve--0 { stroke: var(--curve-0); } .curve--1 { stroke: var(--curve-1); } .curve--2 { stroke: var(--curve-2); }
        .key { margin: 0; padding: 0; list-style: none; } .key li { display: inline-block; margin-right: 16px; color: var(--soft); font-size: 13px; } .key li::before { content: ""; display: inline-block; width: 16px; height: 3px; margin: 0 6px 4px 0; background: var(--curve-0); } .key li:nth-child(2)::before { background: var(--curve-1); } .key li:nth-child(3)::before { background: var(--curve-2); }
        """;

    /// <param name="comparison">A table to show first; null without one.</param>
    public static string Of(IReadOnlyList<LoadReport> reports, CrowdTable? comparison = null)
    {
        var page = new StringBuilder();
        var title = $"LiveShop: {reports[0].Scenario}, {string.Join(" and ", reports.Select(report => report.Clients.ToString("#,0", CultureInfo.InvariantCulture)).Distinct())} shoppers";
        page.Append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Append($"<title>{SvgPlot.Escape(title)}</title><style>{Style}</style></head><body><h1>{SvgPlot.Escape(title)}</h1>");
        if (comparison is not null) Table(page, comparison.Heading, comparison.Rows);
        foreach (var report in reports) Write(page, report);
        return page.Append("</body></html>").ToString();
    }

    private static void Write(StringBuilder page, LoadReport report)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{SvgPlot.Escape(report.Scenario)}, {report.Clients:#,0} shoppers</h2><p>{SvgPlot.Escape(report.Target)}, {report.StartedAt:yyyy-MM-dd HH:mm:ss} UTC, {report.Seconds:0} s</p><ul>");
        foreach (var check in report.Checks)
        {
            page.Append($"<li><span class=\"{(check.Holds ? "holds\">holds" : "fails\">fails")}</span> {SvgPlot.Escape(check.Name)}: {SvgPlot.Escape(check.Detail)}</li>");
        }
        page.Append("</ul>");
        Table(page, ["figure", "", ""], [.. report.Figures.Select(figure => new[] { figure.Name, Summary.Text(figure.Value), figure.Unit })]);
        foreach (var note in report.Notes) page.Append($"<p>{SvgPlot.Escape(note)}</p>");
        Counts(page, "Refused", report.Refusals);
        Counts(page, "Went wrong", report.Troubles);
        if (report.ServerErrors.Count > 0) page.Append($"<h3>What the shop logged</h3><pre class=\"scroll\">{SvgPlot.Escape(string.Join('\n', report.ServerErrors))}</pre>");
        page.Append("<div class=\"plots\">");
        foreach (var plot in report.Plots.Where(plot => plot.Curves.Any(curve => curve.Points.Count > 0)))
        {
            page.Append($"<figure><h3>{SvgPlot.Escape(plot.Title)}</h3>").Append(SvgPlot.Draw(plot));
            if (plot.Curves.Count > 1) page.Append($"<ul class=\"key\">{string.Concat(plot.Curves.Select(curve => $"<li>{SvgPlot.Escape(curve.Name)}</li>"))}</ul>");
            page.Append("</figure>");
        }
        page.Append("</div>");
    }

    private static void Counts(StringBuilder page, string what, IReadOnlyDictionary<string, int> counts)
    {
        if (counts.Count > 0) Table(page, [what, ""], [.. counts.OrderByDescending(count => count.Value).Select(count => new[] { count.Key, count.Value.ToString("#,0", CultureInfo.InvariantCulture) })]);
    }

    private static void Table(StringBuilder page, IReadOnlyList<string> heading, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        page.Append("<div class=\"scroll\"><table><tr>").AppendJoin("", heading.Select((cell, i) => Cell("th", cell, i))).Append("</tr>");
        foreach (var row in rows) page.Append("<tr>").AppendJoin("", row.Select((cell, i) => Cell("td", cell, i))).Append("</tr>");
        page.Append("</table></div>");
    }

    private static string Cell(string element, string text, int column) => $"<{element}{(column > 0 ? " class=\"number\"" : "")}>{SvgPlot.Escape(text)}</{element}>";
}
