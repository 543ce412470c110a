using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;

namespace LiveShop.Domain;

/// <summary>
/// The shoppers' carts, kept in the database: they outlive circuits, nodes and restarts. A cart reserves nothing; only a
/// purchase does.
/// </summary>
/// <remarks>
/// Every change locks the cart's row before it reads, so changes from several tabs queue up and none is lost. Each publishes
/// <see cref="CartChanged"/> after its commit.
/// </remarks>
public sealed class Carts
{
    /// <summary>Compiled once: each page that opens reads its cart, in a storm thousands a minute.</summary>
    private static readonly Func<ShopDb, string, CancellationToken, Task<StoredCart?>> ReadAsync = EF.CompileAsyncQuery(
        (ShopDb db, string id, CancellationToken _) => db.Carts.Where(cart => cart.Id == id)
            .Select(cart => new StoredCart(
                cart.Version, cart.CheckoutKey, db.CartItems.Where(row => row.CartId == id).OrderBy(row => row.AddedAt).Select(row => row.ItemId).ToList()))
            .FirstOrDefault());

    private readonly IDbContextFactory<ShopDb> contexts;
    private readonly Inventory inventory;
    private readonly ShopSettings settings;
    private readonly IEventBus bus;
    private readonly Refusals refusals;
    private readonly CartMetrics metrics;
    private readonly CartWatch watch;

    internal Carts(IDbContextFactory<ShopDb> contexts, Inventory inventory, ShopSettings settings, IEventBus bus, Refusals refusals, CartMetrics metrics, CartWatch watch)
    {
        (this.contexts, this.inventory, this.settings, this.bus, this.refusals, this.metrics, this.watch) = (contexts, inventory, settings, bus, refusals, metrics, watch);
    }

    /// <summary>How long a cart that nobody touches is kept.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(7);

    /// <summary>Tells this node's tabs of changes that no message told of, until cancelled. For a node with circuits.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => watch.RunAsync(cancellationToken);

    /// <summary>
    /// The cart as it is now; an empty one when none is stored. Null when the database is out of reach, and at once when that is
    /// known: a page waits for it for five seconds, and not twice. Where a tab of this node shows an older state, it is told.
    /// </summary>
    public async Task<Cart?> FindAsync(CartId id, CancellationToken cancellationToken = default)
    {
        if (inventory.IsDatabaseLost) return null;
        try
        {
            // As the sweep: when a page has waited so long, its node knows that the database is away.
            if (await ReadStoredAsync(id, cancellationToken).WaitAsync(ShelfSync.Patience, cancellationToken) is not { } stored) return Cart.Empty(id);
            var cart = new Cart(id, stored.Version, stored.CheckoutKey, [.. stored.ItemIds]);
            watch.Saw(cart);
            return cart;
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return null;
        }
    }

    private async Task<StoredCart?> ReadStoredAsync(CartId id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ReadAsync(db, id.Value, cancellationToken);
    }

    /// <summary>Adds an item if the cart has room for it, does not hold it, and it can be had at this moment.</summary>
    public async Task<AddOutcome> AddAsync(CartId id, int itemId, CancellationToken cancellationToken = default) =>
        refusals.Count(RefuseFromShelf(itemId) ?? await DecideAddAsync(id, itemId, cancellationToken));

    /// <summary>Takes an item out. Nobody is told when it was not there.</summary>
    public async Task<RemoveOutcome> RemoveAsync(CartId id, int itemId, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var cart = await LockAsync(db, id, cancellationToken);
            var removed = await db.CartItems.Where(row => row.CartId == id.Value && row.ItemId == itemId).ExecuteDeleteAsync(cancellationToken);
            if (removed == 0) return RemoveOutcome.NotInCart;
            var itemIds = await ReadItemsAsync(db, id, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            Publish(new CartChanged(Map(cart, itemIds)), "removed");
            return RemoveOutcome.Removed;
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return RemoveOutcome.Unavailable;
        }
    }

    /// <summary>Deletes carts that nobody has touched for <see cref="Lifetime"/> and returns how many.</summary>
    public async Task<int> DeleteAbandonedAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // Inside the query it is the database's now(): by a clock of its own that is wrong, one node could empty everybody's cart.
        return await db.Carts.Where(cart => cart.UpdatedAt < DateTimeOffset.UtcNow - Lifetime).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>What the Shelf knows to be stopped or gone costs the database nothing, however many click on it. It never says yes.</summary>
    private AddOutcome? RefuseFromShelf(int itemId)
    {
        if (!inventory.IsLoaded) return null;
        var shelf = inventory.Shelf;
        if (shelf.FindProductOf(itemId) is not { IsReleased: true } product) return null;
        if (product.IsRetired) return AddOutcome.SoldOut;
        if (product.IsStopped(itemId)) return AddOutcome.Stopped;
        return shelf.LevelOf(itemId) == StockLevel.Out ? AddOutcome.SoldOut : null;
    }

    private async Task<AddOutcome> DecideAddAsync(CartId id, int itemId, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var cart = await LockAsync(db, id, cancellationToken);
            var itemIds = await ReadItemsAsync(db, id, cancellationToken);
            if (itemIds.Contains(itemId)) return AddOutcome.AlreadyInCart;
            if (itemIds.Length >= settings.MaxItemsPerCart) return AddOutcome.CartFull;
            var wanted = await (
                from row in db.Availabilities
                join item in db.Items on row.ItemId equals item.Id
                join product in db.Products on item.ProductId equals product.Id
                where item.Id == itemId && product.ReleasedAt != null
                select new { row.Available, IsRetired = product.RetiredAt != null, IsStopped = product.StoppedAt != null || item.StoppedAt != null })
                .FirstOrDefaultAsync(cancellationToken);
            if (wanted is null) return AddOutcome.NotForSale;
            if (wanted.IsRetired) return AddOutcome.SoldOut;
            if (wanted.IsStopped) return AddOutcome.Stopped;
            if (wanted.Available == 0) return AddOutcome.SoldOut;

            await db.Database.ExecuteSqlAsync($"insert into cart_items (cart_id, item_id) values ({id.Value}, {itemId})", cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            Publish(new CartChanged(Map(cart, [.. itemIds, itemId])), "added");
            return AddOutcome.Added;
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return AddOutcome.Unavailable;
        }
    }

    private void Publish(CartChanged changed, string change)
    {
        metrics.Changed(change);
        bus.Publish(changed);
    }

    private static async Task<CartRow> LockAsync(ShopDb db, CartId id, CancellationToken cancellationToken) => (await db.Carts
        .FromSql(
            $"""
            insert into carts (id) values ({id.Value})
            on conflict (id) do update set version = nextval('shop_version'), updated_at = now()
            returning *
            """)
        .AsNoTracking().ToListAsync(cancellationToken)).Single();

    private static async Task<ImmutableArray<int>> ReadItemsAsync(ShopDb db, CartId id, CancellationToken cancellationToken) =>
        [.. await db.CartItems.Where(row => row.CartId == id.Value).OrderBy(row => row.AddedAt).Select(row => row.ItemId).ToListAsync(cancellationToken)];

    private static Cart Map(CartRow row, ImmutableArray<int> itemIds) =>
        new(CartId.TryParse(row.Id, out var id) ? id : default, row.Version, row.CheckoutKey, itemIds);

    private sealed record StoredCart(long Version, Guid CheckoutKey, List<int> ItemIds);
}
