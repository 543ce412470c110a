using System.Globalization;
using System.Net;
using System.Text;

namespace LiveShop.Load;

/// <summary>Draws a plot as an SVG that takes its colours from the page around it.</summary>
internal static class SvgPlot
{
    private const int Width = 640;
    private const int Height = 280;
    private const int Left = 64;
    private const int Right = 16;
    private const int Top = 16;
    private const int Bottom = 48;
    private const int Ticks = 5;

    public static string Draw(Plot plot)
    {
        var points = plot.Curves.SelectMany(curve => curve.Points).ToList();
        if (points.Count == 0) return "";
        var (across, up) = (Scale(points.Min(point => point.X), points.Max(point => point.X)), Scale(0, points.Max(point => point.Y)));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Escape(plot.Title)}\">");
        foreach (var x in Marks(across))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{X(x, across)}\" x2=\"{X(x, across)}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(x, across)}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{Summary.Text(x)}</text>");
        }
        foreach (var y in Marks(up))
        {
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(y, up)}\" y2=\"{Y(y, up)}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 8}\" y=\"{Y(y, up) + 4}\" text-anchor=\"end\">{Summary.Text(y)}</text>");
        }
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 8}\" text-anchor=\"middle\">{Escape(plot.Across)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate(14 {(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">{Escape(plot.Up)}</text>");
        for (var i = 0; i < plot.Curves.Count; i++)
        {
            var path = string.Join(' ', plot.Curves[i].Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X, across)},{Y(point.Y, up)}")));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"curve curve--{i}\" points=\"{path}\"/>");
        }
        return svg.Append("</svg>").ToString();
    }

    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>From and to round numbers, with a step that is one too.</summary>
    private static (double From, double To, double Step) Scale(double least, double most)
    {
        var span = Math.Max(most - least, 1e-9);
        var power = Math.Pow(10, Math.Floor(Math.Log10(span / Ticks)));
        var step = power * ((span / Ticks / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
        return (Math.Floor(least / step) * step, Math.Ceiling(most / step) * step, step);
    }

    private static IEnumerable<double> Marks((double From, double To, double Step) scale)
    {
        for (var i = 0; scale.From + (i * scale.Step) <= scale.To + (scale.Step / 2); i++) yield return scale.From + (i * scale.Step);
    }

    private static double X(double value, (double From, double To, double Step) scale) =>
        Math.Round(Left + ((Width - Left - Right) * (value - scale.From) / (scale.To - scale.From)), 1);

    private static double Y(double value, (double From, double To, double Step) scale) =>
        Math.Round(Height - Bottom - ((Height - Top - Bottom) * (value - scale.From) / (scale.To - scale.From)), 1);
}
