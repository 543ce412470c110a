using System.Collections.Concurrent;
using System.Globalization;
using Prometheus;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace LiveShop.Web.Metrics;

/// <summary>The series of one instrument, one for each combination of label values.</summary>
internal abstract class InstrumentSeries
{
    /// <summary>The most combinations of tags of one instrument. Routes, components and outcomes are some dozens; more would be a tag that follows traffic.</summary>
    public const int Most = 500;

    /// <summary>Adds a measurement to the series that its tags name. Ignored when that were one series too many.</summary>
    public abstract void Record(double value, ReadOnlySpan<Tag> tags);
}

/// <inheritdoc/>
/// <remarks>Finds a series by itself, because prometheus-net takes five times as long to find one by its label values.</remarks>
/// <param name="create">Creates the metric with these label names, or returns the one that exists.</param>
/// <param name="record">Adds a measurement to a series.</param>
internal sealed class InstrumentSeries<T>(Func<string[], ICollector<T>> create, Action<T, double> record) : InstrumentSeries
    where T : class, ICollectorChild
{
    private readonly ConcurrentDictionary<Tag[], T> known = new(TagComparer.Instance);
    private T? unlabelled;
    private int count;

    public override void Record(double value, ReadOnlySpan<Tag> tags)
    {
        if (tags.IsEmpty) record(unlabelled ??= create([]).Unlabelled, value);
        else if (known.GetAlternateLookup<ReadOnlySpan<Tag>>().TryGetValue(tags, out var series) || TryAdd(tags.ToArray(), out series)) record(series, value);
    }

    private bool TryAdd(Tag[] tags, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? series)
    {
        series = null;
        if (Volatile.Read(ref count) >= Most) return false;
        // In one order, so that the same tags in another are the same series.
        Tag[] labels = [.. tags.Where(tag => InstrumentFilter.IsLabel(tag.Key)).OrderBy(tag => tag.Key, StringComparer.Ordinal)];
        var metric = create([.. labels.Select(label => MetricNames.Label(label.Key))]);
        series = labels is [] ? metric.Unlabelled : metric.WithLabels([.. labels.Select(label => Convert.ToString(label.Value, CultureInfo.InvariantCulture) ?? "")]);
        if (known.TryAdd(tags, series)) Interlocked.Increment(ref count);
        return true;
    }

    /// <summary>Compares tags as they come. The same in another order are found apart, and share their series.</summary>
    private sealed class TagComparer : IEqualityComparer<Tag[]>, IAlternateEqualityComparer<ReadOnlySpan<Tag>, Tag[]>
    {
        public static readonly TagComparer Instance = new();

        public bool Equals(Tag[]? x, Tag[]? y) => Equals(x.AsSpan(), y!);

        public bool Equals(ReadOnlySpan<Tag> alternate, Tag[] other)
        {
            if (alternate.Length != other.Length) return false;
            for (var i = 0; i < other.Length; i++)
            {
                if (alternate[i].Key != other[i].Key || !Equals(alternate[i].Value, other[i].Value)) return false;
            }
            return true;
        }

        public int GetHashCode(Tag[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<Tag> alternate)
        {
            var hash = alternate.Length;
            foreach (var tag in alternate) hash = HashCode.Combine(hash, tag.Value);
            return hash;
        }

        public Tag[] Create(ReadOnlySpan<Tag> alternate) => alternate.ToArray();
    }
}
