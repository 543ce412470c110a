using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;

namespace LiveShop.Domain;

/// <summary>What was bought.</summary>
public sealed class Orders
{
    private readonly IDbContextFactory<ShopDb> contexts;

    internal Orders(IDbContextFactory<ShopDb> contexts) => this.contexts = contexts;

    /// <summary>For how long somebody who has not seen the confirmation is led to it. Later they come for something else.</summary>
    internal static TimeSpan Memory { get; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The order, for the cart that bought it and for nobody else, for a page that shows it: that its buyer has seen it is remembered.
    /// Null when there is none of that number for this cart.
    /// </summary>
    public async Task<Order?> ShowAsync(string number, CartId buyer, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Orders.AsNoTracking().Include(order => order.Lines)
            .FirstOrDefaultAsync(order => order.Number == number && order.CartId == buyer.Value, cancellationToken);
        if (row is null) return null;
        if (row.ShownAt is null) await db.Database.ExecuteSqlAsync($"update orders set shown_at = now() where id = {row.Id} and shown_at is null", cancellationToken);
        return new Order(
            row.Number, row.Email, row.Total, row.PlacedAt, OrderStateText.Parse(row.State), row.StateChangedAt,
            [.. row.Lines.OrderBy(line => line.ItemId).Select(line => new OrderLine(line.ItemId, line.ProductName, line.Size, line.Price))]);
    }

    /// <summary>
    /// The number of the order that was placed under this key, <see cref="Cart.CheckoutKey"/> of the cart that it was; null when there
    /// is none, or the database is out of reach.
    /// </summary>
    public Task<string?> FindNumberAsync(Guid key, CancellationToken cancellationToken = default) =>
        FindNumberAsync(orders => orders.Where(order => order.IdempotencyKey == key), cancellationToken);

    /// <summary>
    /// The number of the newest order of this cart whose confirmation was not shown, because its answer was lost on the way; null
    /// when there is none within an hour, or the database is out of reach.
    /// </summary>
    public Task<string?> FindUnshownAsync(CartId buyer, CancellationToken cancellationToken = default) =>
        // The query's UtcNow is the database's now(), by which orders are placed.
        FindNumberAsync(
            orders => orders.Where(order => order.CartId == buyer.Value && order.ShownAt == null && order.PlacedAt > DateTimeOffset.UtcNow - Memory), cancellationToken);

    private async Task<string?> FindNumberAsync(Func<IQueryable<OrderRow>, IQueryable<OrderRow>> sought, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return await sought(db.Orders).OrderByDescending(order => order.Id).Select(order => order.Number).FirstOrDefaultAsync(cancellationToken);
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return null;
        }
    }
}

/// <param name="Total">US dollars.</param>
/// <param name="StateChangedAt">Since when it is cancelled or refunded; null while it is neither.</param>
public sealed record Order(
    string Number, string Email, decimal Total, DateTimeOffset PlacedAt, OrderState State, DateTimeOffset? StateChangedAt, ImmutableArray<OrderLine> Lines);

public sealed record OrderLine(int ItemId, string ProductName, decimal Size, decimal Price);
