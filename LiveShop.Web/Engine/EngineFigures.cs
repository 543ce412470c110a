using LiveShop.Domain;
using LiveShop.Web.Circuits;

namespace LiveShop.Web.Engine;

/// <summary>How this node runs, at one moment.</summary>
/// <param name="Staleness">The 99th percentile of the last minute from a change's commit to the render that a browser acknowledged; null when nothing was shown.</param>
/// <param name="Cost">How long it took to compute these figures.</param>
public sealed record EngineFigures(IReadOnlyList<EngineGroup> Groups, IReadOnlyList<HandlerSummary> Handlers, TimeSpan? Staleness, TimeSpan Cost)
{
    public static readonly EngineFigures None = new([], [], null, TimeSpan.Zero);
}

public sealed record EngineGroup(string Title, IReadOnlyList<EngineFigure> Figures);

/// <param name="Id">By which tests find it; unique on the page.</param>
public readonly record struct EngineFigure(string Id, string Label, string Value);

/// <summary>Told to the engine rooms of this node only.</summary>
public sealed record EngineFiguresChanged(EngineFigures Figures) : DomainEvent
{
    public static readonly Topic EngineRooms = new("engine");

    public override Topic Topic => EngineRooms;
}
