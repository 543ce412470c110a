using Microsoft.EntityFrameworkCore;

namespace LiveShop.Domain;

/// <summary>What an operator does to a running drop. Everything that changes something is in the <see cref="Audit"/> log.</summary>
/// <remarks>
/// Several operators may act on the same product at once: their actions queue up on the rows that purchases lock, in the same
/// order, so a stop waits for the purchases that are being decided, and those that wait behind it find it.
/// </remarks>
public sealed class DropControl
{
    private readonly OperatorTransaction transaction;
    private readonly Inventory inventory;

    internal DropControl(OperatorTransaction transaction, Inventory inventory) => (this.transaction, this.inventory) = (transaction, inventory);

    /// <summary>Lets a product be released by itself at that time, by the database's clock; null takes a schedule back.</summary>
    public Task<ScheduleOutcome> ScheduleAsync(int productId, DateTimeOffset? at, string actor, CancellationToken cancellationToken = default) =>
        transaction.RunAsync(ScheduleOutcome.Unavailable, async db =>
        {
            if (await OperatorTransaction.LockProductAsync(db, productId, cancellationToken) is not { RetiredAt: null } product) return ScheduleOutcome.UnknownProduct;
            if (product.ReleasedAt is not null) return ScheduleOutcome.AlreadyReleased;
            if (at <= await OperatorTransaction.NowAsync(db, cancellationToken)) return ScheduleOutcome.InThePast;

            var before = product.ScheduledAt;
            product.ScheduledAt = at?.ToUniversalTime();
            if (product.ScheduledAt != before)
            {
                Audit.Write(db, actor, AuditAction.Schedule, Audit.SubjectOf(product), new { ScheduledAt = before }, new { product.ScheduledAt });
                await transaction.CommitAsync(db, productId, cancellationToken);
            }
            return at is null ? ScheduleOutcome.Cleared : ScheduleOutcome.Scheduled;
        }, cancellationToken);

    /// <summary>
    /// Stops the sale of a product, or of one of its sizes, until it is resumed; nothing of it is sold once this has returned.
    /// What is stopped already keeps its reason. A product that is coming soon can be stopped too, and is when it is released.
    /// </summary>
    /// <param name="reason">Shoppers read that of a product.</param>
    public Task<StopOutcome> StopAsync(int productId, int? itemId, string reason, string actor, CancellationToken cancellationToken = default) =>
        StorableText.Of(reason) is { Length: > 0 } words
            ? SetStopAsync(productId, itemId, words, actor, cancellationToken)
            : Task.FromResult(StopOutcome.ReasonMissing);

    /// <summary>Takes a stop back. A size of a product that is stopped itself stays so until that is resumed as well.</summary>
    public Task<StopOutcome> ResumeAsync(int productId, int? itemId, string actor, CancellationToken cancellationToken = default) =>
        SetStopAsync(productId, itemId, reason: null, actor, cancellationToken);

    /// <summary>
    /// Adds that many pairs to what is left of an item, or takes them away. Every call counts: when it was
    /// <see cref="CorrectionOutcome.Unavailable"/>, look at the count before repeating it.
    /// </summary>
    public async Task<CorrectionOutcome> CorrectStockAsync(int itemId, int delta, string reason, string actor, CancellationToken cancellationToken = default)
    {
        if (delta == 0) return new CorrectionOutcome.NothingToDo();
        if (StorableText.Of(reason) is not { Length: > 0 } words) return new CorrectionOutcome.ReasonMissing();
        return await transaction.RunAsync<CorrectionOutcome>(new CorrectionOutcome.Unavailable(), async db =>
        {
            var corrected = (await db.Availabilities.FromSql(
                $"""
                update availabilities set available = available + {delta}
                where item_id = {itemId} and available::bigint + {delta} >= 0 and ({delta} < 0 or available::bigint + {delta} <= {Item.MostPairs})
                returning *
                """).AsNoTracking().ToListAsync(cancellationToken)).SingleOrDefault();
            if (corrected is null)
            {
                if (!await db.Availabilities.AnyAsync(row => row.ItemId == itemId, cancellationToken)) return new CorrectionOutcome.Unknown();
                return delta < 0 ? new CorrectionOutcome.WouldBeNegative() : new CorrectionOutcome.WouldBeTooMany();
            }

            var action = delta > 0 ? StockReason.Restock : StockReason.Correction;
            var item = await db.Items.AsNoTracking().SingleAsync(row => row.Id == itemId, cancellationToken);
            db.StockMovements.Add(new StockMovementRow { ItemId = itemId, Delta = delta, Reason = action, Actor = actor });
            Audit.Write(
                db, actor, action, Audit.SubjectOf(item),
                new { Available = corrected.Available - delta }, new { corrected.Available, Reason = words });
            await db.SaveChangesAsync(cancellationToken);
            await db.Database.CommitTransactionAsync(cancellationToken);
            inventory.Publish([new AvailabilityChanged(itemId, new Availability(corrected.Available, corrected.Version))]);
            return new CorrectionOutcome.Done(corrected.Available);
        }, cancellationToken);
    }

    private Task<StopOutcome> SetStopAsync(int productId, int? itemId, string? reason, string actor, CancellationToken cancellationToken) =>
        transaction.RunAsync(StopOutcome.Unavailable, async db =>
        {
            await OperatorTransaction.LockAvailabilityAsync(db, productId, cancellationToken);
            if (await OperatorTransaction.LockProductAsync(db, productId, cancellationToken) is not { } product) return StopOutcome.Unknown;
            var item = itemId is null ? null : await db.Items.SingleOrDefaultAsync(row => row.Id == itemId && row.ProductId == productId, cancellationToken);
            if (itemId is not null && item is null) return StopOutcome.Unknown;

            StoppableRow stopped = item is null ? product : item;
            if (stopped.StopReason is null == reason is null) return StopOutcome.AlreadySo;
            var before = new { stopped.StopReason };
            (stopped.StopReason, stopped.StoppedAt) = (reason, reason is null ? null : await OperatorTransaction.NowAsync(db, cancellationToken));
            // A node learns of its items by the product's version, so that must grow with them.
            if (item is not null) db.Entry(product).Property(row => row.Name).IsModified = true;
            Audit.Write(
                db, actor, reason is null ? AuditAction.Resume : AuditAction.Stop,
                item is null ? Audit.SubjectOf(product) : Audit.SubjectOf(item), before, new { StopReason = reason });
            await transaction.CommitAsync(db, productId, cancellationToken);
            return StopOutcome.Done;
        }, cancellationToken);
}
