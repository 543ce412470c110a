using LiveShop.Web.Requests;
using Microsoft.AspNetCore.Http;

namespace LiveShop.Tests;

public sealed class RequestOriginTests
{
    private static readonly Uri[] Allowed = [new("https://www.shop.example"), new("http://10.0.0.7:8080")];

    [Theory]
    [InlineData("shop.example", "https://shop.example")]
    [InlineData("shop.example", "http://shop.example")]
    [InlineData("SHOP.example", "https://shop.EXAMPLE")]
    [InlineData("shop.example:8443", "https://shop.example:8443")]
    [InlineData("[::1]:5000", "http://[::1]:5000")]
    public void The_host_that_was_asked_is_the_shops_own(string host, string origin) => Assert.False(IsForeign(host, origin));

    [Theory]
    [InlineData("shop.example", "https://shop.example:8443")]
    [InlineData("shop.example:443", "https://shop.example")]
    [InlineData("shop.example:443", "https://shop.example:8443")]
    [InlineData("shop.example:80", "https://shop.example")]
    [InlineData("[::1]", "https://[::1]:8443")]
    public void A_proxy_may_leave_the_port_out_or_write_the_default_one(string host, string origin) => Assert.False(IsForeign(host, origin));

    [Theory]
    [InlineData("shop.example", "https://elsewhere.example")]
    [InlineData("shop.example", "https://shop.example.elsewhere.example")]
    [InlineData("shop.example", "https://evilshop.example")]
    [InlineData("shop.example:443", "https://elsewhere.example:443")]
    [InlineData("localhost:5000", "http://localhost:8080")]
    [InlineData("localhost:5000", "http://localhost")]
    [InlineData("shop.example", "ftp://shop.example")]
    [InlineData("shop.example", "null")]
    [InlineData("shop.example", "nonsense")]
    [InlineData("shop.example", "")]
    public void Another_host_or_another_port_that_is_written_is_foreign(string host, string origin) => Assert.True(IsForeign(host, origin));

    [Theory]
    [InlineData("https://www.shop.example", false)]
    [InlineData("https://www.shop.example:443", false)]
    [InlineData("http://10.0.0.7:8080", false)]
    [InlineData("http://www.shop.example", true)]
    [InlineData("https://www.shop.example:8443", true)]
    [InlineData("http://10.0.0.7", true)]
    public void An_origin_that_the_settings_allow_is_not_foreign(string origin, bool isForeign) => Assert.Equal(isForeign, IsForeign("node1:5000", origin));

    [Fact]
    public void Who_sends_no_origin_is_not_foreign_and_who_sends_two_is()
    {
        var request = new DefaultHttpContext().Request;
        request.Host = new HostString("shop.example");
        Assert.False(RequestOrigin.IsForeign(request, Allowed));

        request.Headers.Origin = new(["https://shop.example", "https://shop.example"]);
        Assert.True(RequestOrigin.IsForeign(request, Allowed));
    }

    private static bool IsForeign(string host, string origin)
    {
        var request = new DefaultHttpContext().Request;
        (request.Host, request.Headers.Origin) = (new HostString(host), origin);
        return RequestOrigin.IsForeign(request, Allowed);
    }
}
