using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace LiveShop.Domain;

/// <summary>The database as a whole: bringing it up to date and emptying it.</summary>
public sealed class ShopDatabase
{
    /// <summary>Any number that nothing else in the database locks.</summary>
    private const long MigrationLock = 2_300_001;

    private readonly IDbContextFactory<ShopDb> contexts;

    internal ShopDatabase(IDbContextFactory<ShopDb> contexts) => this.contexts = contexts;

    /// <summary>Creates the database where it is missing and applies the migrations that it lacks. Several nodes may call it at once.</summary>
    /// <param name="others">Migrates what else is in this database, after the shop's own tables and under the same lock.</param>
    public async Task MigrateAsync(Func<CancellationToken, Task>? others = null, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // A large table takes its time, and so does waiting for the node that is at it.
        db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
        await CreateAsync(db.GetService<IRelationalDatabaseCreator>(), cancellationToken);
        // EF Core's own lock ends with each migration: between two of them another node would begin the one that this node is about to apply.
        await db.Database.OpenConnectionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_lock({MigrationLock})", cancellationToken);
        try
        {
            await db.Database.MigrateAsync(cancellationToken);
            if (others is not null) await others(cancellationToken);
        }
        finally
        {
            // A pooled connection would keep it until somebody uses it again.
            await db.Database.ExecuteSqlAsync($"select pg_advisory_unlock({MigrationLock})", CancellationToken.None);
        }
    }

    /// <summary>Fills a store that holds nothing and never did; leaves any other as it is. Returns whether it filled it.</summary>
    public async Task<bool> SeedAsync(IReadOnlyList<ProductSpec> products, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await ClaimAsync(db, cancellationToken) == 0) return false;
        await new Catalog(db, actor: "seed").PutAsync(products, StockReason.Initial, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>
    /// Empties products, carts, orders and the mails about them, and fills the store afresh, with ids that begin at 1 again. Keys, operators and the
    /// audit log stay. Running nodes notice by the new epoch.
    /// </summary>
    public async Task ResetAsync(IReadOnlyList<ProductSpec> products, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Locked in the order in which shoppers lock them, so that a reset of a running shop waits for them and they for it.
        await db.Database.ExecuteSqlAsync(
            $"""
            truncate checkout_drafts, carts, availabilities, items, products, product_pictures, cart_items, orders, emails,
            order_lines, stock_movements
            restart identity
            """,
            cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"insert into store (id, epoch) values (1, 1) on conflict (id) do update set epoch = store.epoch + 1",
            cancellationToken);
        await new Catalog(db, actor: "reset").PutAsync(products, StockReason.Initial, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Marks the store as one that is in use, so that no later start fills it with the demo. Returns 1 the first time.</summary>
    internal static Task<int> ClaimAsync(ShopDb db, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"insert into store (id, epoch) values (1, 1) on conflict (id) do nothing", cancellationToken);

    private static async Task CreateAsync(IRelationalDatabaseCreator creator, CancellationToken cancellationToken)
    {
        try
        {
            if (!await creator.ExistsAsync(cancellationToken)) await creator.CreateAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DuplicateDatabase)
        {
            // Another node was first.
        }
    }
}
