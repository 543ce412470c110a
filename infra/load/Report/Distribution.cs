namespace LiveShop.Load;

/// <summary>Many measurements of one thing. All figures are 0 without any.</summary>
internal sealed class Distribution
{
    private readonly double[] sorted;

    public Distribution(IEnumerable<double> values) => sorted = [.. values.Order()];

    public int Count => sorted.Length;

    public double Min => At(0);

    public double Median => At(0.5);

    public double P99 => At(0.99);

    public double Max => At(1);

    /// <summary>In ascending order.</summary>
    public IReadOnlyList<double> Sorted => sorted;

    /// <param name="part">0 to 1; the smallest value that at least this part of all does not exceed.</param>
    public double At(double part) => sorted.Length == 0 ? 0 : sorted[Math.Clamp((int)Math.Ceiling(part * sorted.Length) - 1, 0, sorted.Length - 1)];

    public override string ToString() => $"p50 {Median:0.#}, p99 {P99:0.#}, max {Max:0.#}";
}
