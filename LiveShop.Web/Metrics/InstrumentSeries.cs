using System.Globalization;
using Prometheus;

namespace LiveShop.Web.Metrics;

/// <summary>The series of one instrument, one for each combination of label values.</summary>
internal abstract class InstrumentSeries
{
    /// <summary>Adds a measurement to the series that its tags name.</summary>
    public abstract void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags);
}

/// <inheritdoc/>
/// <param name="create">Creates the metric with these label names, or returns the one that exists.</param>
/// <param name="record">Adds a measurement to a series.</param>
internal sealed class InstrumentSeries<T>(Func<string[], ICollector<T>> create, Action<T, double> record) : InstrumentSeries
    where T : class, ICollectorChild
{
    /// <summary>The tag keys that were seen, in their order. An instrument has one or two: the framework leaves out tags that do not apply.</summary>
    private volatile TagKeys[] known = [];
    private T? unlabelled;

    public override void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        record(tags.IsEmpty ? unlabelled ??= create([]).Unlabelled : Labelled(tags), value);

    private T Labelled(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var keys = Find(known, tags) ?? Add(tags);
        var values = new string[keys.Labels.Length];
        for (var i = 0; i < values.Length; i++) values[i] = Convert.ToString(tags[keys.Labels[i]].Value, CultureInfo.InvariantCulture) ?? "";
        return keys.Metric.WithLabels(values.AsSpan());
    }

    private static TagKeys? Find(TagKeys[] known, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var keys in known)
        {
            if (keys.Are(tags)) return keys;
        }
        return null;
    }

    private TagKeys Add(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string[] all = new string[tags.Length];
        for (var i = 0; i < all.Length; i++) all[i] = tags[i].Key;
        int[] labels = [.. Enumerable.Range(0, all.Length).Where(i => InstrumentFilter.IsLabel(all[i]))];
        var added = new TagKeys(all, labels, create([.. labels.Select(i => MetricNames.Label(all[i]))]));
        lock (create)
        {
            if (Find(known, tags) is { } other) return other;
            known = [.. known, added];
            return added;
        }
    }

    /// <param name="All">Every tag's key.</param>
    /// <param name="Labels">The positions of those that become labels.</param>
    /// <param name="Metric">The metric with these labels.</param>
    private sealed record TagKeys(string[] All, int[] Labels, ICollector<T> Metric)
    {
        public bool Are(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.Length != All.Length) return false;
            for (var i = 0; i < All.Length; i++)
            {
                if (tags[i].Key != All[i]) return false;
            }
            return true;
        }
    }
}
