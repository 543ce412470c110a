using System.Net;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

public sealed class OwnPasswordTests(PostgresServer postgres) : OperatorTests(postgres)
{
    private const string Better = "battery staple";

    [Fact]
    public async Task A_new_password_takes_the_place_of_the_old_one_and_this_session_goes_on()
    {
        await SignInAsync("admin", Accounts.Password);

        Assert.Contains("The password is changed.", await ChangeAsync(Accounts.Password, Better), StringComparison.Ordinal);

        Assert.Contains("The password is changed.", await ChangeAsync(Better, Better + "s"), StringComparison.Ordinal);
        using var old = await SignInAsync("admin", Better);
        Assert.Equal(HttpStatusCode.OK, old.StatusCode);
        using var signedIn = await SignInAsync("admin", Better + "s");
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
    }

    [Fact]
    public async Task A_new_password_ends_the_sessions_of_other_browsers()
    {
        await SignInAsync("admin", Accounts.Password);
        await ElsewhereAsync(async () =>
        {
            await SignInAsync("admin", Accounts.Password);
            await ChangeAsync(Accounts.Password, Better);
        });

        Assert.Contains("Your session has ended.", await ChangeAsync(Better, "never to be set"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong password", Better, "The old password is wrong.")]
    [InlineData("", Better, "The old password is wrong.")]
    [InlineData(Accounts.Password, "short", "A password has 8 to 100 characters, and is not one that everybody knows.")]
    [InlineData(Accounts.Password, "", "A password has 8 to 100 characters, and is not one that everybody knows.")]
    [InlineData(Accounts.Password, "password", "A password has 8 to 100 characters, and is not one that everybody knows.")]
    public async Task What_will_not_do_changes_nothing_and_says_why(string old, string next, string words)
    {
        await SignInAsync("admin", Accounts.Password);

        Assert.Contains(words, await ChangeAsync(old, next), StringComparison.Ordinal);

        using var signedIn = await SignInAsync("admin", Accounts.Password);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
    }

    [Fact]
    public async Task Whoever_sits_down_at_an_open_session_cannot_guess_the_password_there()
    {
        await SignInAsync("admin", Accounts.Password);
        for (var i = 0; i < 4; i++) await ChangeAsync($"wrong {i} password", Better);

        Assert.Contains("Too many tries", await ChangeAsync("the fifth wrong one", Better), StringComparison.Ordinal);
        Assert.Contains("Too many tries", await ChangeAsync(Accounts.Password, Better), StringComparison.Ordinal);
    }

    private async Task<string> ChangeAsync(string old, string next)
    {
        using var answer = await SubmitAsync("/admin/account", "password", ("Form.Old", old), ("Form.New", next));
        var page = await answer.Content.ReadAsStringAsync();
        if (old.Length > 0) Assert.DoesNotContain(old, page, StringComparison.Ordinal);
        return page;
    }
}
