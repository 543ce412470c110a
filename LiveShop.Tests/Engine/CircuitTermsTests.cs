using LiveShop.Web.Circuits;
using LiveShop.Web.Engine;

namespace LiveShop.Tests;

public sealed class CircuitTermsTests
{
    [Theory]
    [InlineData(null, "Age", true)]
    [InlineData("renders", "Renders", false)]
    [InlineData("-renders", "Renders", true)]
    [InlineData("nonsense", "Age", true)]
    public void A_sort_order_is_a_column_with_a_minus_where_it_descends(string? written, string column, bool descending)
    {
        var terms = new CircuitTerms(Sort: written);

        Assert.Equal((column, descending), (terms.Column.Title, terms.IsDescending));
        Assert.Equal((column, descending), (terms.SortedBy(terms.Column, descending).Column.Title, terms.SortedBy(terms.Column, descending).IsDescending));
    }

    [Fact]
    public void Circuits_are_found_by_a_part_of_their_id_page_or_handler_and_by_their_browser()
    {
        var (shopper, operators) = (New("aaa", "/checkout"), New("bbb", "/admin"));
        shopper.Slowest = new HandlerTime("StorePage · click", TimeSpan.FromMilliseconds(5));
        operators.Disconnect();

        Assert.Equal(["aaa"], Find(new CircuitTerms(" AA ")));
        Assert.Equal(["bbb"], Find(new CircuitTerms("/ADMIN")));
        Assert.Equal(["aaa"], Find(new CircuitTerms("storepage")));
        Assert.Equal(["aaa"], Find(new CircuitTerms(Browser: "here")));
        Assert.Equal(["bbb"], Find(new CircuitTerms(Browser: "away")));
        Assert.Empty(Find(new CircuitTerms("storepage", "away")));
        Assert.Equal(["aaa", "bbb"], Find(new CircuitTerms(Browser: "nonsense")).Order(StringComparer.Ordinal));

        IEnumerable<string> Find(CircuitTerms terms) => terms.Find([shopper, operators]).Select(circuit => circuit.Id);
    }

    private static CircuitVitals New(string id, string route)
    {
        var circuit = new CircuitVitals { Id = id, Page = new CircuitPage(route, () => Task.CompletedTask, () => Task.CompletedTask) };
        circuit.Connect(null);
        return circuit;
    }
}
