using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class PurchaseDecisionTests
{
    private const int Hot = 1;
    private const int Plenty = 2;
    private const int Gone = 3;
    private const int Soon = 4;

    private readonly PurchaseFacts facts = new(
        new Dictionary<int, ItemFacts>
        {
            [Hot] = Item(available: 2),
            [Plenty] = Item(available: 100),
            [Gone] = Item(available: 0),
            [Soon] = Item(available: 9) with { IsForSale = false },
        },
        [],
        []);

    [Fact]
    public void First_come_first_served()
    {
        var requests = Enumerable.Range(0, 4).Select(_ => Shopper(Hot)).ToList();
        var decision = new PurchaseDecision(facts);

        var outcomes = requests.ConvertAll(decision.Decide);

        Assert.All(outcomes[..2], outcome => Assert.False(Assert.IsType<PurchaseOutcome.Placed>(outcome).IsRepeat));
        Assert.All(outcomes[2..], outcome => Assert.Equal([Hot], Assert.IsType<PurchaseOutcome.SoldOut>(outcome).ItemIds.AsEnumerable()));
        Assert.Equal(requests[..2], decision.Placed.ConvertAll(order => order.Request));
        Assert.Equal([(Hot, 2)], decision.Taken());
    }

    [Fact]
    public void An_order_is_placed_whole_or_not_at_all()
    {
        var decision = new PurchaseDecision(facts);

        var refused = Assert.IsType<PurchaseOutcome.SoldOut>(decision.Decide(Shopper(Plenty, Gone, Hot)));

        Assert.Equal([Gone], refused.ItemIds.AsEnumerable());
        Assert.Empty(decision.Placed);
        Assert.Empty(decision.Taken());
    }

    [Fact]
    public void What_a_refused_order_wanted_is_left_for_the_next()
    {
        var (greedy, modest) = (Shopper(Hot, Gone), Shopper(Hot));
        var decision = new PurchaseDecision(facts);

        decision.Decide(greedy);
        decision.Decide(modest);

        Assert.Equal([(Hot, 1)], decision.Taken());
    }

    [Fact]
    public void All_items_that_are_gone_are_named_in_the_order_of_the_request()
    {
        facts.Items[Hot] = Item(available: 0);

        var refused = Assert.IsType<PurchaseOutcome.SoldOut>(new PurchaseDecision(facts).Decide(Shopper(Gone, Plenty, Hot)));

        Assert.Equal([Gone, Hot], refused.ItemIds.AsEnumerable());
    }

    [Fact]
    public void What_is_coming_soon_is_refused_before_what_is_gone()
    {
        var refused = Assert.IsType<PurchaseOutcome.NotForSale>(new PurchaseDecision(facts).Decide(Shopper(Gone, Soon)));

        Assert.Equal([Soon], refused.ItemIds.AsEnumerable());
    }

    [Fact]
    public void A_repeat_within_the_batch_gets_the_first_order()
    {
        var request = Shopper(Hot, Plenty);
        var decision = new PurchaseDecision(facts);

        var first = Assert.IsType<PurchaseOutcome.Placed>(decision.Decide(request));
        var second = Assert.IsType<PurchaseOutcome.Placed>(decision.Decide(request));

        Assert.Equal(first with { IsRepeat = true }, second);
        Assert.Single(decision.Placed);
    }

    [Fact]
    public void A_repeat_of_a_stored_order_gets_it_though_the_cart_is_empty_and_the_item_gone()
    {
        var request = Shopper(Gone) with { };
        facts.Orders.Add(request.Key, new KnownOrder("0000-AAAA", request.CartId, [Gone]));
        facts.Carts[request.CartId] = new CartFacts(Guid.NewGuid(), []);

        Assert.Equal(new PurchaseOutcome.Placed("0000-AAAA", IsRepeat: true), new PurchaseDecision(facts).Decide(request));
    }

    [Fact]
    public void The_key_of_an_order_of_other_items_is_refused()
    {
        var request = Shopper(Hot);
        facts.Orders.Add(request.Key, new KnownOrder("0000-AAAA", request.CartId, [Hot, Plenty]));

        Assert.IsType<PurchaseOutcome.KeyReused>(new PurchaseDecision(facts).Decide(request));
    }

    [Fact]
    public void The_key_of_another_shoppers_order_is_refused()
    {
        var request = Shopper(Hot);
        facts.Orders.Add(request.Key, new KnownOrder("0000-AAAA", CartId.New(), [Hot]));

        Assert.IsType<PurchaseOutcome.KeyReused>(new PurchaseDecision(facts).Decide(request));
    }

    [Fact]
    public void A_cart_buys_once_in_a_batch_whatever_key_is_given()
    {
        var request = Shopper(Plenty);
        var decision = new PurchaseDecision(facts);
        decision.Decide(request);

        Assert.IsType<PurchaseOutcome.CartChanged>(decision.Decide(request with { Key = Guid.NewGuid() }));
    }

    [Fact]
    public void Nothing_is_sold_when_the_price_differs_from_what_was_shown()
    {
        var request = Shopper(Plenty);
        facts.Items[Plenty] = facts.Items[Plenty] with { Price = Some.Price + 0.01m };

        Assert.IsType<PurchaseOutcome.CartChanged>(new PurchaseDecision(facts).Decide(request));
    }

    [Fact]
    public void Nothing_is_sold_when_the_cart_differs_from_what_was_shown()
    {
        var shown = Shopper(Plenty, Hot);
        PurchaseOutcome Decide(params int[] held)
        {
            facts.Carts[shown.CartId] = new CartFacts(shown.Key, [.. held]);
            return new PurchaseDecision(facts).Decide(shown);
        }

        Assert.IsType<PurchaseOutcome.CartChanged>(Decide());
        Assert.IsType<PurchaseOutcome.CartChanged>(Decide(Plenty));
        Assert.IsType<PurchaseOutcome.CartChanged>(Decide(Plenty, Gone));
        Assert.IsType<PurchaseOutcome.CartChanged>(Decide(Plenty, Hot, Gone));
        Assert.IsType<PurchaseOutcome.Placed>(Decide(Hot, Plenty));
    }

    [Fact]
    public void Nothing_is_sold_twice_to_a_request_that_names_an_item_twice()
    {
        var request = Shopper(Plenty);

        Assert.IsType<PurchaseOutcome.CartChanged>(new PurchaseDecision(facts).Decide(request with { Lines = [request.Lines[0], request.Lines[0]] }));
    }

    [Fact]
    public void Nothing_is_sold_with_a_key_that_is_not_the_carts()
    {
        Assert.IsType<PurchaseOutcome.CartChanged>(new PurchaseDecision(facts).Decide(Shopper(Plenty) with { Key = Guid.NewGuid() }));
        Assert.IsType<PurchaseOutcome.CartChanged>(new PurchaseDecision(facts).Decide(Shopper(Plenty) with { Key = Guid.Empty }));
    }

    [Fact]
    public void Nothing_is_sold_to_a_cart_that_is_not_stored() =>
        Assert.IsType<PurchaseOutcome.CartChanged>(new PurchaseDecision(facts).Decide(Shopper(Plenty) with { CartId = CartId.New() }));

    [Fact]
    public void Nothing_is_sold_that_the_shop_does_not_have() =>
        Assert.IsType<PurchaseOutcome.CartChanged>(new PurchaseDecision(facts).Decide(Shopper(404)));

    private static ItemFacts Item(int available) => new("SKU", "Name", 8, Some.Price, IsForSale: true, available);

    /// <summary>A shopper who holds these items and asks for them.</summary>
    private PurchaseRequest Shopper(params int[] itemIds)
    {
        var request = Some.Request(new Cart(CartId.New(), 1, Guid.NewGuid(), [.. itemIds]));
        facts.Carts.Add(request.CartId, new CartFacts(request.Key, [.. itemIds]));
        return request;
    }
}
