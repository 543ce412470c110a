using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LiveShop.Web.Circuits;

/// <summary>
/// How long the handlers of this node's pages took lately: those of browsers' events, which the framework measures, waiting
/// for the database included; and those of the event bus, which hold their circuit up.
/// </summary>
internal sealed class SlowHandlers : IDisposable
{
    private readonly ConcurrentDictionary<(string Component, string Cause), HandlerTimes> handlers = [];
    private readonly MeterListener browserEvents = new();
    private readonly TimeProvider time;

    public SlowHandlers(TimeProvider time)
    {
        this.time = time;
        browserEvents.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Name: "aspnetcore.components.handle_event.duration", Meter.Name: "Microsoft.AspNetCore.Components" }) listener.EnableMeasurementEvents(instrument);
        };
        browserEvents.SetMeasurementEventCallback<double>((_, seconds, tags, _) => Handled(seconds, tags));
        browserEvents.Start();
    }

    /// <summary>What was called in the last five minutes, the slowest first.</summary>
    public IReadOnlyList<HandlerSummary> Read()
    {
        var now = time.GetUtcNow();
        return [.. handlers.Select(handler => handler.Value.Read(NameOf(handler.Key), now)).Where(summary => summary.Calls > 0).OrderByDescending(summary => summary.Longest)];
    }

    /// <param name="begun">A timestamp of <see cref="Stopwatch"/>.</param>
    public void Handled(CircuitVitals circuit, Type component, Type domainEvent, long begun) =>
        Handled(circuit, (component.Name, domainEvent.Name), Stopwatch.GetElapsedTime(begun));

    public void Dispose() => browserEvents.Dispose();

    private void Handled(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var (component, method) = ("", "");
        foreach (var tag in tags)
        {
            if (tag is { Key: "aspnetcore.components.type", Value: string type }) component = type[(type.LastIndexOf('.') + 1)..];
            if (tag is { Key: "code.function.name", Value: string function }) method = Written(function);
        }
        Handled(CircuitWatch.Acting, (component, method), TimeSpan.FromSeconds(seconds));
    }

    private void Handled(CircuitVitals? circuit, (string Component, string Cause) handler, TimeSpan duration)
    {
        handlers.GetOrAdd(handler, _ => new HandlerTimes()).Add(duration, time.GetUtcNow());
        if (circuit is not null && duration > circuit.Slowest.Duration) circuit.Slowest = new HandlerTime(NameOf(handler), duration);
    }

    /// <summary>The compiler calls a lambda <c>&lt;Method&gt;b__1</c>; in the source it is a part of that method.</summary>
    private static string Written(string function) => function is ['<', .. var rest] && rest.IndexOf('>') is > 0 and var end ? rest[..end] : function;

    private static string NameOf((string Component, string Cause) handler) => $"{handler.Component} · {handler.Cause}";
}

/// <param name="Handler">A component, and the method or the event that it handled.</param>
public sealed record HandlerSummary(string Handler, long Calls, TimeSpan Mean, TimeSpan Longest);

/// <param name="Handler">As in <see cref="HandlerSummary"/>.</param>
public sealed record HandlerTime(string Handler, TimeSpan Duration)
{
    public static readonly HandlerTime None = new("", TimeSpan.Zero);
}

/// <summary>The times of one handler over the last five minutes, in spans of ten seconds.</summary>
internal sealed class HandlerTimes
{
    private const int Spans = 30;
    private static readonly long SpanTicks = TimeSpan.FromSeconds(10).Ticks;

    private readonly Lock gate = new();
    private readonly (long Span, long Calls, long Total, long Longest)[] spans = new (long, long, long, long)[Spans];

    public void Add(TimeSpan duration, DateTimeOffset now)
    {
        var span = now.Ticks / SpanTicks;
        lock (gate)
        {
            ref var entry = ref spans[span % Spans];
            if (entry.Span != span) entry = (span, 0, 0, 0);
            entry.Calls++;
            entry.Total += duration.Ticks;
            entry.Longest = Math.Max(entry.Longest, duration.Ticks);
        }
    }

    public HandlerSummary Read(string handler, DateTimeOffset now)
    {
        var oldest = now.Ticks / SpanTicks - Spans;
        var (calls, total, longest) = (0L, 0L, 0L);
        lock (gate)
        {
            foreach (var span in spans)
            {
                if (span.Span <= oldest) continue;
                calls += span.Calls;
                total += span.Total;
                longest = Math.Max(longest, span.Longest);
            }
        }
        return new HandlerSummary(handler, calls, TimeSpan.FromTicks(calls == 0 ? 0 : total / calls), TimeSpan.FromTicks(longest));
    }
}
