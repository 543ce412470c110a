namespace LiveShop.Domain;

/// <summary>What the public sees instead of the count.</summary>
public enum StockLevel
{
    Out,
    Low,
    Medium,
    High,
}

/// <summary>Where one stock level ends and the next begins, in pairs.</summary>
/// <param name="LowBelow">1 up to below this is low. At least 1.</param>
/// <param name="MediumBelow">From <paramref name="LowBelow"/> up to below this is medium; this and more is high. At least <paramref name="LowBelow"/>.</param>
public sealed record StockLevels(int LowBelow, int MediumBelow)
{
    public static readonly StockLevels Default = new(LowBelow: 150, MediumBelow: 500);

    public StockLevel Of(int count) =>
        count <= 0 ? StockLevel.Out
        : count < LowBelow ? StockLevel.Low
        : count < MediumBelow ? StockLevel.Medium
        : StockLevel.High;
}
