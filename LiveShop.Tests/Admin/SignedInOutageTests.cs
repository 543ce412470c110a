using System.Net;
using LiveShop.Tests.Harness;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace LiveShop.Tests;

/// <summary>An operator's browser while the database is away, at the moment when its session would be looked at again.</summary>
public sealed class SignedInOutageTests(PostgresServer postgres) : OperatorTests(postgres)
{
    private DatabaseLink link = null!;

    [Fact]
    public async Task Pages_are_still_served_and_logging_out_still_ends_this_browsers_session()
    {
        await SignInAsync("admin", Accounts.Password);
        Assert.Equal(HttpStatusCode.OK, (await Browser.GetAsync("/admin")).StatusCode);
        var token = await TokenAsync("/admin");

        link.Cut();

        foreach (var path in new[] { "/", "/admin", "/admin/orders" })
        {
            using var answer = await Browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        using var loggedOut = await PostFormAsync("/admin/logout", ("__RequestVerificationToken", token));
        Assert.Equal(HttpStatusCode.Redirect, loggedOut.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await Browser.GetAsync("/admin")).StatusCode);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await link.DisposeAsync();
    }

    private protected override ShopNode NewHostNode()
    {
        link = new DatabaseLink(Database);
        return NewNode(connectionString: link.ConnectionString);
    }

    private protected override void Configure(IServiceCollection services) =>
        services.Configure<SecurityStampValidatorOptions>(stamp => stamp.ValidationInterval = TimeSpan.Zero);
}
