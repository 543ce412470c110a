using System.Net;
using LiveShop.Tests.Harness;
using LiveShop.Web.Shopper;

namespace LiveShop.Tests;

public sealed class CartFormsTests(PostgresServer postgres) : HostTests(postgres)
{
    [Fact]
    public async Task A_posted_size_is_put_into_the_cart_and_the_store_tells_so()
    {
        var item = await Node.AddItemAsync(stock: 5);
        await Browser.GetStringAsync("/");

        var answer = await PostFormAsync(CartForms.AddPath, ("item_id", $"{item}"));

        Assert.Equal((HttpStatusCode.Redirect, "/?added=Added"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        Assert.Equal([item], await HeldAsync());
        var page = await Browser.GetStringAsync(answer.Headers.Location);
        Assert.Contains("This size is in your cart.", page, StringComparison.Ordinal);
        Assert.Contains("cart-item", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_size_that_is_gone_is_not_put_into_the_cart_and_the_store_tells_so()
    {
        var item = await Node.AddItemAsync(stock: 0);
        await Browser.GetStringAsync("/");

        var answer = await PostFormAsync(CartForms.AddPath, ("item_id", $"{item}"));

        Assert.Equal("/?added=SoldOut", answer.Headers.Location?.ToString());
        Assert.Empty(await HeldAsync());
    }

    [Fact]
    public async Task Without_a_cart_cookie_nothing_is_added()
    {
        var item = await Node.AddItemAsync(stock: 5);

        var answer = await PostFormAsync(CartForms.AddPath, ("item_id", $"{item}"));

        Assert.Equal((HttpStatusCode.Redirect, "/"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        Assert.Empty(await HeldAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    public async Task What_is_not_an_item_id_leads_back_to_the_store(string value)
    {
        await Browser.GetStringAsync("/");

        var answer = await PostFormAsync(CartForms.AddPath, ("item_id", value));

        Assert.Equal((HttpStatusCode.Redirect, "/"), (answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task What_is_not_a_form_leads_back_to_the_store()
    {
        await Browser.GetStringAsync("/");

        var answer = await Browser.PostAsync(CartForms.AddPath, new StringContent("{\"item_id\":1}", System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal((HttpStatusCode.Redirect, "/"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        foreach (var type in new[] { "multipart/form-data", "multipart/form-data; boundary=x" })
        {
            using var broken = new ByteArrayContent([1, 2, 3]);
            broken.Headers.TryAddWithoutValidation("Content-Type", type);
            Assert.Equal(HttpStatusCode.Redirect, (await Browser.PostAsync(CartForms.AddPath, broken)).StatusCode);
        }
    }

    [Theory]
    [InlineData("", "/")]
    [InlineData("?from=checkout", "/checkout")]
    [InlineData("?from=https://elsewhere.example", "/")]
    public async Task A_posted_removal_takes_it_out_and_leads_back_to_where_it_came_from(string from, string back)
    {
        var (removed, kept) = (await Node.AddItemAsync(stock: 5), await Node.AddItemAsync(stock: 5));
        await Browser.GetStringAsync("/");
        foreach (var item in new[] { removed, kept }) await PostFormAsync(CartForms.AddPath, ("item_id", $"{item}"));

        var answer = await PostFormAsync(CartForms.RemovePath + from, ("item_id", $"{removed}"));

        Assert.Equal(back, answer.Headers.Location?.ToString());
        Assert.Equal([kept], await HeldAsync());
    }

    [Fact]
    public async Task A_shopper_removes_from_the_own_cart_only()
    {
        var item = await Node.AddItemAsync(stock: 5);
        await Node.FillCartAsync(item);
        await Browser.GetStringAsync("/");

        await PostFormAsync(CartForms.RemovePath, ("item_id", $"{item}"));

        Assert.Equal([item], await HeldAsync());
    }
}
