using LiveShop.Domain;
using LiveShop.Web.Admin;

namespace LiveShop.Tests;

public sealed class ProductQueryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly Shelf Store = StoreOf(
        (Make(1, "B-1", "Asler", "breezy", 140), 5),
        (Make(2, "A-1", "Snks 23", "Hop Man", 99.5m) with { ReleasedAt = Noon }, 7),
        (Make(3, "C-1", "Snks 23", "Zoom", 120) with { ReleasedAt = Noon.AddHours(1) }, 0),
        (Make(4, "D-1", "Asler", "Old", 80) with { RetiredAt = Noon, ReleasedAt = Noon }, 9),
        (Make(5, "E-1", "Asler", "Halt", 80) with { ReleasedAt = Noon, StopReason = "Reason" }, 3),
        (Make(6, "F-1", "Asler", "Later", 80) with { ScheduledAt = Noon.AddDays(1) }, 2));

    [Fact]
    public void Without_a_query_products_come_in_the_order_of_the_store_and_retired_ones_last() =>
        Assert.Equal([1, 2, 3, 5, 6, 4], Ids(ProductQuery.Of(null, null, null, null, null)));

    [Theory]
    [InlineData("Sku", new[] { 2, 1, 3, 4, 5, 6 })]
    [InlineData("-price", new[] { 1, 3, 2, 5, 6, 4 })]
    [InlineData("name", new[] { 1, 5, 6, 4, 2, 3 })]
    [InlineData("-Left", new[] { 4, 2, 1, 5, 6, 3 })]
    [InlineData("OpensAt", new[] { 2, 5, 4, 3, 6, 1 })]
    [InlineData("state", new[] { 1, 6, 2, 5, 3, 4 })]
    public void Products_are_sorted_by_a_column(string sort, int[] ids) => Assert.Equal(ids, Ids(ProductQuery.Of(null, null, sort, null, null)));

    [Theory]
    [InlineData("asler", new[] { 1, 5, 6, 4 })]
    [InlineData("HOP snks", new[] { 2 })]
    [InlineData("f-1", new[] { 6 })]
    [InlineData("nothing", new int[0])]
    public void Each_word_of_a_search_is_in_style_code_brand_name_or_colorway(string search, int[] ids) => Assert.Equal(ids, Ids(ProductQuery.Of(search, null, null, null, null)));

    [Theory]
    [InlineData("ComingSoon", 1)]
    [InlineData("scheduled", 6)]
    [InlineData("OnSale", 2)]
    [InlineData("SoldOut", 3)]
    [InlineData("Paused", 5)]
    [InlineData("Retired", 4)]
    public void A_state_is_filtered_by_and_counted(string state, int id)
    {
        var found = ProductQuery.Of(null, state, null, null, null).Find(Store);

        Assert.Equal([id], found.Rows.Select(row => row.Id));
        Assert.Equal(6, found.Total);
        Assert.All(found.InState.Values, count => Assert.Equal(1, count));
    }

    [Fact]
    public void An_address_carries_the_whole_query_and_nothing_that_is_the_default()
    {
        var query = ProductQuery.Of("hop & man", "Paused", "-price", "3", "50");

        Assert.Equal("/admin/products?q=hop%20%26%20man&state=Paused&sort=-Price&page=3&size=50", query.Address);
        Assert.Equal("/admin/products", ProductQuery.Of("", null, null, "1", "25").Address);
    }

    [Fact]
    public void An_address_that_makes_no_sense_is_the_default()
    {
        Assert.Equal(ProductQuery.Of(null, null, null, null, null), ProductQuery.Of(null, "17", "password", "-4", "1000000"));
        Assert.Equal(ProductQuery.Of(null, null, null, null, null), ProductQuery.Of(null, null, null, "x", "5000000000"));
    }

    [Fact]
    public void A_products_page_leads_back_to_the_list_and_nowhere_else()
    {
        Assert.Equal("/admin/products/7", ProductQuery.Of(null, null, null, null, null).AddressOfProduct(7));
        Assert.Equal("/admin/products/7?list=q%3Dhop%26sort%3DName", ProductQuery.Of("hop", null, "name", null, null).AddressOfProduct(7));
        Assert.Equal("/admin/products?q=hop&sort=Name", ProductQuery.AddressOfList("q=hop&sort=Name"));
        Assert.Equal("/admin/products?//evil.example", ProductQuery.AddressOfList("//evil.example"));
        Assert.Equal("/admin/products", ProductQuery.AddressOfList(null));
    }

    private static IEnumerable<int> Ids(ProductQuery query) => query.Find(Store).Rows.Select(row => row.Id);

    private static Product Make(int id, string sku, string brand, string name, decimal price) =>
        new(id, sku, brand, name, "black/white", price, ReleasedAt: null, ScheduledAt: null, Version: id, [new Item(id, $"{sku}-8", 8)]);

    private static Shelf StoreOf(params (Product Product, int Left)[] products) => Shelf.Empty(ShopSettings.Default.StockLevels).Apply(products.SelectMany(
        one => new InventoryEvent[] { new ProductChanged(one.Product), new AvailabilityChanged(one.Product.Items[0].Id, new Availability(one.Left, 1)) }));
}
