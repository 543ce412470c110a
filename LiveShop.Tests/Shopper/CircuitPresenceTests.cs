using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Shopper;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;

namespace LiveShop.Tests;

public sealed class CircuitPresenceTests
{
    private readonly CountedTime time = new();
    private readonly InMemoryPresence presence;
    private readonly CircuitPresence circuit;
    private readonly CartId shopper = CartId.New();

    public CircuitPresenceTests()
    {
        presence = new InMemoryPresence(time, Some.Meter);
        circuit = new CircuitPresence(presence);
    }

    [Fact]
    public void The_page_that_is_shown_is_entered_and_left()
    {
        var page = circuit.Show("/", shopper, Nothing);
        AssertOn("/");

        page.Dispose();

        AssertNobody();
    }

    [Fact]
    public void A_page_that_goes_after_the_next_one_came_does_not_take_it_along()
    {
        var store = circuit.Show("/", shopper, Nothing);
        var checkout = circuit.Show("/checkout", shopper, Nothing);

        store.Dispose();
        AssertOn("/checkout");

        checkout.Dispose();
        AssertNobody();
    }

    [Fact]
    public void A_page_that_went_before_the_next_one_came_leaves_nothing_behind()
    {
        circuit.Show("/", shopper, Nothing).Dispose();
        circuit.Show("/checkout", shopper, Nothing);

        AssertOn("/checkout");
    }

    [Fact]
    public async Task The_page_is_told_when_its_browser_is_back_and_not_when_it_comes_first()
    {
        var returned = 0;
        circuit.Show("/", shopper, () => returned++);
        await circuit.OnConnectionUpAsync(null!, default);
        Assert.Equal(0, returned);

        await circuit.OnConnectionDownAsync(null!, default);
        await circuit.OnConnectionUpAsync(null!, default);

        Assert.Equal(1, returned);
    }

    [Fact]
    public async Task A_shopper_whose_connection_is_lost_is_gone_and_comes_back_with_the_newest_cart()
    {
        circuit.Show("/", shopper, Nothing);
        Hold(1, 7);
        await circuit.OnConnectionDownAsync(null!, default);
        AssertNobody();
        Hold(2, 8);
        AssertNobody();

        await circuit.OnConnectionUpAsync(null!, default);

        AssertOn("/");
        Assert.Equal([new(8, 1)], presence.Totals.InCarts);
    }

    [Fact]
    public async Task A_page_that_opens_while_the_connection_is_lost_is_entered_when_it_is_back()
    {
        await circuit.OnConnectionDownAsync(null!, default);
        circuit.Show("/", shopper, Nothing);
        AssertNobody();

        await circuit.OnConnectionUpAsync(null!, default);

        AssertOn("/");
    }

    [Fact]
    public async Task A_connection_without_a_page_enters_nothing()
    {
        circuit.Show("/", shopper, Nothing).Dispose();

        await circuit.OnConnectionDownAsync(null!, default);
        await circuit.OnConnectionUpAsync(null!, default);

        AssertNobody();
    }

    [Fact]
    public async Task A_closed_circuit_is_gone_and_enters_nothing_more()
    {
        circuit.Show("/", shopper, Nothing);

        await circuit.OnCircuitClosedAsync(null!, default);
        AssertNobody();

        circuit.Show("/checkout", shopper, Nothing);
        AssertNobody();
    }

    [Fact]
    public void Without_a_page_nobody_is_told_what_a_cart_holds()
    {
        presence.Enter("another tab", shopper, "/");

        Hold(1, 7);

        Assert.Empty(presence.Totals.InCarts);
    }

    [Fact]
    public void The_framework_tells_the_one_that_the_pages_of_its_circuit_tell()
    {
        var services = new ServiceCollection().AddSingleton<IPresence>(presence).AddShopper();
        using var provider = services.BuildServiceProvider();
        using var scope = provider.CreateScope();

        Assert.Same(scope.ServiceProvider.GetRequiredService<CircuitPresence>(), Assert.Single(scope.ServiceProvider.GetServices<CircuitHandler>()));
    }

    private static void Nothing()
    {
    }

    private void Hold(long version, params int[] itemIds) => circuit.Hold(new Cart(shopper, version, Guid.Empty, [.. itemIds]));

    private void AssertOn(string page)
    {
        time.Advance(IPresence.Linger);
        Assert.Equal(1, presence.Totals.Shoppers);
        Assert.Equal([new(page, 1)], presence.Totals.Pages);
    }

    private void AssertNobody()
    {
        time.Advance(IPresence.Linger);
        Assert.Equal((0, 0), (presence.Totals.Shoppers, presence.Totals.Pages.Count));
        Assert.Equal(0, time.Waiting);
    }
}
