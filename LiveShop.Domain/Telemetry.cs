using System.Diagnostics;

namespace LiveShop.Domain;

/// <summary>What the shop's instruments and traces are known by.</summary>
/// <remarks>
/// Instruments belong to a <see cref="System.Diagnostics.Metrics.Meter"/> of this name, one for each container. Nobody listens by default, and
/// then a measurement costs a few nanoseconds. No label ever carries a cart, a shopper, an order or an address, and none takes
/// more values than there are words for it in the source.
/// </remarks>
public static class Telemetry
{
    public const string Name = "LiveShop";

    /// <summary>The spans of purchases, announcements and releases.</summary>
    public static readonly ActivitySource Activities = new(Name);
}
