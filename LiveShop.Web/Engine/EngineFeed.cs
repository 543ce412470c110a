using System.Diagnostics;
using LiveShop.Domain;
using LiveShop.Web.Admin;
using LiveShop.Web.Circuits;
using LiveShop.Web.Cluster;
using LiveShop.Web.Metrics;

namespace LiveShop.Web.Engine;

/// <summary>
/// Reads the node's instruments every two seconds, so that the last minute is known whenever somebody asks, and tells the
/// operators' pages while one is open.
/// </summary>
internal sealed class EngineFeed(MetricsRegistry metrics, SlowHandlers handlers, ClusterNodes nodes, IEventBus bus, ILogger<EngineFeed> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>How many readings reach back a minute.</summary>
    private const int Minute = 30;

    private readonly Watchers watchers = new();
    private readonly Queue<EngineReading> readings = [];

    /// <summary>The newest figures; empty until the first reading.</summary>
    public EngineFigures Current { get; private set; } = EngineFigures.None;

    /// <summary>Tells <see cref="EngineFiguresChanged"/> until disposed.</summary>
    public IDisposable Watch() => watchers.Add();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            do
            {
                try
                {
                    await ReadAsync(stoppingToken);
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    // No figure is worth the shop.
                    EngineLog.NoFigures(logger, exception);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task ReadAsync(CancellationToken cancel)
    {
        var begun = Stopwatch.GetTimestamp();
        var now = new EngineReading(await metrics.ReadAsync(cancel));
        var earlier = readings.Count > 0 ? readings.Peek() : now;
        if (readings.Count == Minute) readings.Dequeue();
        readings.Enqueue(now);
        Current = EngineSummary.Of(now, earlier, nodes.All, watchers.Any ? handlers.Read() : [], begun);
        if (watchers.Any) bus.Publish(new EngineFiguresChanged(Current));
    }
}
