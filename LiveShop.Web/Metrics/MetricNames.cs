using System.Diagnostics.Metrics;

namespace LiveShop.Web.Metrics;

/// <summary>Translates instruments of <see cref="System.Diagnostics.Metrics"/> to the names and types of Prometheus.</summary>
internal static class MetricNames
{
    /// <summary>Instruments that the runtime declares as counters although their values fall, too.</summary>
    private static readonly string[] FalseCounters = ["dotnet.thread_pool.thread.count", "dotnet.thread_pool.queue.length"];

    /// <summary>The name in Prometheus: underscores, the unit spelt out, and <c>_total</c> for counters.</summary>
    public static string Of(Instrument instrument)
    {
        var isCounter = KindOf(instrument) is InstrumentKind.Counter or InstrumentKind.ObservableCounter;
        var name = Label(instrument.Name);
        // Prometheus reserves this suffix for histograms and summaries.
        if (!isCounter && name.EndsWith("_count", StringComparison.Ordinal)) name = name[..^"_count".Length];
        if (Suffix(instrument.Unit) is { } suffix && !name.EndsWith(suffix, StringComparison.Ordinal)) name += suffix;
        return isCounter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    /// <summary>The name of a label for a tag's key.</summary>
    public static string Label(string key) => key.Replace('.', '_').Replace('-', '_');

    public static InstrumentKind KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" => InstrumentKind.Counter,
        "ObservableCounter" when !FalseCounters.Contains(instrument.Name) => InstrumentKind.ObservableCounter,
        "UpDownCounter" => InstrumentKind.UpDownCounter,
        "Histogram" => InstrumentKind.Histogram,
        _ => InstrumentKind.Gauge,
    };

    /// <summary>Null for units that count something, such as <c>{purchase}</c>, which the name contains already.</summary>
    private static string? Suffix(string? unit) => unit switch
    {
        "s" => "_seconds",
        "ms" => "_milliseconds",
        "By" => "_bytes",
        _ => null,
    };
}

/// <summary>How the measurements of an instrument add up.</summary>
internal enum InstrumentKind
{
    /// <summary>A measurement is an increment.</summary>
    Counter,

    /// <summary>A measurement is the total.</summary>
    ObservableCounter,

    /// <summary>A measurement is a difference of either sign.</summary>
    UpDownCounter,

    /// <summary>A measurement is one of many values.</summary>
    Histogram,

    /// <summary>A measurement is the current value.</summary>
    Gauge,
}
