namespace LiveShop.Domain;

/// <summary>How to read a <see cref="CatalogFile"/>.</summary>
public sealed record CatalogFileOptions
{
    public static CatalogFileOptions Default { get; } = new();

    /// <summary>Pairs per size where the file does not say, 0 to <see cref="Item.MostPairs"/>.</summary>
    public int Stock { get; init; } = 200;

    /// <summary>Columns of the file that are not read, as a list with commas.</summary>
    public string IgnoreColumns { get; init; } = "";

    /// <summary>Columns under other names, such as <c>Vendor=brand,Title=name</c>: those of the file first.</summary>
    public string Map { get; init; } = "";

    /// <summary>Format of the release dates in the notation of .NET, such as M/d/yy; empty for yyyy-MM-dd.</summary>
    public string DateFormat { get; init; } = "";

    /// <summary>Whether a price of 0 is meant.</summary>
    public bool AllowFree { get; init; }
}
