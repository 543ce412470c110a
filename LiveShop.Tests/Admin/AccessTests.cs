using System.Net;
using System.Text.RegularExpressions;
using LiveShop.Tests.Harness;
using LiveShop.Web.Admin;
using LiveShop.Web.Components;
using LiveShop.Web.Components.Pages.Admin;
using Microsoft.AspNetCore.Components;

namespace LiveShop.Tests;

/// <summary>Nobody but operators gets in: over HTTP, and into what a circuit can render.</summary>
public sealed partial class AccessTests(PostgresServer postgres) : OperatorTests(postgres)
{
    /// <summary>Every page under /admin but those of the login.</summary>
    private static readonly Type[] Pages =
        [.. typeof(App).Assembly.GetTypes().Where(type => RoutesOf(type).Any(route => route.StartsWith("/admin", StringComparison.Ordinal))).Except([typeof(LoginPage), typeof(CodePage)])];

    public static TheoryData<string> Routes => [.. Pages.SelectMany(RoutesOf).Select(route => Parameter().Replace(route, "1")), OrderExport.Path];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_page_leads_whoever_is_not_signed_in_to_the_login_and_says_nothing(string route)
    {
        // A shopper with a cart is as little an operator as anybody.
        await Browser.GetStringAsync("/");

        using var answer = await Browser.GetAsync(route);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(Login, answer.Headers.Location!.OriginalString.Split('?')[0]);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public void Every_page_checks_for_itself_in_its_circuit()
    {
        Assert.Contains(typeof(DashboardPage), Pages);
        Assert.Contains(typeof(AccountPage), Pages);
        Assert.All(Pages, page => Assert.True(page.IsAssignableTo(typeof(AdminPage)), $"{page} is no AdminPage"));
    }

    [Fact]
    public async Task The_password_of_the_operator_opens_the_dashboard_and_the_way_back_leads_to_the_page_asked_for()
    {
        using var answer = await SignInAsync("admin", Accounts.Password, returnUrl: "/admin");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("data-metric=\"shoppers\"", await Browser.GetStringAsync("/admin"), StringComparison.Ordinal);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("operator=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("//elsewhere.example")]
    [InlineData("https://elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    public async Task The_login_leads_to_no_other_site(string returnUrl)
    {
        using var answer = await SignInAsync("admin", Accounts.Password, returnUrl);

        Assert.Equal("/admin", new Uri(Browser.BaseAddress!, answer.Headers.Location!).PathAndQuery);
    }

    [Theory]
    [InlineData("admin", "wrong password")]
    [InlineData("nobody", Accounts.Password)]
    [InlineData("", "")]
    public async Task A_wrong_name_or_password_is_refused_in_the_same_words(string userName, string password)
    {
        using var answer = await SignInAsync(userName, password);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("The name or the password is wrong.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("operator=", string.Join(';', answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : []), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_five_wrong_passwords_even_the_right_one_has_to_wait()
    {
        for (var i = 0; i < 5; i++) (await SignInAsync("admin", $"wrong {i} password")).Dispose();

        using var sixth = await SignInAsync("admin", Accounts.Password);

        Assert.Contains("Too many tries", await sixth.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logging_out_ends_the_session_of_this_browser_and_of_every_other()
    {
        await SignInAsync("admin", Accounts.Password);

        using var answer = await LogOutAsync();

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await Browser.GetAsync("/admin")).StatusCode);
    }

    [Fact]
    public async Task Another_sites_page_logs_nobody_out()
    {
        await SignInAsync("admin", Accounts.Password);

        using var answer = await PostFormAsync("/admin/logout");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Browser.GetAsync("/admin")).StatusCode);
    }

    private static IEnumerable<string> RoutesOf(Type type) => type.GetCustomAttributes(typeof(RouteAttribute), inherit: false).Select(route => ((RouteAttribute)route).Template);

    [GeneratedRegex("{[^}]*}")]
    private static partial Regex Parameter();
}
