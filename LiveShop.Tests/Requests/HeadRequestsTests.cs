using System.Net;
using LiveShop.Tests.Harness;
using LiveShop.Web.Admin;

namespace LiveShop.Tests;

public sealed class HeadRequestsTests(PostgresServer postgres) : OperatorTests(postgres)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/drops")]
    [InlineData("/checkout")]
    [InlineData("/checkout/complete/0000-0000")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    [InlineData("/admin")]
    [InlineData("/admin/login")]
    [InlineData(OrderExport.Path)]
    [InlineData("/no-such-page")]
    [InlineData("/cart/add")]
    public async Task It_is_answered_as_GET_is_without_the_body(string path)
    {
        await Eventually.TrueAsync(async () => (await Browser.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK);
        using var get = await Browser.GetAsync(path);
        using var head = await HeadAsync(path);

        Assert.Equal((get.StatusCode, get.Content.Headers.ContentType, get.Headers.Location), (head.StatusCode, head.Content.Headers.ContentType, head.Headers.Location));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_connection_goes_on_with_the_next_request()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Empty(await (await HeadAsync("/")).Content.ReadAsByteArrayAsync());
            Assert.Equal("live", await Browser.GetStringAsync("/health/live"));
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/checkout")]
    public async Task A_monitor_is_given_no_cart(string path) =>
        Assert.DoesNotContain("cart=", string.Join(' ', (await HeadAsync(path)).Headers.Select(header => string.Join(' ', header.Value))), StringComparison.Ordinal);

    [Fact]
    public async Task A_file_that_nobody_will_read_is_not_made()
    {
        await SignInAsync("admin", Accounts.Password);
        // The file could not be made: a read of the orders would wait for this lock.
        await using var session = await Database.OpenSessionAsync();
        await session.ExecuteAsync("begin; lock table orders in access exclusive mode");

        using var answer = await HeadAsync(OrderExport.Path).WaitAsync(TimeSpan.FromSeconds(5));

        Assert.Equal((HttpStatusCode.OK, "text/csv"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
    }

    [Fact]
    public async Task It_opens_no_circuit() => Assert.NotEqual(HttpStatusCode.OK, (await HeadAsync("/_blazor")).StatusCode);

    private Task<HttpResponseMessage> HeadAsync(string path) => SendAsync(HttpMethod.Head, path);
}
