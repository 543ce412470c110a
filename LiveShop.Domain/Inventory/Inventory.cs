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

    /// <summary>How many products of an import the audit log names; it counts them all.</summary>
    private const int MostNamed = 100;

    /// <summary>Products that an import writes between two reports of its progress.</summary>
    private const int ImportedAtOnce = 200;

    private readonly IDbContextFactory<ShopDb> contexts;
    private readonly ShelfKeeper keeper;
    private readonly ShelfSync sync;
    private readonly IEventBus bus;
    private readonly TimeProvider time;
    private readonly InventoryMetrics metrics;
    private readonly ILogger<Inventory> logger;

    internal Inventory(
        IDbContextFactory<ShopDb> contexts, ShelfKeeper keeper, ShelfSync sync, IEventBus bus, InventoryMetrics metrics, TimeProvider time, ILogger<Inventory> logger)
    {
        (this.contexts, this.keeper, this.sync, this.bus, this.metrics, this.time, this.logger) = (contexts, keeper, sync, bus, metrics, time, logger);
    }

    /// <summary>The newest snapshot of this node. Empty until <see cref="IsLoaded"/>.</summary>
    public Shelf Shelf => keeper.Current;

    public bool IsLoaded => sync.IsLoaded;

    /// <summary>Whether the last sweep, at most a second ago, reached the database.</summary>
    public bool IsDatabaseReachable => sync.IsReachable;

    /// <summary>Whether the last sweep failed: who has something to show without the database need not wait for it.</summary>
    internal bool IsDatabaseLost => IsLoaded && !IsDatabaseReachable;

    /// <summary>The time by the database's clock, which all nodes go by.</summary>
    public DateTimeOffset Now => time.GetUtcNow() + sync.ClockOffset;

    /// <summary>
    /// Loads the Shelf, keeps it equal to the database, announces its changes and releases what is due until cancelled. For a
    /// node with circuits.
    /// </summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(sync.RunAsync(cancellationToken), keeper.AnnounceAsync(cancellationToken), ReleaseWhatIsDueAsync(cancellationToken));

    /// <summary>
    /// Takes onto this node's Shelf what another node has committed and told; to be called before this node's listeners hear of
    /// it. What is not newer than the Shelf is ignored.
    /// </summary>
    public void Receive(InventoryEvent committed) => keeper.Apply([committed]);

    /// <summary>Begins the sale of a product. Announced once, however often and from however many nodes it is called.</summary>
    /// <param name="price">Releases it only if that is its price; null at whatever price it has.</param>
    public async Task<ReleaseOutcome> ReleaseAsync(int productId, string actor, decimal? price = null, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var released = await ReleaseAsync(
                db,
                $"""
                update products set released_at = clock_timestamp()
                where released_at is null and retired_at is null and id = {productId} and price = coalesce({price}, price) returning *
                """,
                actor,
                cancellationToken);
            if (released > 0) return ReleaseOutcome.Released;
            var found = await db.Products.Where(product => product.Id == productId && product.RetiredAt == null).Select(product => new { product.ReleasedAt }).FirstOrDefaultAsync(cancellationToken);
            return found is null ? ReleaseOutcome.UnknownProduct : found.ReleasedAt is null ? ReleaseOutcome.PriceChanged : ReleaseOutcome.AlreadyReleased;
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
        return await ReleaseAsync(
            db,
            $"update products set released_at = clock_timestamp() where released_at is null and retired_at is null and scheduled_at <= clock_timestamp() returning *",
            actor: "schedule",
            cancellationToken);
    }

    private async Task<int> ReleaseAsync(ShopDb db, FormattableString update, string actor, CancellationToken cancellationToken)
    {
        using var activity = Telemetry.Activities.StartActivity("release");
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var released = await db.Products.FromSql(update).AsNoTracking().ToListAsync(cancellationToken);
        if (released.Count == 0) return 0;
        foreach (var product in released)
        {
            Audit.Write(db, actor, AuditAction.Release, Audit.SubjectOf(product), before: null, new { product.ReleasedAt });
        }
        await db.SaveChangesAsync(cancellationToken);
        var committed = await InventoryReader.ReadAsync(db, [.. released.Select(product => product.Id)], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Publish(committed);
        metrics.Released(released.Count);
        foreach (var product in released) InventoryLog.Released(logger, product.Id, actor);
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
                    if (await ReleaseDueAsync(cancellationToken) == 0) await ReadDueAsync(cancellationToken);
                }
                catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
                {
                    // Due it stays. The sweep logs an outage; whatever else it is must not end the schedule of this node.
                    if (!DatabaseOutage.Is(exception)) InventoryLog.NotReleased(logger, exception);
                }
            }
            // A schedule may be made, moved or missed by a hair at any time, so this never sleeps for long.
            var pause = next > TimeSpan.Zero && next < LongestNap ? next.Value : LongestNap;
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <summary>What another node has released at its time shows here as soon, though no message came.</summary>
    private async Task ReadDueAsync(CancellationToken cancellationToken)
    {
        int[] due = [.. Shelf.Products.Where(product => !product.IsReleased && product.ScheduledAt <= Now).Select(product => product.Id)];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        keeper.Apply(await InventoryReader.ReadAsync(db, due, cancellationToken));
    }

    /// <summary>Puts products into the store, all or none of them, and releases them at once where asked to.</summary>
    /// <param name="progress">Told how many products are written, in the one transaction that all of them are in.</param>
    /// <param name="cancellationToken">Of no effect once the commit has begun, so that a cancelled import has changed nothing.</param>
    public async Task<ImportResult> ImportAsync(
        IReadOnlyList<ProductSpec> specs, bool release, string actor, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await OperatorTransaction.EnterAsync(db, cancellationToken);
        await ShopDatabase.ClaimAsync(db, cancellationToken);
        var change = CatalogChange.None;
        foreach (var chunk in specs.Chunk(ImportedAtOnce))
        {
            change += await new Catalog(db, actor).PutAsync(chunk, StockReason.Import, cancellationToken);
            // What is written is not looked at again, and would be at every save that follows.
            db.ChangeTracker.Clear();
            progress?.Report(change.ProductIds.Length);
        }
        if (release)
        {
            await db.Products.Where(product => change.ProductIds.Contains(product.Id) && product.ReleasedAt == null && product.RetiredAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(product => product.ReleasedAt, DateTimeOffset.UtcNow), cancellationToken);
        }
        Audit.Write(
            db, actor, AuditAction.Import, "catalog", before: null,
            new { change.Created, change.Updated, change.ItemsAdded, Released = release, Products = specs.Take(MostNamed).Select(spec => spec.Sku) });
        await db.SaveChangesAsync(cancellationToken);
        var committed = await InventoryReader.ReadAsync(db, change.ProductIds, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        await transaction.CommitAsync(CancellationToken.None);
        Publish(committed);
        return new ImportResult(change.Created, change.Updated, change.ItemsAdded);
    }

    /// <summary>
    /// Sells up to that many pairs, one each of different items chosen at random among those on sale, without an order: the
    /// demo's crowd. Returns how many it sold; 0 when everything on sale is gone.
    /// </summary>
    public async Task<int> SellAtRandomAsync(int pairs, string actor, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var (sold, isEverythingGone) = await new Crowd(contexts).SellAsync(pairs, actor, cancellationToken);
            Publish(sold);
            if (sold.Count > 0 || isEverythingGone) return sold.Count;
        }
    }

    /// <summary>Shelf first, then everybody else. Only to be called with what is committed, and as soon as it is.</summary>
    internal void Publish(IEnumerable<InventoryEvent> committed)
    {
        var now = Now;
        var events = committed.Select(change => change with { CommittedAt = now }).ToList();
        keeper.Apply(events);
        foreach (var inventoryEvent in events) bus.Publish(inventoryEvent);
    }
}

public enum ReleaseOutcome
{
    Released,
    AlreadyReleased,
    UnknownProduct,

    /// <summary>It has another price than the one that it was to be released at.</summary>
    PriceChanged,

    /// <summary>The database is out of reach; nothing was changed, or it was and every node will find it. Repeating is safe.</summary>
    Unavailable,
}

public sealed record ImportResult(int Created, int Updated, int ItemsAdded);
