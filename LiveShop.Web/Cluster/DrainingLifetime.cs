using System.Runtime.InteropServices;

namespace LiveShop.Web.Cluster;

/// <summary>
/// When the process ends: as with the framework's own console lifetime, but a SIGTERM drains the node first. The framework
/// would close every socket at that moment. Ctrl+C, and a second SIGTERM, stop at once.
/// </summary>
internal sealed class DrainingLifetime(Draining draining, IHostApplicationLifetime lifetime, IHostEnvironment environment, ILogger<DrainingLifetime> logger) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> signals = [];
    private bool told;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop));
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Stop));
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            // One that an operator or a hook before the stop has begun goes on: it is the second signal that is impatient.
            if (Interlocked.Exchange(ref told, true)) Stop(signal);
            signal.Cancel = true;
            draining.Begin("SIGTERM");
        }));
        lifetime.ApplicationStarted.Register(() => ClusterLog.Started(logger, environment.EnvironmentName));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var signal in signals) signal.Dispose();
    }

    private void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        lifetime.StopApplication();
    }
}
