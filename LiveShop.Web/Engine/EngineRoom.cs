using System.Diagnostics;
using LiveShop.Domain;
using LiveShop.Web.Admin;
using LiveShop.Web.Circuits;
using LiveShop.Web.Cluster;

namespace LiveShop.Web.Engine;

/// <summary>What an operator can do to a running node. Everything is in the audit log, unless the database is away, and in the node's own.</summary>
internal sealed class EngineRoom(OpenCircuits circuits, LogBoost boost, Draining draining, Audit audit, ILogger<EngineRoom> logger)
{
    private const string Node = "this node";

    /// <summary>How long a tab has to reload before its circuit is ended without asking.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Until when the log tells everything; null while it does not.</summary>
    public DateTimeOffset? ToldUntil => boost.Until;

    /// <summary>
    /// Has the tab reload, which closes its circuit and opens another; a browser that does not obey loses its circuit all the
    /// same. Returns at once; false when there is none of that id any more, or nothing in it yet.
    /// </summary>
    public async Task<bool> CloseAsync(string circuitId, string actor)
    {
        if (circuits.Find(circuitId) is not { Page: { } page } vitals) return false;
        await audit.RecordAsync(actor, EngineAction.CloseCircuit, $"circuit {circuitId}");
        EngineLog.Closed(logger, actor, circuitId);
        // Not waited for: a circuit that is stuck is the one to close.
        _ = page.ReloadTab();
        _ = EndAsync(vitals);
        return true;
    }

    /// <summary>Collects everything that can be, with all circuits waiting meanwhile. Returns the megabytes of objects before and after.</summary>
    public async Task<(long Before, long After)> CollectGarbageAsync(string actor)
    {
        await audit.RecordAsync(actor, EngineAction.CollectGarbage, Node);
        var begun = Stopwatch.GetTimestamp();
        var before = GC.GetTotalMemory(forceFullCollection: false) >> 20;
        await Task.Run(() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true));
        var after = GC.GetTotalMemory(forceFullCollection: false) >> 20;
        EngineLog.Collected(logger, actor, before, after, (long)Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        return (before, after);
    }

    /// <summary>Has the log tell everything for <see cref="LogBoost.Length"/>.</summary>
    public async Task<DateTimeOffset> RaiseLogLevelAsync(string actor)
    {
        await audit.RecordAsync(actor, EngineAction.RaiseLogLevel, Node);
        var until = boost.Raise();
        EngineLog.Raised(logger, actor, until);
        return until;
    }

    /// <summary>Has this node send its tabs to the others and stop; alone, it stops when no purchase is under way. Returns before.</summary>
    public async Task DrainAsync(string actor)
    {
        // First, since the database may be why.
        draining.Begin(actor);
        await audit.RecordAsync(actor, EngineAction.Drain, Node);
    }

    private async Task EndAsync(CircuitVitals vitals)
    {
        await Task.Delay(Patience);
        if (circuits.Find(vitals.Id) == vitals && vitals.Page is { } page) await page.End();
    }
}

/// <summary>What the audit log says of a node's operation.</summary>
internal static class EngineAction
{
    public const string CloseCircuit = "close-circuit";
    public const string CollectGarbage = "collect-garbage";
    public const string Drain = "drain";
    public const string RaiseLogLevel = "raise-log-level";
}
