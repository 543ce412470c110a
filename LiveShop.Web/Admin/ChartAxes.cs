using System.Globalization;
using MudBlazor;

namespace LiveShop.Web.Admin;

/// <summary>The time that the dashboard's charts cover.</summary>
public enum ChartRange
{
    LastFifteenMinutes,
    WholeDrop,
}

/// <summary>Computes round steps for the axes of a chart over time, and describes the line in words.</summary>
internal static class ChartAxes
{
    /// <summary>The steps on the vertical axis, of which a small chart has room for few.</summary>
    private const int ValueSteps = 2;

    private const int TimeSteps = 3;

    private static readonly TimeSpan[] TimeLabels =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(2),
        TimeSpan.FromHours(4), TimeSpan.FromHours(8), TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(5), TimeSpan.FromDays(10), TimeSpan.FromDays(30),
    ];

    public static TimeSeriesChartOptions For(IReadOnlyList<(DateTime At, double Value)> values)
    {
        var span = values.Count > 1 ? values[^1].At - values[0].At : TimeSpan.Zero;
        var spacing = Array.Find(TimeLabels, spacing => spacing * TimeSteps >= span);
        if (spacing == default) spacing = TimeSpan.FromDays(Math.Ceiling(span.TotalDays / TimeSteps));
        var step = Step(values.Select(point => point.Value).DefaultIfEmpty().Max());
        return new()
        {
            ChartPalette = ["currentColor"],
            ShowLegend = false,
            LineStrokeWidth = 2,
            YAxisRequireZeroPoint = true,
            YAxisTicks = step,
            YAxisSuggestedMax = step * ValueSteps,
            YAxisToStringFunc = Short,
            YAxisLines = true,
            TimeLabelSpacing = spacing,
            TimeLabelSpacingRounding = true,
            TimeLabelFormat = spacing >= TimeSpan.FromDays(1) ? "d MMM" : spacing < TimeSpan.FromMinutes(1) ? "HH:mm:ss" : "HH:mm",
            TooltipTimeLabelFormat = spacing >= TimeSpan.FromDays(1) ? "d MMM HH:mm" : "HH:mm:ss",
        };
    }

    /// <summary>Describes the line for those who do not see it.</summary>
    public static string Describe(string label, IReadOnlyList<(DateTime At, double Value)> values)
    {
        if (values.Count == 0) return label;
        var highest = values.MaxBy(point => point.Value);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{label} from {values[0].At:HH:mm:ss} to {values[^1].At:HH:mm:ss}: first {values[0].Value:0.#}, highest {highest.Value:0.#} at {highest.At:HH:mm:ss}, last {values[^1].Value:0.#}.");
    }

    /// <summary>Returns a whole number of the form 1, 2 or 5 times a power of ten, so that few steps reach the highest value.</summary>
    private static int Step(double highest)
    {
        var least = Math.Max(1, highest / ValueSteps);
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        var factor = (least / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 when power >= 10 => 2.5, <= 5 => 5, _ => 10 };
        return (int)Math.Min(factor * power, int.MaxValue / 4);
    }

    private static string Short(double value) => value switch
    {
        >= 1_000_000 => (value / 1_000_000).ToString("0.##", CultureInfo.InvariantCulture) + "M",
        >= 1_000 => (value / 1_000).ToString("0.##", CultureInfo.InvariantCulture) + "k",
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };
}
