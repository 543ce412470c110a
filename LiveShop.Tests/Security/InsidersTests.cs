using System.Net;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

/// <summary>For whom the node's figures and reasons are, seen from behind a proxy.</summary>
public sealed class InsidersTests(PostgresServer postgres) : OperatorTests(postgres)
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Browser.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
    }

    [Fact]
    public async Task A_signed_in_operator_reads_the_figures_and_nobody_else_does()
    {
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync());
        await SignInAsync("admin", Accounts.Password);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync());

        await LogOutAsync();

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync());
    }

    [Fact]
    public async Task Whatever_a_proxy_adds_says_that_this_machine_is_not_who_asks()
    {
        foreach (var header in new[] { "Forwarded", "X-Forwarded-Host", "X-Original-For", "X-Real-IP", "Via" })
        {
            using var browser = NewBrowser();
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/metrics")).StatusCode);
            browser.DefaultRequestHeaders.TryAddWithoutValidation(header, "somebody");
            Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/metrics")).StatusCode);
        }
    }

    private async Task<HttpStatusCode> StatusAsync() => (await Browser.GetAsync("/metrics")).StatusCode;
}
