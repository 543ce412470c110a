using Bunit;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Shared;
using LiveShop.Web.Shopper;

namespace LiveShop.Tests;

public sealed class CartPanelTests : IDisposable
{
    private static readonly CartLine HopMan = new(11, "Hop Man 3", 8.5m, 120, IsGone: false);
    private static readonly CartLine Breezy = new(25, "Breezy Boost 600", 10, 140.5m, IsGone: false);

    private readonly ShopTab tab = new();

    public void Dispose() => tab.Dispose();

    [Fact]
    public void An_empty_cart_says_so_and_offers_nothing_to_check_out()
    {
        var panel = Render();

        Assert.Empty(panel.FindAll("#cart-container"));
        Assert.Empty(panel.FindAll("a, button"));
        Assert.Contains("Nothing in it yet", panel.Find(".cart--empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cart_that_cannot_be_read_is_not_called_empty()
    {
        var panel = tab.Render<CartPanel>(parameters => parameters.Add(p => p.Lines, []).Add(p => p.IsKnown, false));

        Assert.DoesNotContain("Nothing in it", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("cannot be read just now", panel.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void It_lists_what_is_held_with_the_subtotal_and_the_way_to_check_out()
    {
        var panel = Render(HopMan, Breezy);

        Assert.Equal(["11", "25"], panel.FindAll("#cart-container .cart-item").Select(item => item.GetAttribute("data-item-id")));
        Assert.Equal("2", panel.Find(".cart__count").TextContent);
        Assert.Equal("$260.50", panel.Find(".sum strong").TextContent);
        Assert.Equal("/checkout", panel.Find("a.cart__checkout").GetAttribute("href"));
    }

    [Fact]
    public void What_is_gone_is_not_in_the_subtotal()
    {
        var panel = Render(HopMan, Breezy with { IsGone = true });

        Assert.Equal("$120", panel.Find(".sum strong").TextContent);
        Assert.Equal("25", panel.Find(".cart-item--out-of-stock").GetAttribute("data-item-id"));
    }

    [Fact]
    public async Task The_toggle_opens_and_closes_it_and_says_which()
    {
        var panel = Render(HopMan);
        Assert.Equal(("false", false), State(panel));

        await panel.Find(".cart__toggle").ClickAsync();
        Assert.Equal(("true", true), State(panel));

        await panel.Find(".cart__toggle").ClickAsync();
        Assert.Equal(("false", false), State(panel));
    }

    [Fact]
    public void The_toggle_names_the_list_that_it_opens()
    {
        var panel = Render(HopMan);

        Assert.NotNull(panel.Find($"#{panel.Find(".cart__toggle").GetAttribute("aria-controls")}"));
    }

    [Fact]
    public async Task It_stays_open_while_what_it_holds_changes()
    {
        var panel = Render(HopMan);
        await panel.Find(".cart__toggle").ClickAsync();

        panel.Render(parameters => parameters.Add(p => p.Lines, [HopMan, Breezy]));

        Assert.Equal(("true", true), State(panel));
    }

    [Fact]
    public async Task The_remove_button_of_a_line_reports_its_item()
    {
        var removed = new List<int>();
        var panel = tab.Render<CartPanel>(parameters => parameters.Add(p => p.Lines, [HopMan, Breezy]).Add(p => p.OnRemove, removed.Add));

        await panel.Find("button.cart-item__remove[data-item-id='25']").ClickAsync();

        Assert.Equal([25], removed);
    }

    [Fact]
    public void Without_a_circuit_the_remove_buttons_post_to_the_cart()
    {
        var panel = Render(HopMan);
        var button = panel.Find("form[method=post] button.cart-item__remove");

        Assert.Equal(CartForms.RemovePath, panel.Find("form").GetAttribute("action"));
        Assert.Equal(("submit", "item_id", "11"), (button.GetAttribute("type"), button.GetAttribute("name"), button.GetAttribute("value")));
    }

    private static (string?, bool) State(IRenderedComponent<CartPanel> panel) =>
        (panel.Find(".cart__toggle").GetAttribute("aria-expanded"), panel.Find("#cart-container").ClassList.Contains("cart--open"));

    private IRenderedComponent<CartPanel> Render(params CartLine[] lines) => tab.Render<CartPanel>(parameters => parameters.Add(p => p.Lines, lines));
}
