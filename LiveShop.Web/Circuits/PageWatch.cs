using System.Diagnostics;
using LiveShop.Web.Live;

namespace LiveShop.Web.Circuits;

/// <summary>Writes down what the pages of its circuit do.</summary>
internal sealed class PageWatch(CircuitVitals vitals, SlowHandlers handlers, CommitToScreen commitToScreen, ILogger<PageWatch> logger)
{
    public Screen NewScreen() => new(vitals, commitToScreen);

    /// <param name="component">Where the event was handled; a page, or something that stands in one.</param>
    /// <param name="begun">A timestamp of <see cref="Stopwatch"/>.</param>
    public void Handled(Type component, Type domainEvent, long begun) => handlers.Handled(vitals, component, domainEvent, begun);

    /// <summary>The circuit shows this from now on; what has no route of its own counts only where there is nothing that has.</summary>
    public void Shows(CircuitPage page)
    {
        if (page.Route is { } route) CircuitsLog.Shows(logger, vitals.Id, route);
        else if (vitals.Page?.Route is not null) return;
        vitals.Page = page;
    }
}
