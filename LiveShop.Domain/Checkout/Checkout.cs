using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace LiveShop.Domain;

/// <summary>Turns carts into orders, each whole or not at all, and remembers what shoppers type on the way.</summary>
public sealed class Checkout
{
    private readonly IDbContextFactory<ShopDb> contexts;
    private readonly PurchaseQueue queue;
    private readonly ShopSettings settings;
    private readonly Refusals refusals;
    private readonly CheckoutMetrics metrics;
    private readonly ILogger<Checkout> logger;

    internal Checkout(
        IDbContextFactory<ShopDb> contexts, PurchaseQueue queue, ShopSettings settings, Refusals refusals, CheckoutMetrics metrics, ILogger<Checkout> logger)
    {
        (this.contexts, this.queue, this.settings, this.refusals, this.metrics, this.logger) = (contexts, queue, settings, refusals, metrics, logger);
    }

    /// <summary>Decides the purchases of this node until cancelled, then finishes those that wait.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => queue.RunAsync(cancellationToken);

    /// <summary>
    /// Sells the whole cart or nothing. Answers when the database has decided; that a caller stops waiting changes nothing.
    /// </summary>
    public async Task<PurchaseOutcome> PlaceOrderAsync(PurchaseRequest request)
    {
        var begun = Stopwatch.GetTimestamp();
        var delivery = request.Delivery.Tidy();
        var outcome = refusals.Count(Refuse(request, delivery) ?? await queue.EnqueueAsync(request with { Delivery = delivery }));
        metrics.Answered(begun, outcome);
        if (outcome is PurchaseOutcome.Placed placed) CheckoutLog.Placed(logger, placed.OrderNumber, request.Lines.Length);
        else CheckoutLog.NotSold(logger, outcome.GetType().Name);
        return outcome;
    }

    /// <summary>What needs no database to be refused.</summary>
    private PurchaseOutcome? Refuse(PurchaseRequest request, DeliveryDetails delivery)
    {
        if (delivery.Validate() is { Count: > 0 } messages) return new PurchaseOutcome.Invalid(messages);
        if (request.Lines.Length > settings.MaxItemsPerCart) return new PurchaseOutcome.LimitReached();
        return request.Lines.IsEmpty ? PurchaseOutcome.CartChanged.Wholly : null;
    }

    /// <summary>What the shopper has typed so far; empty fields when that is nothing. Null when the database is out of reach.</summary>
    public async Task<DeliveryDetails?> FindDraftAsync(CartId cartId, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            return await db.CheckoutDrafts.Where(draft => draft.CartId == cartId.Value).Select(draft => new DeliveryDetails
            {
                Email = draft.Email,
                Name = draft.Name,
                Address = draft.Address,
                City = draft.City,
                PostalCode = draft.PostalCode,
                Country = draft.Country,
            }).FirstOrDefaultAsync(cancellationToken) ?? new DeliveryDetails();
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return null;
        }
    }

    /// <summary>Keeps what is typed so far, valid or not. False when it could not be kept.</summary>
    public async Task<bool> SaveDraftAsync(CartId cartId, DeliveryDetails typed, CancellationToken cancellationToken = default)
    {
        var draft = typed.Tidy();
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            // Only for a cart that is stored: what nobody can buy with needs no draft.
            return await db.Database.ExecuteSqlAsync(
                $"""
                insert into checkout_drafts (cart_id, email, name, address, city, postal_code, country)
                select id, {draft.Email}, {draft.Name}, {draft.Address}, {draft.City}, {draft.PostalCode}, {draft.Country}
                from carts where id = {cartId.Value}
                on conflict (cart_id) do update set (email, name, address, city, postal_code, country)
                  = (excluded.email, excluded.name, excluded.address, excluded.city, excluded.postal_code, excluded.country)
                """,
                cancellationToken) > 0;
        }
        catch (Exception exception) when (DatabaseOutage.Is(exception))
        {
            return false;
        }
    }
}
