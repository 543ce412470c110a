using Microsoft.EntityFrameworkCore;

namespace LiveShop.Domain;

/// <summary>One transaction of an operator on products or orders, which locks in the order of purchases.</summary>
internal sealed class OperatorTransaction(IDbContextFactory<ShopDb> contexts, Inventory inventory)
{
    /// <summary>Does it in a transaction, which is rolled back unless the action commits it.</summary>
    public async Task<T> RunAsync<T>(T unavailable, Func<ShopDb, Task<T>> action, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await EnterAsync(db, cancellationToken);
            return await action(db);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return unavailable;
        }
    }

    /// <summary>
    /// To begin with, in whatever will write availability after products or items: a reset of the running shop takes the tables
    /// in the other order, and so waits here or has the transaction wait, once.
    /// </summary>
    public static Task<int> EnterAsync(ShopDb db, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"lock table availabilities in row exclusive mode", cancellationToken);

    /// <summary>Every purchase of the product is decided before this returns, or after the transaction.</summary>
    public static Task<int> LockAvailabilityAsync(ShopDb db, int productId, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        select 1 from availabilities a join items i on i.id = a.item_id where i.product_id = {productId} order by a.item_id for update of a
        """, cancellationToken);

    public static async Task<ProductRow?> LockProductAsync(ShopDb db, int productId, CancellationToken cancellationToken) =>
        (await db.Products.FromSql($"select * from products where id = {productId} for no key update").ToListAsync(cancellationToken)).SingleOrDefault();

    public static Task<DateTimeOffset> NowAsync(ShopDb db, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<DateTimeOffset>($"""select clock_timestamp() as "Value" """).SingleAsync(cancellationToken);

    /// <summary>Saves, commits and publishes the product, which it returns, and what is left of its items.</summary>
    public async Task<Product> CommitAsync(ShopDb db, int productId, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        // Read before the commit: after it, an emptied store may have no such product, or another one.
        var committed = await InventoryReader.ReadAsync(db, [productId], cancellationToken);
        await db.Database.CommitTransactionAsync(cancellationToken);
        inventory.Publish(committed);
        return committed.OfType<ProductChanged>().Single().Product;
    }
}
