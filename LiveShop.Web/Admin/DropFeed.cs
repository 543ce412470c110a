using System.Collections.Immutable;
using LiveShop.Domain;

namespace LiveShop.Web.Admin;

/// <summary>
/// The figures of the running drop, computed once per node for all dashboards, four times a second and only while one is open.
/// </summary>
internal sealed class DropFeed(
    Sales sales, Audit audit, IPresence presence, Refusals refusals, Inventory inventory, IEventBus bus, TimeProvider time,
    ILogger<DropFeed> logger) : BackgroundService
{
    /// <summary>At most four updates a second, whatever the traffic.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>How many of the newest audit entries the dashboard shows.</summary>
    private const int Happened = 8;

    /// <summary>A chart costs about a hundred times what a figure costs, so charts move more slowly.</summary>
    private static readonly TimeSpan ChartInterval = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(15);

    private readonly DropPace pace = new();
    private readonly DropHistory recent = new(TimeSpan.FromSeconds(10));
    private readonly DropHistory drop = new(TimeSpan.FromSeconds(1));
    private DateTimeOffset charted;
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Watchers watchers = new();

    /// <summary>The newest figures; empty until somebody watched.</summary>
    public DropFigures Current { get; private set; } = DropFigures.None;

    /// <summary>Keeps the figures running until disposed. Listen to <see cref="DropFiguresChanged"/> for them.</summary>
    public IDisposable Watch() => watchers.Add();

    /// <summary>Computes the figures now and tells the dashboards if they changed. Calls at the same time take turns.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            var next = await ComputeAsync(cancellationToken);
            if (next == Current) return;
            Current = next;
            bus.Publish(new DropFiguresChanged(next));
        }
        finally
        {
            turn.Release();
        }
    }

    public override void Dispose()
    {
        turn.Dispose();
        base.Dispose();
    }

    private async Task<DropFigures> ComputeAsync(CancellationToken cancellationToken)
    {
        var read = await sales.ReadAsync(cancellationToken);
        var sold = read ?? Current.Sales;
        var happened = await audit.FindAsync(new AuditQuery(Limit: Happened), cancellationToken) ?? Current.Happened;
        if (happened.SequenceEqual(Current.Happened)) happened = Current.Happened;
        var refused = refusals.Counts;
        return new DropFigures(
            presence.Totals,
            sold,
            pace.Add(time.GetTimestamp(), time.TimestampFrequency, sold),
            refused.SequenceEqual(Current.Refused) ? Current.Refused : refused,
            await ChartAsync(sold, cancellationToken),
            happened,
            IsFresh: read is not null);
    }

    private async Task<DropCharts> ChartAsync(SalesFigures sold, CancellationToken cancellationToken)
    {
        var now = inventory.Now;
        if (now - charted < ChartInterval) return Current.Charts;
        charted = now;
        var hasDrop = Count(now);
        var charts = new DropCharts(
            await ReadAsync(recent, Current.Charts.Recent, now, sold, cancellationToken),
            hasDrop ? await ReadAsync(drop, Current.Charts.WholeDrop, now, sold, cancellationToken) : []);
        return charts == Current.Charts ? Current.Charts : charts;
    }

    private async Task<IReadOnlyList<HistoryPoint>> ReadAsync(
        DropHistory history, IReadOnlyList<HistoryPoint> before, DateTimeOffset now, SalesFigures sold, CancellationToken cancellationToken)
    {
        var since = history.MissingSince(sold.Orders);
        if (await sales.ReadIntervalsAsync(since, history.Length, cancellationToken) is not { } intervals) return before;
        history.Add(now, sold.Orders, since, intervals);
        var points = history.Read(now, sold);
        return points.SequenceEqual(before) ? before : points;
    }

    /// <summary>Takes the counts that nobody stores into the histories. Returns whether there is a drop.</summary>
    private bool Count(DateTimeOffset now)
    {
        var (shoppers, refused) = (presence.Totals.Shoppers, refusals.Counts.Sum());
        recent.Cover(now - Recent, now);
        recent.Count(now, shoppers, refused);
        if (DropHistory.BeganAt(inventory.Shelf.Products) is not { } began || began > now) return false;
        drop.Cover(began, now);
        drop.Count(now, shoppers, refused);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    if (watchers.Any) await RefreshAsync(stoppingToken);
                    else await CountAsync(stoppingToken);
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    // No figure is worth the shop.
                    AdminLog.NoFigures(logger, exception);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>Keeps the history while no dashboard is open.</summary>
    private async Task CountAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            Count(inventory.Now);
        }
        finally
        {
            turn.Release();
        }
    }
}

/// <summary>Published to the dashboards of this node only.</summary>
internal sealed record DropFiguresChanged(DropFigures Figures) : DomainEvent
{
    public static readonly Topic Dashboards = new("dashboards");

    public override Topic Topic => Dashboards;
}

/// <param name="Refused">By <see cref="RefusalReason"/>, on this node since it started.</param>
/// <param name="Charts">The same object for as long as nothing in it changes.</param>
/// <param name="Happened">The newest entries of the audit log, newest first.</param>
/// <param name="IsFresh">False while the database is out of reach: <paramref name="Sales"/> are then what they were.</param>
public sealed record DropFigures(
    PresenceTotals Presence,
    SalesFigures Sales,
    PaceFigures Pace,
    ImmutableArray<long> Refused,
    DropCharts Charts,
    IReadOnlyList<AuditEntry> Happened,
    bool IsFresh)
{
    public static readonly DropFigures None =
        new(PresenceTotals.Nobody, SalesFigures.None, PaceFigures.None, [.. new long[Enum.GetValues<RefusalReason>().Length]], DropCharts.None, [], IsFresh: true);
}
