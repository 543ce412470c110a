using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace LiveShop.Domain;

/// <summary>Products, items and what is left of them.</summary>
/// <remarks>
/// Every change is committed first, then applied to this node's <see cref="Shelf"/>, then published. A crash between the first
/// and the last costs freshness only: the sweep of each node finds the change.
/// </remarks>
public sealed class Inventory
{
    private static readonly TimeSpan LongestNap = TimeSpan.FromMilliseconds(100);

    private readonly IDbContextFactory<ShopDb> contexts;
    private readonly ShelfKeeper keeper;
    private readonly ShelfSync sync;
    private readonly IEventBus bus;
    private readonly TimeProvider time;
    private readonly ILogger<Inventory> logger;

    internal Inventory(
        IDbContextFactory<ShopDb> contexts, ShelfKeeper keeper, ShelfSync sync, IEventBus bus, TimeProvider time, ILogger<Inventory> logger)
    {
        (this.contexts, this.keeper, this.sync, this.bus, this.time, this.logger) = (contexts, keeper, sync, bus, time, logger);
    }

    /// <summary>The newest snapshot of this node. Empty until <see cref="IsLoaded"/>.</summary>
    public Shelf Shelf => keeper.Current;

    public bool IsLoaded => sync.IsLoaded;

    /// <summary>Whether the last sweep, at most a second ago, reached the database.</summary>
    public bool IsDatabaseReachable => sync.IsReachable;

    /// <summary>The time by the database's clock, which all nodes go by.</summary>
    public DateTimeOffset Now => time.GetUtcNow() + sync.ClockOffset;

    /// <summary>
    /// Loads the Shelf, keeps it equal to the database, announces its changes and releases what is due until cancelled. For a
    /// node with circuits.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var subscription = bus.Subscribe(Topic.Inventory, changed =>
        {
            keeper.Apply([(InventoryEvent)changed]);
            return Task.CompletedTask;
        });
        await Task.WhenAll(sync.RunAsync(cancellationToken), keeper.AnnounceAsync(cancellationToken), ReleaseWhatIsDueAsync(cancellationToken));
    }

    /// <summary>Begins the sale of a product. Announced once, however often and from however many nodes it is called.</summary>
    public async Task<ReleaseOutcome> ReleaseAsync(int productId, string actor, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var released = await db.Products
                .Where(product => product.Id == productId && product.ReleasedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(product => product.ReleasedAt, DateTimeOffset.UtcNow), cancellationToken);
            if (released == 0)
            {
                var exists = await db.Products.AnyAsync(product => product.Id == productId, cancellationToken);
                return exists ? ReleaseOutcome.AlreadyReleased : ReleaseOutcome.UnknownProduct;
            }
            InventoryLog.Released(logger, productId, actor);
            Publish(await InventoryReader.ReadAsync(db, [productId], cancellationToken));
            return ReleaseOutcome.Released;
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return ReleaseOutcome.Unavailable;
        }
    }

    /// <summary>
    /// Releases every product whose scheduled time has come, at most once whichever nodes call it. Returns how many this call
    /// released.
    /// </summary>
    internal async Task<int> ReleaseDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var released = await db.Products
            .FromSql($"update products set released_at = clock_timestamp() where released_at is null and scheduled_at <= clock_timestamp() returning *")
            .AsNoTracking().ToListAsync(cancellationToken);
        if (released.Count == 0) return 0;
        foreach (var product in released) InventoryLog.Released(logger, product.Id, "schedule");
        Publish(await InventoryReader.ReadAsync(db, [.. released.Select(product => product.Id)], cancellationToken));
        return released.Count;
    }

    /// <summary>
    /// Every node watches the clock for the products on its Shelf, so a schedule outlives the node that it was made on. The
    /// conditional update lets one of them do the release.
    /// </summary>
    private async Task ReleaseWhatIsDueAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = Shelf.Products.Where(product => !product.IsReleased).Min(product => product.ScheduledAt) - Now;
            if (next <= TimeSpan.Zero)
            {
                try
                {
                    await ReleaseDueAsync(cancellationToken);
                }
                catch (Exception exception) when (DatabaseOutage.Is(exception))
                {
                    // Due it stays; the sweep logs the outage.
                }
            }
            // A schedule may be made, moved or missed by a hair at any time, so this never sleeps for long.
            var pause = next > TimeSpan.Zero && next < LongestNap ? next.Value : LongestNap;
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <summary>Puts products into the store, all or none of them, and releases them at once where asked to.</summary>
    public async Task<ImportResult> ImportAsync(
        IReadOnlyList<ProductSpec> specs, bool release, string actor, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await ShopDatabase.ClaimAsync(db, cancellationToken);
        var change = await new Catalog(db, actor).PutAsync(specs, StockReason.Import, cancellationToken);
        if (release)
        {
            await db.Products.Where(product => change.ProductIds.Contains(product.Id) && product.ReleasedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(product => product.ReleasedAt, DateTimeOffset.UtcNow), cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        Publish(await InventoryReader.ReadAsync(db, change.ProductIds, cancellationToken));
        return new ImportResult(change.Created, change.Updated, change.ItemsAdded);
    }

    /// <summary>
    /// Sells up to that many pairs, one each of different items chosen at random among the released ones, without an order:
    /// the demo's crowd. Returns how many it sold; 0 when everything released is gone.
    /// </summary>
    public async Task<int> SellAtRandomAsync(int pairs, string actor, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // Locked in the order of ids like every sale, so that two of them never wait for each other in a circle.
        var sold = await db.Availabilities.FromSql(
            $"""
            with chosen as (
              select a.item_id from availabilities a join items i on i.id = a.item_id join products p on p.id = i.product_id
              where a.available > 0 and p.released_at is not null order by random() limit {pairs}
            ), locked as (
              select item_id from availabilities where item_id in (select item_id from chosen) and available > 0 order by item_id for update
            ), sold as (
              update availabilities a set available = a.available - 1 from locked where a.item_id = locked.item_id returning a.*
            ), ledger as (
              insert into stock_movements (item_id, delta, reason, actor) select item_id, -1, {StockReason.SellOut}, {actor} from sold
            )
            select * from sold
            """).AsNoTracking().ToListAsync(cancellationToken);
        Publish(sold.Select(row => new AvailabilityChanged(row.ItemId, new Availability(row.Available, row.Version))));
        if (sold.Count > 0) return sold.Count;

        // Rows that others emptied meanwhile are not the end: only an empty shop is.
        var more = await db.Availabilities.AnyAsync(
            row => row.Available > 0 && db.Items.Any(item => item.Id == row.ItemId && db.Products.Any(product => product.Id == item.ProductId && product.ReleasedAt != null)),
            cancellationToken);
        return more ? await SellAtRandomAsync(pairs, actor, cancellationToken) : 0;
    }

    /// <summary>Shelf first, then everybody else. Only to be called with what is committed.</summary>
    internal void Publish(IEnumerable<InventoryEvent> committed)
    {
        var events = committed.ToList();
        keeper.Apply(events);
        foreach (var inventoryEvent in events) bus.Publish(inventoryEvent);
    }
}

public enum ReleaseOutcome
{
    Released,
    AlreadyReleased,
    UnknownProduct,

    /// <summary>The database is out of reach; nothing was changed, or it was and every node will find it. Repeating is safe.</summary>
    Unavailable,
}

public sealed record ImportResult(int Created, int Updated, int ItemsAdded);
