using LiveShop.Web.Circuits;

namespace LiveShop.Web.Live;

/// <summary>
/// Follows the changes of one page through its renders to the browser. A page may render again before the browser has
/// acknowledged the last time; acknowledgements come in the order of renders.
/// </summary>
/// <remarks>For the circuit's dispatcher. What waited through an interruption of the connection is the network's age, and is not measured.</remarks>
internal sealed class Screen(CircuitVitals vitals, CommitToScreen measure)
{
    private readonly List<Change?> rendered = [];
    private Change? due;

    /// <summary>The next render shows what was committed then. Of several changes in one render, the oldest counts.</summary>
    public void Due(DateTimeOffset committedAt) => due ??= new Change(committedAt, vitals.Connections);

    /// <summary>To be called at each render but the first.</summary>
    public void Rendered()
    {
        rendered.Add(due);
        due = null;
    }

    /// <summary>
    /// To be called when the render for what is due was asked for. If there was none, one waits already until the browser has
    /// acknowledged some of those before it: that one will show the change.
    /// </summary>
    public void Asked()
    {
        if (due is not null && rendered.Count > 0) rendered[^1] ??= due;
        due = null;
    }

    /// <summary>To be called when the browser has acknowledged a render that <see cref="Rendered"/> was called for.</summary>
    public void Acknowledged()
    {
        vitals.Rendered();
        var shown = rendered[0];
        rendered.RemoveAt(0);
        if (shown is { } change && vitals.IsConnected && change.Connection == vitals.Connections) measure.Shown(change.CommittedAt);
    }

    private readonly record struct Change(DateTimeOffset CommittedAt, int Connection);
}
