using LiveShop.Domain;
using LiveShop.Web.Shopper;

namespace LiveShop.Tests;

public sealed class WordsTests
{
    private static readonly CartLine HopMan = new(11, "Hop Man 3", 8.5m, 120, IsGone: false);
    private static readonly CartLine Breezy = new(25, "Breezy Boost 600", 10, 140, IsGone: false);

    private static readonly Shelf Shelf = Domain.Shelf.Empty(StockLevels.Default).Apply(
    [
        new ProductChanged(new Product(1, "A", "Brand", "Hop Man 3", "black", 150, null, null, Version: 1, [new Item(11, "A-8", 8.5m), new Item(12, "A-9", 9)])),
        new ProductChanged(new Product(2, "B", "Brand", "Breezy Boost 600", "white", 140, null, null, Version: 1, [new Item(25, "B-10", 10)])),
    ]);

    [Theory]
    [InlineData("0", "$0")]
    [InlineData("120", "$120")]
    [InlineData("120.00", "$120")]
    [InlineData("99.5", "$99.50")]
    [InlineData("1234567.89", "$1,234,567.89")]
    public void Prices_have_cents_only_where_there_are_any(string price, string said) =>
        Assert.Equal(said, Words.Price(decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("8", "8")]
    [InlineData("8.0", "8")]
    [InlineData("8.5", "8.5")]
    [InlineData("12.5", "12.5")]
    public void Sizes_have_a_decimal_only_where_there_is_one(string size, string said) =>
        Assert.Equal(said, Words.Size(decimal.Parse(size, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Times_are_told_in_utc_because_the_server_does_not_know_where_the_shopper_is() =>
        Assert.Equal("21 November 2026 at 16:30 UTC", Words.Time(new DateTimeOffset(2026, 11, 21, 18, 30, 0, TimeSpan.FromHours(2))));

    [Fact]
    public void Every_stock_level_has_a_word_of_its_own()
    {
        var words = Enum.GetValues<StockLevel>().Select(Words.Level).ToList();

        Assert.Equal(words.Distinct(), words);
        Assert.All(words, word => Assert.DoesNotContain(word, char.IsDigit));
    }

    [Fact]
    public void Every_outcome_of_adding_has_words_of_its_own_and_only_success_is_no_trouble()
    {
        var said = Enum.GetValues<AddOutcome>().ToDictionary(outcome => outcome, outcome => Words.Added(outcome, Shelf, itemId: null));

        Assert.Equal(said.Count, said.Values.Select(words => words.Item1).Distinct().Count());
        Assert.All(said, words => Assert.Equal(words.Key == AddOutcome.Added ? MessageKind.News : MessageKind.Trouble, words.Value.Item2));
        Assert.Equal(Words.Unavailable, said[AddOutcome.Unavailable].Item1);
    }

    [Fact]
    public void One_that_is_gone_is_named_and_so_are_several()
    {
        Assert.Equal("Hop Man 3, size 8.5, is gone. Pick another.", Words.Gone([HopMan]));
        Assert.Equal("Hop Man 3, size 8.5, and Breezy Boost 600, size 10, are gone. Pick others.", Words.Gone([HopMan, Breezy]));
    }

    [Fact]
    public void Every_outcome_of_a_purchase_but_success_has_words_of_its_own()
    {
        var outcomes = AllNotSold();
        Assert.Equal(typeof(PurchaseOutcome).GetNestedTypes().Where(type => type != typeof(PurchaseOutcome.Placed)).ToHashSet(), outcomes.Select(outcome => outcome.GetType()).ToHashSet());

        var said = outcomes.Select(outcome => Words.NotSold(outcome, [HopMan, Breezy], Shelf)).ToList();

        Assert.DoesNotContain(null, said);
        Assert.Equal(said.Distinct(), said);
        Assert.Null(Words.NotSold(new PurchaseOutcome.Placed("7K4M-92QX", IsRepeat: false), [HopMan], Shelf));
    }

    [Fact]
    public void A_purchase_that_failed_for_some_items_names_just_those()
    {
        var said = Words.NotSold(new PurchaseOutcome.SoldOut([25]), [HopMan, Breezy], Shelf);

        Assert.Contains("Breezy Boost 600, size 10", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Hop Man 3", said, StringComparison.Ordinal);
        Assert.Contains("Hop Man 3, size 8.5", Words.NotSold(new PurchaseOutcome.NotForSale([11]), [HopMan, Breezy], Shelf), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cart_or_price_that_changed_is_told_with_what_is_different()
    {
        Assert.Equal(
            "Not sold: Hop Man 3 costs $150 now, not $120. Nothing was charged. Look again, then place the order.",
            NotSold(new PurchaseOutcome.CartChanged([], [], [new PurchaseLine(11, 150)])));
        Assert.StartsWith("Not sold: Hop Man 3, size 9, is in your cart too.", NotSold(new PurchaseOutcome.CartChanged([12], [], [])), StringComparison.Ordinal);
        Assert.StartsWith("Not sold: Breezy Boost 600, size 10, is no longer in your cart.", NotSold(new PurchaseOutcome.CartChanged([], [25], [])), StringComparison.Ordinal);
        Assert.StartsWith("Not sold: A pair is in your cart too.", NotSold(new PurchaseOutcome.CartChanged([404], [], [])), StringComparison.Ordinal);

        static string NotSold(PurchaseOutcome outcome) => Words.NotSold(outcome, [HopMan, Breezy], Shelf)!;
    }

    [Fact]
    public void Two_sizes_of_a_product_whose_price_changed_are_one_piece_of_news() => Assert.Equal(
        "Not sold: Hop Man 3 costs $150 now, not $120. Nothing was charged. Look again, then place the order.",
        Words.NotSold(new PurchaseOutcome.CartChanged([], [], [new PurchaseLine(11, 150), new PurchaseLine(12, 150)]), [HopMan, HopMan with { ItemId = 12, Size = 9 }], Shelf));

    [Fact]
    public void Of_many_prices_that_changed_at_once_some_are_named_and_the_others_counted()
    {
        var changes = Enumerable.Range(1, 5).Select(n => new PriceChange($"Shoe {n}", 150, 120)).ToList();

        Assert.Equal("Shoe 1 costs $150 now, not $120.", Words.Changed([changes[0]], []));
        Assert.Equal("Shoe 1 costs $150 now, not $120. Hop Man 3, size 8.5, is gone. Pick another.", Words.Changed([changes[0]], [HopMan]));
        Assert.EndsWith("Shoe 3 costs $150 now, not $120. 2 more prices changed.", Words.Changed(changes, []), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_of_an_order_that_may_have_been_placed_is_it_not_said_that_nothing_was_charged()
    {
        var silent = AllNotSold().Where(outcome => Words.NotSold(outcome, [HopMan], Shelf)?.Contains("Nothing was charged", StringComparison.Ordinal) == false).Select(outcome => outcome.GetType());

        Assert.Equal([typeof(PurchaseOutcome.KeyReused), typeof(PurchaseOutcome.Invalid), typeof(PurchaseOutcome.Unavailable)], silent);
    }

    [Fact]
    public void The_same_message_said_again_is_another_message()
    {
        var first = default(Message).Next("Gone.", MessageKind.Trouble);

        Assert.True(default(Message).IsEmpty);
        Assert.False(first.IsEmpty);
        Assert.NotEqual(first, first.Next("Gone.", MessageKind.Trouble));
    }

    private static PurchaseOutcome[] AllNotSold() =>
    [
        new PurchaseOutcome.SoldOut([11]),
        new PurchaseOutcome.NotForSale([11]),
        PurchaseOutcome.CartChanged.Wholly,
        new PurchaseOutcome.LimitReached(),
        new PurchaseOutcome.KeyReused(),
        new PurchaseOutcome.Invalid(["Enter the city."]),
        new PurchaseOutcome.Busy(),
        new PurchaseOutcome.Unavailable(),
    ];
}
