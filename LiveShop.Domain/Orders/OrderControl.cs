using Microsoft.EntityFrameworkCore;

namespace LiveShop.Domain;

/// <summary>
/// What operators do to an order. Either way its pairs return to stock, exactly once in its life: a refund of an order that was
/// cancelled before returns none. No money is moved; a refund says that it was. Everything is in the <see cref="Audit"/> log.
/// </summary>
public sealed class OrderControl
{
    private readonly OperatorTransaction transaction;
    private readonly Inventory inventory;

    internal OrderControl(OperatorTransaction transaction, Inventory inventory) => (this.transaction, this.inventory) = (transaction, inventory);

    /// <summary>Calls off an order that is placed.</summary>
    /// <param name="reason">For operators; the shopper does not read it.</param>
    public Task<OrderChangeOutcome> CancelAsync(string number, string reason, string actor, CancellationToken cancellationToken = default) =>
        ChangeAsync(number, OrderState.Cancelled, reason, actor, cancellationToken);

    /// <summary>Says that the shopper's money went back, for an order that is placed or cancelled.</summary>
    /// <inheritdoc cref="CancelAsync" path="/param"/>
    public Task<OrderChangeOutcome> RefundAsync(string number, string reason, string actor, CancellationToken cancellationToken = default) =>
        ChangeAsync(number, OrderState.Refunded, reason, actor, cancellationToken);

    private async Task<OrderChangeOutcome> ChangeAsync(string number, OrderState state, string reason, string actor, CancellationToken cancellationToken)
    {
        if (StorableText.Of(reason) is not { Length: > 0 } words) return new OrderChangeOutcome.ReasonMissing();
        return await transaction.RunAsync<OrderChangeOutcome>(new OrderChangeOutcome.Unavailable(), async db =>
        {
            var itemIds = await LockAvailabilityAsync(db, StorableText.Of(number), cancellationToken);
            if (await LockOrderAsync(db, StorableText.Of(number), cancellationToken) is not { } order) return new OrderChangeOutcome.Unknown();
            var before = OrderStateText.Parse(order.State);
            if (before == state) return new OrderChangeOutcome.AlreadySo();
            if (before == OrderState.Refunded) return new OrderChangeOutcome.NotPossible(before);

            IReadOnlyList<AvailabilityRow> returned = before == OrderState.Placed ? await ReturnAsync(db, order.Id, itemIds, actor, cancellationToken) : [];
            (order.State, order.StateChangedAt) = (OrderStateText.Of(state), await OperatorTransaction.NowAsync(db, cancellationToken));
            Audit.Write(
                db, actor, state == OrderState.Cancelled ? AuditAction.Cancel : AuditAction.Refund, Audit.SubjectOf(order),
                new { State = OrderStateText.Of(before) }, new OrderChange(order.State, returned.Count, words));
            await db.SaveChangesAsync(cancellationToken);
            await db.Database.CommitTransactionAsync(cancellationToken);
            inventory.Publish(returned.Select(row => new AvailabilityChanged(row.ItemId, new Availability(row.Available, row.Version))));
            return new OrderChangeOutcome.Done(returned.Count);
        }, cancellationToken);
    }

    /// <summary>The items of the order, locked before the order in the order of their ids, as purchases and a reset do.</summary>
    private static Task<int[]> LockAvailabilityAsync(ShopDb db, string number, CancellationToken cancellationToken) => db.Database.SqlQuery<int>(
        $"""
        select a.item_id from availabilities a join order_lines l on l.item_id = a.item_id join orders o on o.id = l.order_id
        where o.number = {number} order by a.item_id for update of a
        """).ToArrayAsync(cancellationToken);

    /// <summary>A statement of its own sees what another operator did while the one before waited for its locks.</summary>
    private static async Task<OrderRow?> LockOrderAsync(ShopDb db, string number, CancellationToken cancellationToken) =>
        (await db.Orders.FromSql($"select * from orders where number = {number} for no key update").ToListAsync(cancellationToken)).SingleOrDefault();

    private static async Task<List<AvailabilityRow>> ReturnAsync(ShopDb db, long orderId, int[] itemIds, string actor, CancellationToken cancellationToken)
    {
        db.StockMovements.AddRange(itemIds.Select(itemId =>
            new StockMovementRow { ItemId = itemId, Delta = 1, Reason = StockReason.Return, OrderId = orderId, Actor = actor }));
        return await db.Availabilities
            .FromSql($"update availabilities set available = available + 1 where item_id = any({itemIds}) returning *")
            .AsNoTracking().ToListAsync(cancellationToken);
    }
}

/// <summary>What the audit log keeps of a change, for <see cref="OrderBook"/> to read again.</summary>
/// <param name="Returned">Pairs that went back into stock.</param>
internal sealed record OrderChange(string State, int Returned, string Reason);

/// <summary>What became of a cancellation or a refund. Nothing was changed unless it is <see cref="Done"/>.</summary>
public abstract record OrderChangeOutcome
{
    private OrderChangeOutcome()
    {
    }

    /// <param name="Returned">Pairs that are back in stock by this.</param>
    public sealed record Done(int Returned) : OrderChangeOutcome;

    public sealed record AlreadySo : OrderChangeOutcome;

    /// <param name="State">What the order is, from which there is no way to what was asked.</param>
    public sealed record NotPossible(OrderState State) : OrderChangeOutcome;

    public sealed record Unknown : OrderChangeOutcome;

    public sealed record ReasonMissing : OrderChangeOutcome;

    /// <summary>The database did not confirm. Repeating is safe.</summary>
    public sealed record Unavailable : OrderChangeOutcome;
}
