using LiveShop.Load;

namespace LiveShop.Tests.Load;

public sealed class PurchaseBookTests
{
    private const string Ana = "ana@example.com";
    private const string Bo = "bo@example.com";

    private readonly PurchaseBook book = new();

    [Fact]
    public void Orders_that_are_as_shoppers_were_told_are_right()
    {
        book.Begin(Ana).ShowConfirmation("A1");
        var lost = book.Begin(Bo);
        lost.LoseAnswer();
        lost.LoseAnswer(byHangingUp: true);
        lost.FindCartEmpty();
        book.Begin("out-of-luck@example.com").Refuse(Refusal.GoneWhilePaying);

        Assert.Empty(book.Compare([new("A1", Ana), new("B1", Bo)]));
        Assert.Equal((1, 1, 2, 1), (book.Confirmed, book.FoundPlaced, book.Lost, book.HungUp));
        Assert.Equal(2, book.Successes.Count);
        Assert.Equal([("cart empty", 1)], book.LearnedLate);
    }

    [Fact]
    public void An_order_that_the_shopper_was_told_of_and_that_is_not_there_is_named() =>
        Assert.Equal(["ana@example.com was told that it is placed, and has no order (confirmation)."], After(purchase => purchase.ShowConfirmation("A1")));

    [Fact]
    public void So_is_one_of_an_empty_cart_that_nobody_bought_with_what_happened()
    {
        var wrong = After(purchase =>
        {
            purchase.LoseAnswer();
            purchase.Refuse(Refusal.Busy);
            purchase.FindCartEmpty();
        });

        Assert.Equal(["ana@example.com was told that it is placed, and has no order (answer lost, busy, cart empty)."], wrong);
    }

    [Fact]
    public void So_is_an_order_that_the_shopper_was_told_was_not_sold() =>
        Assert.Equal(["ana@example.com was told that nothing is sold, and has order A1 (busy)."], After(purchase => purchase.Refuse(Refusal.Busy), new PlacedOrder("A1", Ana)));

    [Fact]
    public void So_is_a_purchase_that_was_placed_twice() => Assert.Equal(
        ["ana@example.com has 2 orders: A1, A2 (confirmation)."], After(purchase => purchase.ShowConfirmation("A1"), new PlacedOrder("A2", Ana), new PlacedOrder("A1", Ana)));

    [Fact]
    public void So_is_a_confirmation_of_another_order() =>
        Assert.Equal(["ana@example.com was shown order A1, and has A2 (confirmation)."], After(purchase => purchase.ShowConfirmation("A1"), new PlacedOrder("A2", Ana)));

    [Fact]
    public void So_is_an_order_of_nobody() =>
        Assert.Equal(["Order B1 is of nobody's: bo@example.com."], After(purchase => purchase.ShowConfirmation("A1"), new PlacedOrder("A1", Ana), new PlacedOrder("B1", Bo)));

    [Fact]
    public void A_lost_answer_leaves_it_open_until_the_database_says_that_the_pair_is_gone()
    {
        var purchase = book.Begin(Ana);

        purchase.LoseAnswer();
        Assert.True(purchase.MayBePlaced);
        purchase.Refuse(Refusal.CartChanged);
        Assert.True(purchase.MayBePlaced);
        purchase.Refuse(Refusal.GoneWhilePaying);
        Assert.False(purchase.MayBePlaced);
    }

    private IReadOnlyList<string> After(Action<Purchase> told, params PlacedOrder[] orders)
    {
        told(book.Begin(Ana));
        return book.Compare(orders);
    }
}
