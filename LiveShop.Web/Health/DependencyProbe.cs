using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace LiveShop.Web.Health;

/// <summary>
/// Runs the health checks of the servers that this node depends on once a second, whoever asks for the node's health. So a health
/// request is answered from memory, at once, and any number of them costs the servers nothing.
/// </summary>
/// <remarks>
/// One that has no answer after <see cref="TimeOut"/> counts as failed and is abandoned: it holds one
/// connection until the server answers or the connection's own time-out ends it.
/// </remarks>
internal sealed class DependencyProbe(HealthCheckService checks, IOptions<HealthCheckServiceOptions> options, TimeProvider time) : BackgroundService
{
    /// <summary>Tag of the checks that run here.</summary>
    public const string Tag = "dependency";

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>As long as the sweep waits for the database: a crowd that uses all connections makes no node unready sooner.</summary>
    public static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, bool> failed = new();

    /// <summary>Whether the newest run of the check failed. False before the first.</summary>
    public bool HasFailed(string check) => failed.GetValueOrDefault(check);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(options.Value.Registrations.Where(check => check.Tags.Contains(Tag)).Select(check => RunAsync(check.Name, stoppingToken)));

    private async Task RunAsync(string check, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            failed[check] = !await IsHealthyAsync(check, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> IsHealthyAsync(string check, CancellationToken stoppingToken)
    {
        try
        {
            // Not the token: Npgsql, which asks a server that hangs to cancel, would take seconds longer.
            var report = await checks.CheckHealthAsync(registration => registration.Name == check, default).WaitAsync(TimeOut, time, stoppingToken);
            return report.Status == HealthStatus.Healthy;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
