using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class RefusalsTests
{
    private readonly Refusals refusals = new(Some.Meter);

    public static TheoryData<PurchaseOutcome, RefusalReason> Purchases => new()
    {
        { new PurchaseOutcome.SoldOut([1]), RefusalReason.Gone },
        { new PurchaseOutcome.LimitReached(), RefusalReason.Limit },
        { new PurchaseOutcome.NotForSale([1]), RefusalReason.NotOnSale },
        { PurchaseOutcome.CartChanged.Wholly, RefusalReason.Changed },
        { new PurchaseOutcome.KeyReused(), RefusalReason.Changed },
        { new PurchaseOutcome.Busy(), RefusalReason.Busy },
        { new PurchaseOutcome.Unavailable(), RefusalReason.Unavailable },
    };

    [Theory]
    [MemberData(nameof(Purchases))]
    public void A_purchase_that_is_refused_counts_once_for_its_reason(PurchaseOutcome outcome, RefusalReason reason)
    {
        Assert.Same(outcome, refusals.Count(outcome));

        Assert.Equal([reason], Counted());
    }

    [Theory]
    [InlineData(AddOutcome.SoldOut, RefusalReason.Gone)]
    [InlineData(AddOutcome.AlreadyInCart, RefusalReason.Limit)]
    [InlineData(AddOutcome.CartFull, RefusalReason.Limit)]
    [InlineData(AddOutcome.NotForSale, RefusalReason.NotOnSale)]
    [InlineData(AddOutcome.Stopped, RefusalReason.NotOnSale)]
    [InlineData(AddOutcome.Unavailable, RefusalReason.Unavailable)]
    public void So_does_a_pair_that_did_not_get_into_a_cart(AddOutcome outcome, RefusalReason reason)
    {
        Assert.Equal(outcome, refusals.Count(outcome));

        Assert.Equal([reason], Counted());
    }

    [Fact]
    public void What_was_not_refused_or_only_mistyped_does_not_count()
    {
        refusals.Count(AddOutcome.Added);
        refusals.Count(new PurchaseOutcome.Placed("7K4M-92QX", IsRepeat: false));
        refusals.Count(new PurchaseOutcome.Invalid(["Say where."]));

        Assert.Empty(Counted());
    }

    private IEnumerable<RefusalReason> Counted() =>
        Enum.GetValues<RefusalReason>().SelectMany(reason => Enumerable.Repeat(reason, (int)refusals.Counts[(int)reason]));
}
