using Microsoft.EntityFrameworkCore;

namespace LiveShop.Domain;

/// <summary>The demo's crowd: takes pairs of items chosen at random among those on sale.</summary>
internal sealed class Crowd(IDbContextFactory<ShopDb> contexts)
{
    private const string OnSale =
        """
        a.available > 0 and exists (select from items i join products p on p.id = i.product_id
          where i.id = a.item_id and p.released_at is not null and p.retired_at is null and p.stopped_at is null and i.stopped_at is null)
        """;

    /// <summary>What was sold. Nothing, though not everything is gone, when others were faster or a sale was stopped meanwhile.</summary>
    public async Task<(List<AvailabilityChanged> Sold, bool IsEverythingGone)> SellAsync(int pairs, string actor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Locked in the order of ids like every sale, so that two of them never wait for each other in a circle.
        var locked = await db.Database.SqlQueryRaw<int>(
            $$"""
            with chosen as (select a.item_id from availabilities a where {{OnSale}} order by random() limit {0})
            select item_id from availabilities where item_id in (select item_id from chosen) order by item_id for update
            """, pairs).ToArrayAsync(cancellationToken);
        // A statement of its own sees what was committed while the one before waited for its locks, such as a stop.
        var sold = await db.Availabilities.FromSqlRaw(
            $$"""
            with sold as (
              update availabilities a set available = a.available - 1 where a.item_id = any({0}) and {{OnSale}} returning a.*
            ), ledger as (
              insert into stock_movements (item_id, delta, reason, actor) select item_id, -1, '{{StockReason.SellOut}}', {1} from sold
            )
            select * from sold
            """, locked, actor).AsNoTracking().ToListAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return ([.. sold.Select(row => new AvailabilityChanged(row.ItemId, new Availability(row.Available, row.Version)))], locked.Length == 0);
    }
}
