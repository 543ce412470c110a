using LiveShop.Web.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveShop.Tests;

public sealed class StartRefusalTests
{
    [Theory]
    [InlineData("http://192.0.2.1:5000")]
    [InlineData("http://localhost:0/path")]
    public async Task An_address_that_cannot_be_listened_on_is_told_in_one_line(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        await using var app = builder.Build();

        var exception = await Record.ExceptionAsync(() => app.StartAsync());

        Assert.StartsWith("ASPNETCORE_URLS must be addresses that the shop can listen on, but: ", StartRefusal.Line(exception!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bug_is_not_told_as_a_setting() => Assert.Null(StartRefusal.Line(new InvalidOperationException("bug")));
}
