using LiveShop.Web.Circuits;

namespace LiveShop.Web.Live;

/// <summary>
/// Follows the changes of one page through its renders to the browser. A page may render again before the browser has
/// acknowledged the last time; acknowledgements come in the order of renders.
/// </summary>
/// <remarks>For the circuit's dispatcher. What waited through an interruption of the connection is the network's age, and is not measured.</remarks>
internal sealed class Screen(CircuitVitals vitals, CommitToScreen measure)
{
    private readonly Queue<Change?> rendered = [];
    private Change? due;

    /// <summary>The next render shows what was committed then. Of several changes in one render, the oldest counts.</summary>
    public void Due(DateTimeOffset committedAt) => due ??= new Change(committedAt, vitals.Connections);

    /// <summary>To be called at each render but the first.</summary>
    public void Rendered()
    {
        rendered.Enqueue(due);
        due = null;
    }

    /// <summary>To be called when the browser has acknowledged a render that <see cref="Rendered"/> was called for.</summary>
    public void Acknowledged()
    {
        vitals.Rendered();
        if (rendered.Dequeue() is { } change && vitals.IsConnected && change.Connection == vitals.Connections) measure.Shown(change.CommittedAt);
    }

    private readonly record struct Change(DateTimeOffset CommittedAt, int Connection);
}
