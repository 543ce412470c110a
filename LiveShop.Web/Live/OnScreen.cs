namespace LiveShop.Web.Live;

/// <summary>
/// Follows something that a page shows to the browser's screen. The page runs ahead of a browser whose line is slow: what a press
/// refers to is what the last render showed that the browser had acknowledged before it sent the press.
/// </summary>
/// <remarks>
/// For the circuit's dispatcher. The framework calls <c>OnAfterRender</c> once for each render, in their order, when the browser
/// has acknowledged it; and a browser sends acknowledgements and presses over one connection, in their order.
/// </remarks>
/// <typeparam name="T">An immutable type.</typeparam>
internal sealed class OnScreen<T>
    where T : class
{
    private readonly Queue<T> rendered = [];

    /// <summary>Null before the browser has acknowledged the first render.</summary>
    public T? Shown { get; private set; }

    /// <summary>To be called from the markup, so once in each render, with what it shows.</summary>
    public void Rendering(T value) => rendered.Enqueue(value);

    /// <summary>To be called from <c>OnAfterRender</c>.</summary>
    public void Acknowledged() => Shown = rendered.Dequeue();
}
