namespace LiveShop.Web.Metrics;

/// <summary>How many measurements fell into each bucket of a histogram.</summary>
/// <param name="Bounds">The upper bound of each bucket; the last is infinite.</param>
internal sealed record Distribution(double[] Bounds, long[] Counts, double Sum)
{
    public static readonly Distribution Empty = new([], [], 0);

    public long Count => Counts.Sum();

    public double Mean => Count == 0 ? 0 : Sum / Count;

    public static Distribution operator +(Distribution one, Distribution other) => one.Combine(other, 1);

    /// <summary>What was measured since the earlier one, of the same histogram.</summary>
    public static Distribution operator -(Distribution later, Distribution earlier) => later.Combine(earlier, -1);

    /// <summary>
    /// The value below which that share of the measurements lies, interpolated within its bucket as Prometheus does. Null when nothing was
    /// measured; the last finite bound when it lies beyond that.
    /// </summary>
    /// <param name="share">0 to 1.</param>
    public double? Quantile(double share)
    {
        if (Count == 0) return null;
        var (rank, seen) = (share * Count, 0L);
        for (var i = 0; i < Counts.Length; i++)
        {
            var lower = i == 0 ? 0 : Bounds[i - 1];
            if (seen + Counts[i] >= rank && Counts[i] > 0) return double.IsPositiveInfinity(Bounds[i]) ? lower : lower + ((Bounds[i] - lower) * (rank - seen) / Counts[i]);
            seen += Counts[i];
        }
        return Bounds[^2];
    }

    private Distribution Combine(Distribution other, int sign)
    {
        if (other.Counts.Length == 0) return this;
        return Counts.Length == 0 ? other : new Distribution(Bounds, [.. Counts.Select((count, i) => count + (sign * other.Counts[i]))], Sum + (sign * other.Sum));
    }
}
