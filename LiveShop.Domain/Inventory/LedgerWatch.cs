using Microsoft.Extensions.Logging;
using Npgsql;

namespace LiveShop.Domain;

/// <summary>
/// Adds up the ledger of every item and compares it with what is left. The two are written in one transaction, so they are
/// always equal; this is how one would learn of a defect, or of a hand in the database.
/// </summary>
public sealed class LedgerWatch
{
    /// <summary>One scan of the ledger, which is a second's work at some ten million sales.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly NpgsqlDataSource dataSource;
    private readonly InventoryMetrics metrics;
    private readonly TimeProvider time;
    private readonly ILogger<LedgerWatch> logger;

    internal LedgerWatch(NpgsqlDataSource dataSource, InventoryMetrics metrics, TimeProvider time, ILogger<LedgerWatch> logger)
    {
        (this.dataSource, this.metrics, this.time, this.logger) = (dataSource, metrics, time, logger);
    }

    /// <summary>Compares now and then each minute until cancelled. What it finds is logged and shown by a gauge.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                if (await CompareAsync(cancellationToken) is > 0 and var items) InventoryLog.LedgerUnequal(logger, items);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                InventoryLog.LedgerNotCompared(logger, exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    internal async Task<long> CompareAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            select count(*) from availabilities a
            left join (select item_id, sum(delta) as total from stock_movements group by item_id) ledger on ledger.item_id = a.item_id
            where a.available <> coalesce(ledger.total, 0)
            """);
        var items = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        metrics.Audited(items);
        return items;
    }
}
