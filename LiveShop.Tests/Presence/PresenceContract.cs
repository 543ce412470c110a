using FsCheck;
using FsCheck.Fluent;
using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

/// <summary>What every <see cref="IPresence"/> promises.</summary>
public abstract class PresenceContract
{
    private const string Store = "/";
    private const string Checkout = "/checkout";

    private static readonly TimeSpan AMoment = TimeSpan.FromMilliseconds(1);

    private readonly CartId ana = CartId.New();
    private readonly CartId bob = CartId.New();

    private protected CountedTime Time { get; } = new();

    /// <summary>Empty at first, and living in <see cref="Time"/>.</summary>
    protected abstract IPresence Presence { get; }

    [Fact]
    public void At_first_nobody_is_here() => AssertNobody();

    [Fact]
    public void A_cart_with_a_tab_is_a_shopper_on_that_page()
    {
        Presence.Enter("a", ana, Store);
        Presence.Enter("b", bob, Checkout);

        Assert.Equal("2 shoppers, 0 with cart; / 1, /checkout 1; ", Seen());
    }

    [Fact]
    public void A_cart_with_two_tabs_on_a_page_counts_once_there()
    {
        Presence.Enter("a1", ana, Store);
        Presence.Enter("a2", ana, Store);
        Presence.Enter("b", bob, Store);

        Assert.Equal("2 shoppers, 0 with cart; / 2; ", Seen());
    }

    [Fact]
    public void A_cart_in_three_tabs_on_three_pages_is_one_shopper_on_three_pages()
    {
        Presence.Enter("a1", ana, Store);
        Presence.Enter("a2", ana, Checkout);
        Presence.Enter("a3", ana, "/help");

        Assert.Equal("1 shoppers, 0 with cart; / 1, /checkout 1, /help 1; ", Seen());
    }

    [Fact]
    public void Entering_again_moves_the_tab_and_keeps_what_the_cart_holds()
    {
        Presence.Enter("a", ana, Store);
        Hold(ana, 1, 7);

        Presence.Enter("a", ana, Checkout);

        Assert.Equal("1 shoppers, 1 with cart; /checkout 1; 7 in 1", Seen());
    }

    [Fact]
    public void A_circuit_that_enters_with_another_cart_leaves_the_first_one()
    {
        Presence.Enter("a", ana, Store);
        Hold(ana, 1, 7);

        Presence.Enter("a", bob, Store);

        Assert.Equal("1 shoppers, 0 with cart; / 1; ", Seen());
    }

    [Fact]
    public void Each_item_counts_the_carts_that_hold_it()
    {
        Presence.Enter("a1", ana, Store);
        Presence.Enter("a2", ana, Checkout);
        Presence.Enter("b", bob, Store);

        Hold(ana, 1, 7, 8);
        Hold(bob, 1, 8);

        Assert.Equal("2 shoppers, 2 with cart; / 2, /checkout 1; 7 in 1, 8 in 2", Seen());
    }

    [Fact]
    public void The_newest_state_of_a_cart_takes_the_place_of_the_one_before()
    {
        Presence.Enter("a", ana, Store);
        Hold(ana, 1, 7, 8);

        Hold(ana, 2, 8, 9);
        Assert.Equal("1 shoppers, 1 with cart; / 1; 8 in 1, 9 in 1", Seen());

        Hold(ana, 3);
        Assert.Equal("1 shoppers, 0 with cart; / 1; ", Seen());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void A_state_that_is_not_newer_is_ignored(long version)
    {
        Presence.Enter("a", ana, Store);
        Hold(ana, 5, 7);

        Hold(ana, version, 8);

        Assert.Equal("1 shoppers, 1 with cart; / 1; 7 in 1", Seen());
    }

    [Fact]
    public void A_state_that_replaces_a_newer_one_counts_and_so_does_what_follows_it()
    {
        Presence.Enter("a", ana, Store);
        Hold(ana, 5, 7);

        Presence.Replace(Cart.Empty(ana));
        Assert.Equal("1 shoppers, 0 with cart; / 1; ", Seen());
        Presence.Replace(Cart.Empty(bob));
        Assert.Equal("1 shoppers, 0 with cart; / 1; ", Seen());

        Hold(ana, 4, 8);
        Assert.Equal("1 shoppers, 1 with cart; / 1; 8 in 1", Seen());
    }

    [Fact]
    public void What_a_cart_holds_that_is_not_here_is_ignored_also_when_it_comes()
    {
        Hold(ana, 1, 7);
        AssertNobody();

        Presence.Enter("a", ana, Store);

        Assert.Equal("1 shoppers, 0 with cart; / 1; ", Seen());
    }

    [Fact]
    public void A_tab_that_left_counts_until_it_has_lingered()
    {
        Presence.Enter("a", ana, Store);
        Hold(ana, 1, 7);

        Presence.Leave("a");
        Time.Advance(IPresence.Linger - AMoment);
        Assert.Equal("1 shoppers, 1 with cart; / 1; 7 in 1", Seen());

        Time.Advance(AMoment);
        AssertNobody();
    }

    [Fact]
    public void A_cart_that_lingers_is_told_what_it_holds()
    {
        Presence.Enter("a", ana, Store);
        Presence.Leave("a");

        Hold(ana, 1, 7);

        Assert.Equal("1 shoppers, 1 with cart; / 1; 7 in 1", Seen());
    }

    [Fact]
    public void A_cart_keeps_what_it_holds_until_its_last_tab_is_gone()
    {
        Presence.Enter("a1", ana, Store);
        Presence.Enter("a2", ana, Checkout);
        Hold(ana, 1, 7);

        LeaveForGood("a1");
        Assert.Equal("1 shoppers, 1 with cart; /checkout 1; 7 in 1", Seen());

        LeaveForGood("a2");
        AssertNobody();
    }

    [Fact]
    public void A_cart_that_comes_back_later_is_told_anew_what_it_holds()
    {
        Presence.Enter("a", ana, Store);
        Hold(ana, 5, 7);
        LeaveForGood("a");

        Presence.Enter("a", ana, Store);
        Assert.Equal("1 shoppers, 0 with cart; / 1; ", Seen());

        Hold(ana, 5, 7);
        Assert.Equal("1 shoppers, 1 with cart; / 1; 7 in 1", Seen());
    }

    [Fact]
    public void From_one_page_to_the_next_by_a_new_circuit_is_one_move()
    {
        Presence.Enter("before", ana, Store);
        Hold(ana, 1, 7);
        Presence.Leave("before");
        var version = Presence.Version;

        Presence.Enter("after", ana, Checkout);

        Assert.Equal("1 shoppers, 1 with cart; /checkout 1; 7 in 1", Seen());
        Assert.Equal(version + 1, Presence.Version);
        Time.Advance(IPresence.Linger);
        Assert.Equal("1 shoppers, 1 with cart; /checkout 1; 7 in 1", Seen());
    }

    [Fact]
    public void A_new_circuit_takes_the_place_of_only_the_one_that_left_first()
    {
        Presence.Enter("a1", ana, Store);
        Presence.Enter("a2", ana, Checkout);
        Presence.Leave("a2");
        Time.Advance(AMoment);
        Presence.Leave("a1");

        Presence.Enter("a3", ana, "/help");
        Assert.Equal("1 shoppers, 0 with cart; / 1, /help 1; ", Seen());

        Time.Advance(IPresence.Linger);
        Assert.Equal("1 shoppers, 0 with cart; /help 1; ", Seen());
    }

    [Fact]
    public void A_tab_that_is_here_takes_nobodys_place_when_it_moves()
    {
        Presence.Enter("a1", ana, Store);
        Presence.Enter("a2", ana, Store);
        Presence.Leave("a1");

        Presence.Enter("a2", ana, Checkout);

        Assert.Equal("1 shoppers, 0 with cart; / 1, /checkout 1; ", Seen());
    }

    [Fact]
    public void Another_cart_takes_nobodys_place()
    {
        Presence.Enter("a", ana, Store);
        Presence.Leave("a");

        Presence.Enter("b", bob, Store);

        Assert.Equal("2 shoppers, 0 with cart; / 2; ", Seen());
    }

    [Fact]
    public void A_circuit_that_comes_back_while_it_lingers_stays()
    {
        Presence.Enter("a", ana, Store);
        Presence.Leave("a");

        Presence.Enter("a", ana, Store);
        Time.Advance(IPresence.Linger * 2);

        Assert.Equal("1 shoppers, 0 with cart; / 1; ", Seen());
    }

    [Fact]
    public void Leaving_again_after_coming_back_lingers_anew()
    {
        Presence.Enter("a", ana, Store);
        Presence.Leave("a");
        Time.Advance(IPresence.Linger - AMoment);
        Presence.Enter("a", ana, Store);
        Presence.Leave("a");

        Time.Advance(IPresence.Linger - AMoment);
        Assert.Equal(1, Presence.Totals.Shoppers);

        Time.Advance(AMoment);
        AssertNobody();
    }

    [Fact]
    public void Leaving_twice_does_not_linger_longer()
    {
        Presence.Enter("a", ana, Store);
        Presence.Leave("a");
        Time.Advance(IPresence.Linger - AMoment);

        Presence.Leave("a");
        Time.Advance(AMoment);

        AssertNobody();
    }

    [Fact]
    public void The_leave_of_an_unknown_circuit_does_nothing()
    {
        Presence.Enter("a", ana, Store);

        LeaveForGood("stranger");

        Assert.Equal("1 shoppers, 0 with cart; / 1; ", Seen());
    }

    [Fact]
    public void The_version_grows_with_each_change_of_the_totals()
    {
        var versions = new List<long> { Presence.Version };
        void Then(Action change)
        {
            change();
            versions.Add(Presence.Version);
        }

        Then(() => Presence.Enter("a", ana, Store));
        Then(() => Presence.Enter("a", ana, Checkout));
        Then(() => Hold(ana, 1, 7));
        Then(() => Hold(ana, 2, 8));
        Then(() => LeaveForGood("a"));

        Assert.Equal(versions.Order().Distinct(), versions);
    }

    [Fact]
    public void The_version_and_the_snapshot_stay_when_nothing_changes_the_totals()
    {
        Presence.Enter("a1", ana, Store);
        Hold(ana, 5, 7);
        var (version, totals) = (Presence.Version, Presence.Totals);

        Presence.Enter("a1", ana, Store);
        Presence.Enter("a2", ana, Store);
        Hold(ana, 4, 8);
        Hold(ana, 6, 7);
        Hold(bob, 1, 8);
        LeaveForGood("a2");
        LeaveForGood("stranger");
        Presence.Leave("a1");
        Presence.Enter("a3", ana, Store);

        Assert.Equal(version, Presence.Version);
        Assert.Same(totals, Presence.Totals);
    }

    [Fact]
    public void Whatever_is_done_the_totals_are_what_counting_everybody_would_find()
    {
        var carts = Enumerable.Range(0, 4).Select(_ => CartId.New()).ToList();
        var steps = Gen.Choose(0, 9).Zip(Gen.Choose(0, 7)).Zip(Gen.Choose(0, 3)).Zip(Gen.Choose(0, 7)).Sample(3000);
        var (crowd, log) = (new CountedCrowd(Time), new List<string>());

        foreach (var (((kind, tab), cart), number) in steps)
        {
            var (circuitId, cartId, page) = ($"circuit {tab}", carts[cart], $"/{number % 3}");
            switch (kind)
            {
                case < 4:
                    log.Add($"Enter({circuitId}, {cart}, {page})");
                    Presence.Enter(circuitId, cartId, page);
                    crowd.Enter(circuitId, cartId, page);
                    break;
                case < 6:
                    var state = new Cart(cartId, Version: log.Count - number, Guid.Empty, [.. Enumerable.Range(0, 3).Where(bit => (number >> bit & 1) == 1)]);
                    log.Add($"Hold({cart}, {state.Version}, {string.Join(' ', state.ItemIds)})");
                    Presence.Hold(state);
                    crowd.Hold(state);
                    break;
                case < 9:
                    log.Add($"Leave({circuitId})");
                    Presence.Leave(circuitId);
                    crowd.Leave(circuitId);
                    break;
                default:
                    log.Add($"Advance({number})");
                    Time.Advance(IPresence.Linger / 4 * number);
                    crowd.Expire();
                    break;
            }
            Assert.True(Seen() == Text(crowd.Recount()), $"Saw {Seen()} and counted {Text(crowd.Recount())} after …{string.Join(", ", log.TakeLast(30))}");
        }
    }

    [Fact]
    public async Task Crowds_that_come_and_go_at_once_leave_nothing_behind()
    {
        var carts = Enumerable.Range(0, 6).Select(_ => CartId.New()).ToList();
        var version = 0L;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 2000; i++)
            {
                var (circuitId, cart) = ($"{worker}-{random.Next(4)}", carts[random.Next(carts.Count)]);
                Presence.Enter(circuitId, cart, $"/{random.Next(3)}");
                Presence.Hold(new Cart(cart, Interlocked.Increment(ref version), Guid.Empty, [.. Enumerable.Range(0, random.Next(3))]));
                if (random.Next(2) == 0) Presence.Leave(circuitId);
                if (random.Next(8) == 0) Time.Advance(IPresence.Linger / 2);
                AssertPlausible(Presence.Totals, carts.Count);
            }
            for (var tab = 0; tab < 4; tab++) Presence.Leave($"{worker}-{tab}");
        })));
        Time.Advance(IPresence.Linger);

        AssertNobody();
    }

    private static void AssertPlausible(PresenceTotals totals, int carts)
    {
        Assert.InRange(totals.Shoppers, 1, carts);
        Assert.InRange(totals.WithCart, 0, totals.Shoppers);
        Assert.All(totals.Pages.Values, count => Assert.InRange(count, 1, totals.Shoppers));
        Assert.All(totals.InCarts.Values, count => Assert.InRange(count, 1, totals.WithCart));
    }

    private void Hold(CartId id, long version, params int[] itemIds) => Presence.Hold(new Cart(id, version, Guid.Empty, [.. itemIds]));

    private void LeaveForGood(string circuitId)
    {
        Presence.Leave(circuitId);
        Time.Advance(IPresence.Linger);
    }

    private void AssertNobody() => Assert.Equal("0 shoppers, 0 with cart; ; ", Seen());

    private string Seen() => Text(Presence.Totals);

    private static string Text(PresenceTotals totals)
    {
        var pages = totals.Pages.OrderBy(page => page.Key, StringComparer.Ordinal).Select(page => $"{page.Key} {page.Value}");
        var items = totals.InCarts.OrderBy(item => item.Key).Select(item => $"{item.Key} in {item.Value}");
        return $"{totals.Shoppers} shoppers, {totals.WithCart} with cart; {string.Join(", ", pages)}; {string.Join(", ", items)}";
    }
}
