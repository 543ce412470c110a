using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace LiveShop.Web.Circuits;

/// <summary>Writes down what happens to its circuit.</summary>
internal sealed class CircuitWatch(CircuitVitals vitals, OpenCircuits circuits, ILogger<CircuitWatch> logger) : CircuitHandler
{
    private static readonly AsyncLocal<CircuitVitals?> Ambient = new();

    private bool wasAway;

    /// <summary>Of the circuit whose browser caused what runs now; null for what comes from elsewhere, such as the event bus.</summary>
    public static CircuitVitals? Acting => Ambient.Value;

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        vitals.Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(circuit.Id)))[..12];
        circuits.Open(vitals);
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        wasAway = false;
        vitals.Connect(CircuitConnection.Current);
        CircuitsLog.Connected(logger, vitals.Id);
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        // The framework says so once more when a circuit ends whose browser was away already.
        wasAway = !vitals.IsConnected;
        vitals.Disconnect();
        CircuitsLog.Disconnected(logger, vitals.Id);
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        CircuitsLog.Ended(logger, vitals.Id);
        circuits.Close(vitals, wasLost: wasAway && !CircuitConnection.IsFarewell);
        return Task.CompletedTask;
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => context =>
    {
        vitals.Active();
        Ambient.Value = vitals;
        return next(context);
    };
}
