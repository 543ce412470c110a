using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;

namespace LiveShop.Domain;

/// <summary>What was bought.</summary>
public sealed class Orders
{
    private readonly IDbContextFactory<ShopDb> contexts;

    internal Orders(IDbContextFactory<ShopDb> contexts) => this.contexts = contexts;

    /// <summary>The order, for the cart that bought it and for nobody else. Null when there is none of that number for this cart.</summary>
    public async Task<Order?> FindAsync(string number, CartId buyer, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Orders.AsNoTracking().Include(order => order.Lines)
            .FirstOrDefaultAsync(order => order.Number == number && order.CartId == buyer.Value, cancellationToken);
        return row is null ? null : new Order(
            row.Number, row.Email, row.Total, row.PlacedAt, OrderStateText.Parse(row.State), row.StateChangedAt,
            [.. row.Lines.OrderBy(line => line.ItemId).Select(line => new OrderLine(line.ItemId, line.ProductName, line.Size, line.Price))]);
    }
}

/// <param name="Total">US dollars.</param>
/// <param name="StateChangedAt">Since when it is cancelled or refunded; null while it is neither.</param>
public sealed record Order(
    string Number, string Email, decimal Total, DateTimeOffset PlacedAt, OrderState State, DateTimeOffset? StateChangedAt, ImmutableArray<OrderLine> Lines);

public sealed record OrderLine(int ItemId, string ProductName, decimal Size, decimal Price);
