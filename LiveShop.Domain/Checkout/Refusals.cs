using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace LiveShop.Domain;

/// <summary>What shoppers of this node did not get, counted by reason since the node started.</summary>
public sealed class Refusals
{
    private readonly long[] counts = new long[Enum.GetValues<RefusalReason>().Length];

    public Refusals(Meter meter) => meter.CreateObservableCounter(
        "liveshop.refusals", () => Counts.Select((count, reason) => new Measurement<long>(count, new KeyValuePair<string, object?>("reason", Label((RefusalReason)reason)))),
        "{refusal}", "What shoppers of this node did not get, into the cart or bought, by reason.");

    /// <summary>Every reason, in the order of the enumeration.</summary>
    public ImmutableArray<long> Counts => [.. counts.Select((_, reason) => Interlocked.Read(ref counts[reason]))];

    internal AddOutcome Count(AddOutcome outcome)
    {
        Count(outcome switch
        {
            AddOutcome.Added => null,
            AddOutcome.SoldOut => RefusalReason.Gone,
            AddOutcome.AlreadyInCart or AddOutcome.CartFull => RefusalReason.Limit,
            AddOutcome.NotForSale or AddOutcome.Stopped => RefusalReason.NotOnSale,
            _ => RefusalReason.Unavailable,
        });
        return outcome;
    }

    internal PurchaseOutcome Count(PurchaseOutcome outcome)
    {
        Count(outcome switch
        {
            // What is mistyped is mended and sent again.
            PurchaseOutcome.Placed or PurchaseOutcome.Invalid => null,
            PurchaseOutcome.SoldOut => RefusalReason.Gone,
            PurchaseOutcome.LimitReached => RefusalReason.Limit,
            PurchaseOutcome.NotForSale => RefusalReason.NotOnSale,
            PurchaseOutcome.Busy => RefusalReason.Busy,
            PurchaseOutcome.CartChanged or PurchaseOutcome.KeyReused => RefusalReason.Changed,
            _ => RefusalReason.Unavailable,
        });
        return outcome;
    }

    private static string Label(RefusalReason reason) => reason is RefusalReason.NotOnSale ? "not_on_sale" : reason.ToString().ToLowerInvariant();

    private void Count(RefusalReason? reason)
    {
        if (reason is { } counted) Interlocked.Increment(ref counts[(int)counted]);
    }
}

/// <summary>Why a shopper did not get a pair, into the cart or bought.</summary>
public enum RefusalReason
{
    /// <summary>The last pair was sold.</summary>
    Gone,

    /// <summary>More than one shopper may have.</summary>
    Limit,

    /// <summary>Not released, or paused.</summary>
    NotOnSale,

    /// <summary>The cart or a price was no longer what the form showed.</summary>
    Changed,

    /// <summary>The purchase queue was full.</summary>
    Busy,

    /// <summary>The database did not confirm.</summary>
    Unavailable,
}
