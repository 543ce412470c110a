namespace LiveShop.Web.Pictures;

/// <summary>One path of a drawing: filled, or a line when it has a width.</summary>
internal sealed record Layer(Tone Tone, string Path, int Width = 0, string? Dashes = null);

/// <summary>
/// A shoe seen from the side, toe to the right, between 85 and 725 across and 95 and 505 down. Painted in the order of the
/// properties.
/// </summary>
internal sealed record Silhouette
{
    /// <summary>The far side of the collar and the tongue.</summary>
    public required IReadOnlyList<Layer> Behind { get; init; }

    public required string Upper { get; init; }

    /// <summary>Clipped to <see cref="Upper"/>.</summary>
    public required IReadOnlyList<Layer> Panels { get; init; }

    public required IReadOnlyList<Layer> Front { get; init; }

    public required string Sole { get; init; }

    /// <summary>Clipped to <see cref="Sole"/>.</summary>
    public required IReadOnlyList<Layer> SolePanels { get; init; }

    public required Layer Tread { get; init; }
}
