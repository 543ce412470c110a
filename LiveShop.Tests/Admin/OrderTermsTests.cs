using LiveShop.Domain;
using LiveShop.Web.Admin;

namespace LiveShop.Tests;

public sealed class OrderTermsTests
{
    [Fact]
    public void An_address_has_only_what_is_given()
    {
        Assert.Equal("/x", new OrderTerms(Number: "", Email: null).In("/x"));
        Assert.Equal("/x?email=a%2Bb@example.org&sort=-total&open=7K4M-92QX", new OrderTerms(Email: "a+b@example.org", Sort: "-total").In("/x", "7K4M-92QX"));
    }

    [Theory]
    [InlineData(null, OrderSort.PlacedAt, false)]
    [InlineData("placed", OrderSort.PlacedAt, true)]
    [InlineData("-placed", OrderSort.PlacedAt, false)]
    [InlineData("total", OrderSort.Total, true)]
    [InlineData("-email", OrderSort.Email, false)]
    [InlineData("name", OrderSort.PlacedAt, false)]
    [InlineData("-", OrderSort.PlacedAt, false)]
    public void A_sort_order_is_a_column_with_a_minus_where_it_descends(string? written, OrderSort sort, bool ascending)
    {
        var terms = new OrderTerms(Sort: written);

        Assert.Equal((sort, ascending), (terms.SortedBy, terms.IsAscending));
        Assert.Equal((sort, ascending), (terms.SortedAs(sort, ascending).SortedBy, terms.SortedAs(sort, ascending).IsAscending));
    }

    [Fact]
    public void Another_sort_order_begins_at_the_beginning()
    {
        Assert.Equal(new OrderTerms(Email: "ana", Sort: "email"), new OrderTerms(Email: "ana", After: "5").SortedAs(OrderSort.Email, ascending: true));
        Assert.Equal(new OrderTerms(Email: "ana"), new OrderTerms(Email: "ana", Sort: "email", Before: "5").SortedAs(OrderSort.PlacedAt, ascending: false));
    }

    [Fact]
    public void Times_are_read_as_UTC_and_what_is_none_counts_as_not_given()
    {
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 18, 5, 0, TimeSpan.Zero), new OrderTerms(From: "2026-11-30T18:05").Query.From);
        Assert.Null(new OrderTerms(To: "tomorrow").Query.To);
    }

    [Fact]
    public void Only_what_leaves_orders_out_counts_as_a_search()
    {
        Assert.False(new OrderTerms(Sort: "total", After: "5").IsFiltered);
        Assert.True(new OrderTerms(State: "placed").IsFiltered);
        Assert.True(new OrderTerms(Only: "7K4M-92QX").IsFiltered);
    }
}
