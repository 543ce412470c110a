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

    /// <summary>
    /// Begins a span of what a shopper or operator does, until it is disposed. Unlike other spans it is there though nobody
    /// traces, because the log writes down its trace id.
    /// </summary>
    /// <param name="cause">W3C's traceparent of what it follows from; it begins a trace of its own where that is none.</param>
    public static Activity Begin(string name, string? cause)
    {
        var parent = ActivityContext.TryParse(cause, traceState: null, out var context) ? context : default;
        return Activities.StartActivity(name, ActivityKind.Internal, parent)
            ?? (parent == default ? new Activity(name) : new Activity(name).SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags)).Start();
    }
}
