using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LiveShop.Domain;

internal sealed class CheckoutMetrics(Meter meter)
{
    private readonly Counter<long> purchases = meter.CreateCounter<long>("liveshop.purchases", "{purchase}", "Attempts to buy a cart that were answered, by outcome.");
    private readonly Counter<long> pairs = meter.CreateCounter<long>("liveshop.pairs.sold", "{pair}", "Pairs sold in orders that this node placed.");
    private readonly Histogram<int> batch = meter.CreateHistogram("liveshop.purchase.batch.size", "{purchase}", "Purchases decided in one transaction.", advice: Buckets.Purchases);
    private readonly Histogram<double> wait = meter.CreateHistogram("liveshop.purchase.wait", "s", "Time that a purchase waited in the queue.", advice: Buckets.Seconds);
    private readonly Histogram<double> commit = meter.CreateHistogram("liveshop.purchase.commit", "s", "Time of a batch's transaction, from its connection to its commit.", advice: Buckets.Seconds);
    private readonly Histogram<double> answer = meter.CreateHistogram("liveshop.purchase.answer", "s", "Time from the shopper's order to its answer, refusals included.", advice: Buckets.Seconds);

    public void WatchQueue(Func<int> length)
    {
        meter.CreateObservableGauge("liveshop.purchase.queue.length", length, "{purchase}", "Purchases that wait to be decided.");
        meter.CreateObservableGauge("liveshop.purchase.queue.capacity", () => PurchaseQueue.Capacity, "{purchase}", "Purchases that may wait; past that shoppers are told that the shop is busy.");
    }

    public void Taken(IReadOnlyCollection<Purchase> taken)
    {
        batch.Record(taken.Count);
        if (!wait.Enabled) return;
        foreach (var purchase in taken) wait.Record(Stopwatch.GetElapsedTime(purchase.EnqueuedAt).TotalSeconds);
    }

    /// <param name="begun">A timestamp of <see cref="Stopwatch"/>.</param>
    public void Committed(long begun, int sold)
    {
        commit.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds);
        pairs.Add(sold);
    }

    /// <param name="begun">A timestamp of <see cref="Stopwatch"/>.</param>
    public void Answered(long begun, PurchaseOutcome outcome)
    {
        answer.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds);
        purchases.Add(1, new KeyValuePair<string, object?>("outcome", LabelOf(outcome)));
    }

    private static string LabelOf(PurchaseOutcome outcome) => outcome switch
    {
        PurchaseOutcome.Placed { IsRepeat: true } => "repeat",
        PurchaseOutcome.Placed => "placed",
        PurchaseOutcome.SoldOut => "sold_out",
        PurchaseOutcome.NotForSale => "not_for_sale",
        PurchaseOutcome.CartChanged => "cart_changed",
        PurchaseOutcome.LimitReached => "limit_reached",
        PurchaseOutcome.KeyReused => "key_reused",
        PurchaseOutcome.Invalid => "invalid",
        PurchaseOutcome.Busy => "busy",
        _ => "unavailable",
    };
}
