using System.Security.Claims;
using LiveShop.Tests.Harness;
using LiveShop.Web.Admin;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace LiveShop.Tests;

public sealed class OperatorPreferencesTests(PostgresServer postgres) : OperatorTests(postgres)
{
    private OperatorPreferences Preferences => Services.GetRequiredService<OperatorPreferences>();

    [Fact]
    public async Task A_choice_is_kept_with_the_account_and_can_be_changed()
    {
        var ana = await VisitorAsync();

        Assert.Null(await Preferences.FindAsync(ana, "theme"));
        Assert.True(await Preferences.SetAsync(ana, "theme", "Dark"));
        Assert.True(await Preferences.SetAsync(ana, "theme", "Light"));

        Assert.Equal("Light", await Preferences.FindAsync(ana, "theme"));
        Assert.Null(await Preferences.FindAsync(ana, "columns"));
    }

    [Fact]
    public async Task An_anonymous_visitor_has_none_and_can_set_none()
    {
        var nobody = new ClaimsPrincipal(new ClaimsIdentity());

        Assert.False(await Preferences.SetAsync(nobody, "theme", "Dark"));
        Assert.Null(await Preferences.FindAsync(nobody, "theme"));
    }

    [Fact]
    public async Task An_account_that_is_gone_can_set_none()
    {
        var gone = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, "no such account")], "test"));

        Assert.False(await Preferences.SetAsync(gone, "theme", "Dark"));
    }

    private async Task<ClaimsPrincipal> VisitorAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>().FindByNameAsync("admin");
        return new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, user!.Id)], "test"));
    }
}
