using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LiveShop.Domain;

/// <summary>
/// Finds changes of connected carts that this node did not hear of, because a message was lost or the node that made them died
/// before it told, and tells this node's tabs.
/// </summary>
/// <remarks>
/// As <see cref="ShelfSync"/> does, it asks for what changed in a transaction that may have been running when it asked before.
/// A tab that is behind at two looks in a row is told, within twice <see cref="Interval"/>; at the first the news may be on its
/// way, with more in it than the database knows.
/// </remarks>
internal sealed class CartWatch(
    NpgsqlDataSource dataSource, InMemoryPresence presence, InProcessEventBus bus, CartMetrics metrics, TimeProvider time, ILogger<CartWatch> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private ulong? since;
    private Dictionary<CartId, long> suspects = [];

    /// <summary>Until cancelled. While the database is away it remembers how far it got.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await LookAsync(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // The sweep of the Shelf logs an outage; whatever else it is must not end this one.
                if (!DatabaseOutage.Is(exception)) CartsLog.NotCompared(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>To be told before the tab that has read it shows it: this node knows of the newest that one of its tabs shows.</summary>
    public void Saw(Cart cart)
    {
        if (!presence.ShowsOlder(cart)) return;
        bus.Publish(new CartChanged(cart));
        metrics.Healed();
    }

    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        var (watermark, changed) = await ReadChangedAsync(cancellationToken);
        var behind = changed.Where(cart => presence.IsBehind(cart.Id, cart.Version)).ToDictionary(cart => cart.Id, cart => cart.Version);
        foreach (var (id, version) in suspects)
        {
            if (presence.IsBehind(id, version)) behind.TryAdd(id, version);
        }
        var missed = behind.Keys.Where(suspects.ContainsKey).ToList();
        if (missed.Count > 0) await TellAsync(missed, cancellationToken);
        foreach (var id in missed) behind.Remove(id);
        (since, suspects) = (watermark, behind);
    }

    private async Task<(ulong Watermark, List<(CartId Id, long Version)> Changed)> ReadChangedAsync(CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        batch.Timeout = 5;
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select pg_snapshot_xmin(pg_current_snapshot())"));
        if (since is { } from)
        {
            var command = new NpgsqlBatchCommand("select id, version from carts where changed_in >= $1");
            command.Parameters.Add(new NpgsqlParameter<ulong> { TypedValue = from, DataTypeName = "xid8" });
            batch.BatchCommands.Add(command);
        }
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var watermark = reader.GetFieldValue<ulong>(0);
        var changed = new List<(CartId, long)>();
        if (await reader.NextResultAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                if (CartId.TryParse(reader.GetString(0), out var id)) changed.Add((id, reader.GetInt64(1)));
            }
        }
        return (watermark, changed);
    }

    private async Task TellAsync(List<CartId> ids, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            select id, version, checkout_key, array(select item_id from cart_items where cart_id = id order by added_at)
            from carts where id = any($1)
            """);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. ids.Select(id => id.Value)] });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (!CartId.TryParse(reader.GetString(0), out var id)) continue;
            bus.Publish(new CartChanged(new Cart(id, reader.GetInt64(1), reader.GetGuid(2), [.. reader.GetFieldValue<int[]>(3)])));
            metrics.Healed();
        }
    }
}
