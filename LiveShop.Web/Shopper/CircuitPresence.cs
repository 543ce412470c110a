using LiveShop.Domain;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace LiveShop.Web.Shopper;

/// <summary>
/// Tells <see cref="IPresence"/> what this circuit shows while a browser is connected to it. A circuit outlives its
/// connection by minutes; a shopper who is only expected back is not here.
/// </summary>
/// <remarks>Needs no lock: the framework calls handlers on the circuit's dispatcher, as it does pages.</remarks>
internal sealed class CircuitPresence(IPresence presence) : CircuitHandler
{
    // Not the framework's id, which is not known here before the circuit opens, and should not be known elsewhere.
    private readonly string circuitId = Guid.NewGuid().ToString();
    private bool isConnected = true;
    private Visit? current;

    /// <summary>
    /// The circuit shows this page until the result is disposed. A page that comes before the last one has gone takes its
    /// place, and is not hurt when that one goes.
    /// </summary>
    /// <param name="returned">Called when the browser is back after an interruption, in which changes of the cart may have passed by. The browser waits until it returns.</param>
    public IDisposable Show(string page, CartId cartId, Action returned)
    {
        var visit = current = new Visit(page, cartId, returned);
        Enter(visit);
        return new Ending(() => End(visit));
    }

    /// <summary>The newest state of the cart whose page is shown. Without a page, as in prerendering, nobody is told.</summary>
    public void Hold(Cart cart)
    {
        if (current is null) return;
        current.Cart = cart;
        presence.Hold(cart);
    }

    /// <summary>As <see cref="Hold"/>, whatever was newer.</summary>
    public void Replace(Cart cart)
    {
        if (current is null) return;
        current.Cart = cart;
        presence.Replace(cart);
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (isConnected) return Task.CompletedTask;
        isConnected = true;
        if (current is { } visit)
        {
            Enter(visit);
            visit.Returned();
        }
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => DisconnectAsync();

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken) => DisconnectAsync();

    private Task DisconnectAsync()
    {
        isConnected = false;
        presence.Leave(circuitId);
        return Task.CompletedTask;
    }

    private void Enter(Visit visit)
    {
        if (!isConnected) return;
        presence.Enter(circuitId, visit.CartId, visit.Page);
        if (visit.Cart is { } cart) presence.Hold(cart);
    }

    private void End(Visit visit)
    {
        if (current != visit) return;
        current = null;
        presence.Leave(circuitId);
    }

    private sealed class Visit(string page, CartId cartId, Action returned)
    {
        public Action Returned => returned;

        public string Page => page;

        public CartId CartId => cartId;

        public Cart? Cart { get; set; }
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
