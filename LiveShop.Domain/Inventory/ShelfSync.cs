using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LiveShop.Domain;

/// <summary>
/// Keeps the node's Shelf equal to the database whatever became of the messages: reads everything once, then asks twice a second
/// what has changed since.
/// </summary>
/// <remarks>
/// Every row carries the id of the transaction that changed it last, indexed. Before a sweep reads, it notes the oldest
/// transaction still running; the next sweep reads from that one on. A change that the sweep could not see yet was made by
/// that transaction or a later one, so none is ever missed, however long its transaction took. What is read twice is ignored
/// by its version.
/// What a sweep cannot see is a state that the database does not have: told by a message that was on its way while the store was
/// emptied or an older backup restored. So every ten seconds the versions on the Shelf are compared with all of the database's.
/// </remarks>
internal sealed class ShelfSync(
    NpgsqlDataSource dataSource, IDbContextFactory<ShopDb> contexts, ShelfKeeper keeper, InventoryMetrics metrics, TimeProvider time, ILogger<ShelfSync> logger)
{
    /// <summary>Half of the second within which a change from the command line must show.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private const int SweepsPerComparison = 20;

    /// <summary>
    /// How long a database may take that is not out of reach. Npgsql, which asks a server that hangs to cancel, takes seven seconds
    /// longer to give up; meanwhile pages would wait.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const string Sweep =
        """
        select coalesce((select epoch from store), 0), pg_snapshot_xmin(pg_current_snapshot()), clock_timestamp();
        select item_id, available, version from availabilities where changed_in >= $1;
        select id from products where changed_in >= $1
        """;

    private ulong since;
    private long epoch = -1;

    /// <summary>
    /// How far the database's clock is ahead of this node's, from the newest sweep. Nodes go by the database's clock, so that
    /// they agree on when a scheduled release is due.
    /// </summary>
    public TimeSpan ClockOffset { get; private set; }

    /// <summary>Whether everything was read at least once.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Whether the last sweep reached the database.</summary>
    public bool IsReachable { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var sweeps = 0;
        do
        {
            try
            {
                if (++sweeps % SweepsPerComparison == 0) await CompareWholeAsync(cancellationToken);
                await SweepAsync(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Whatever it is, such as a table that is just being restored: a node that stopped sweeping would never heal.
                if (IsReachable || !IsLoaded) InventoryLog.DatabaseUnreachable(logger, exception.Message);
                IsReachable = false;
                // The database that comes back may be another one, such as a restored backup with older versions: read it whole.
                epoch = -1;
            }
            metrics.Reached(IsReachable);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        var found = await ReadAsync(since, cancellationToken).WaitAsync(Patience, cancellationToken);
        ClockOffset = found.ClockOffset;
        var replacing = found.Epoch != epoch;
        if (replacing && since > 0) found = await ReadAsync(0, cancellationToken).WaitAsync(Patience, cancellationToken);

        var events = new List<InventoryEvent>(found.Availabilities);
        if (found.ProductIds.Length > 0) events.AddRange(await ReadProductsAsync(found.ProductIds, cancellationToken).WaitAsync(Patience, cancellationToken));

        metrics.Swept(begun, replacing ? 0 : events.Count(keeper.Current.IsNews));
        // Before anybody is told: who hears of a Shelf that was replaced asks the database.
        if (!IsReachable) InventoryLog.DatabaseReachable(logger);
        IsReachable = true;
        if (replacing) keeper.Replace(events);
        else keeper.Apply(events);
        (epoch, since) = (found.Epoch, found.Watermark);
        IsLoaded = true;
    }

    /// <summary>Has the next sweep read everything anew when something on the Shelf is newer than the database, or not in it at all.</summary>
    internal async Task CompareWholeAsync(CancellationToken cancellationToken)
    {
        // Taken first: what is on it was committed before the database is asked.
        var shelf = keeper.Current;
        var stored = await ReadVersionsAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
        if (shelf.Entries.All(entry => stored.GetValueOrDefault((entry.IsProduct, entry.Id)) >= entry.Version)) return;
        InventoryLog.NotInTheDatabase(logger);
        epoch = -1;
    }

    private async Task<Dictionary<(bool IsProduct, int Id), long>> ReadVersionsAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select true, id, version from products union all select false, item_id, version from availabilities");
        var stored = new Dictionary<(bool IsProduct, int Id), long>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken)) stored.Add((reader.GetBoolean(0), reader.GetInt32(1)), reader.GetInt64(2));
        return stored;
    }

    private async Task<IEnumerable<InventoryEvent>> ReadProductsAsync(int[] ids, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await InventoryReader.ReadProductsAsync(db, ids, cancellationToken);
    }

    private async Task<Found> ReadAsync(ulong from, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        foreach (var statement in Sweep.Split(';'))
        {
            var command = new NpgsqlBatchCommand(statement);
            if (statement.Contains("$1")) command.Parameters.Add(new NpgsqlParameter<ulong> { TypedValue = from, DataTypeName = "xid8" });
            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var (foundEpoch, watermark) = (reader.GetInt64(0), reader.GetFieldValue<ulong>(1));
        var clockOffset = reader.GetFieldValue<DateTimeOffset>(2) - time.GetUtcNow();

        await reader.NextResultAsync(cancellationToken);
        var availabilities = new List<InventoryEvent>();
        while (await reader.ReadAsync(cancellationToken))
        {
            availabilities.Add(new AvailabilityChanged(reader.GetInt32(0), new Availability(reader.GetInt32(1), reader.GetInt64(2))));
        }

        await reader.NextResultAsync(cancellationToken);
        var productIds = new List<int>();
        while (await reader.ReadAsync(cancellationToken)) productIds.Add(reader.GetInt32(0));
        return new Found(foundEpoch, watermark, clockOffset, availabilities, [.. productIds]);
    }

    private sealed record Found(long Epoch, ulong Watermark, TimeSpan ClockOffset, List<InventoryEvent> Availabilities, int[] ProductIds);
}
