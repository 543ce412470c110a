using LiveShop.Domain;

namespace LiveShop.Web.Database;

/// <summary>The store that the shop ships with.</summary>
internal static class DemoStore
{
    public static IReadOnlyList<ProductSpec> Products() =>
    [
        new("SHU6000", "Snks 23", "Hop Man 3", "yellow/blue", 120, ScheduledAt: null, Sizes("SHU60")),
        new("SHU6100", "Asler", "Breezy Boost 600", "momentum", 140, ScheduledAt: null, Sizes("SHU61")),
    ];

    /// <summary>6 to 12 by halves, each with 201 to 1,200 pairs and one chance in ten of none.</summary>
    private static List<ItemSpec> Sizes(string series) =>
        [.. Enumerable.Range(1, 13).Select(n => new ItemSpec($"{series}{n:00}", 5.5m + (n * 0.5m), Random.Shared.Next(10) == 0 ? 0 : Random.Shared.Next(201, 1201)))];
}
