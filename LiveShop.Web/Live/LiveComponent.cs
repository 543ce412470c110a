using System.Diagnostics;
using LiveShop.Domain;
using LiveShop.Web.Circuits;
using Microsoft.AspNetCore.Components;

namespace LiveShop.Web.Live;

/// <summary>
/// A component that watches events. It subscribes first and reads after, so that nothing falls between the two; it reads
/// before its first render, so that what the server prerendered is never replaced by something emptier.
/// </summary>
/// <remarks>
/// Subscriptions exist only while a browser is connected: prerendering subscribes to nothing. Handlers run on the circuit's
/// dispatcher, one at a time, and none begins after the component was disposed.
/// </remarks>
public abstract class LiveComponent : ComponentBase, IDisposable
{
    private readonly List<IDisposable> subscriptions = [];
    private bool loading;
    private bool loaded;
    private bool disposed;
    private Screen? screen;

    [Inject]
    private IEventBus Bus { get; set; } = null!;

    [Inject]
    private PageWatch Instruments { get; set; } = null!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>
    /// W3C's traceparent of the request that brought the page. What happens in the page's circuit is logged and traced under
    /// the trace id of that request.
    /// </summary>
    [PersistentState]
    public string? Cause { get; set; }

    /// <summary>Whether the shopper waits for an answer that a reload would take away. Read from any thread.</summary>
    protected virtual bool IsBusy => false;

    /// <summary>Subscribes with <see cref="Watch"/>, then reads what the first render shows. Parameters are set by then.</summary>
    protected abstract Task LoadAsync();

    /// <summary>Calls the handler for each event of the topic, then renders if it says that something on the screen changed.</summary>
    protected void Watch<TEvent>(Topic topic, Func<TEvent, bool> changesScreen)
        where TEvent : DomainEvent
    {
        WhileShown(() => Bus.Subscribe(topic, domainEvent => InvokeAsync(() =>
        {
            if (disposed) return;
            var begun = Stopwatch.GetTimestamp();
            if (changesScreen((TEvent)domainEvent))
            {
                if (loaded && domainEvent is ShelfChanged { Since: { } committedAt }) screen?.Due(committedAt);
                Refresh();
                screen?.Asked();
            }
            Instruments.Handled(GetType(), typeof(TEvent), begun);
        })));
    }

    /// <summary>Starts what lasts until the component is disposed. Starts nothing when that is past, or while prerendering.</summary>
    protected void WhileShown(Func<IDisposable> start)
    {
        if (RendererInfo.IsInteractive && !disposed) subscriptions.Add(start());
    }

    /// <summary>A span of what is done in this page, until it is disposed.</summary>
    protected Activity Begin(string name) => Telemetry.Begin(name, Cause);

    /// <summary>Renders, once there is something to render: for what comes by another way than an event.</summary>
    protected void Refresh()
    {
        if (loaded) StateHasChanged();
    }

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        if (loaded)
        {
            await base.SetParametersAsync(parameters);
            return;
        }
        // The view of the parameters is good only until the first await; they are set here, and the base is told later.
        parameters.SetParameterProperties(this);
        if (loading) return;
        loading = true;
        Cause ??= Activity.Current?.Id;
        using (Begin("page"))
        {
            if (RendererInfo.IsInteractive)
            {
                screen = Instruments.NewScreen();
                Instruments.Shows(new CircuitPage(PageRoutes.Of(GetType()), ReloadTabAsync, EndCircuitAsync, () => IsBusy));
            }
            await LoadAsync();
        }
        loaded = true;
        if (!disposed) await base.SetParametersAsync(ParameterView.Empty);
    }

    protected override bool ShouldRender()
    {
        screen?.Rendered();
        return true;
    }

    /// <summary>The framework calls this when the browser has acknowledged the render.</summary>
    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender) screen?.Acknowledged();
    }

    private Task ReloadTabAsync() => InvokeAsync(() => Navigation.Refresh(forceReload: true));

    private Task EndCircuitAsync() => InvokeAsync(() => DispatchExceptionAsync(new InvalidOperationException("An operator closed this circuit.")));

    /// <summary>Called once when the component goes, before its subscriptions end.</summary>
    protected virtual void Left()
    {
    }

    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        Left();
        foreach (var subscription in subscriptions) subscription.Dispose();
        GC.SuppressFinalize(this);
    }
}
