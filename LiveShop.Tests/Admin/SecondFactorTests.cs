using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using LiveShop.Tests.Harness;
using LiveShop.Web.Admin;
using QRCoder;

namespace LiveShop.Tests;

/// <summary>The operator's own account over HTTP, with an authenticator app of the test's own.</summary>
public sealed partial class SecondFactorTests(PostgresServer postgres) : OperatorTests(postgres)
{
    private const string Account = "/admin/account";
    private const string Code = "/admin/login/code";

    private AuthenticatorApp app = null!;
    private string[] recoveryCodes = [];
    private string ticket = "";

    [Fact]
    public async Task Turned_on_it_shows_ten_recovery_codes_once()
    {
        await TurnOnAsync();

        Assert.Equal(10, recoveryCodes.Distinct().Count());
        var page = await Browser.GetStringAsync(Account);
        Assert.Contains("Second factor: on", page, StringComparison.Ordinal);
        Assert.Empty(RecoveryCode().Matches(page));
    }

    [Fact]
    public async Task The_key_is_shown_in_groups_of_four_and_as_a_link_for_the_app()
    {
        await SignInAsync("admin", Accounts.Password);

        var page = await StepAsync("begin", Accounts.Password);

        var key = Key().Match(page).Groups[1].Value;
        Assert.All(key.Split(' '), group => Assert.InRange(group.Length, 1, 4));
        Assert.Contains($"otpauth://totp/Sneakers23:admin?secret={key.Replace(" ", "", StringComparison.Ordinal)}&amp;issuer=Sneakers23&amp;digits=6", page, StringComparison.Ordinal);
        Assert.DoesNotContain("otpauth", await Browser.GetStringAsync(Account), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_link_is_drawn_as_a_QR_code_beside_the_key()
    {
        await SignInAsync("admin", Accounts.Password);

        var page = await StepAsync("begin", Accounts.Password);

        var key = Key().Match(page).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        using var code = QRCodeGenerator.GenerateQrCode($"otpauth://totp/Sneakers23:admin?secret={key}&issuer=Sneakers23&digits=6", QRCodeGenerator.ECCLevel.M);
        var drawing = Drawing().Match(page);
        var side = int.Parse(drawing.Groups["side"].Value, CultureInfo.InvariantCulture);
        Assert.Equal(code.ModuleMatrix.Count, side);
        Assert.Equal(code.ModuleMatrix.Select(row => string.Concat(row.Cast<bool>().Select(dark => dark ? '#' : '.'))), Rows(drawing.Groups["path"].Value, side));
        // The quiet zone, without which apps do not find the code, and the corner of the finder pattern after it.
        Assert.All(code.ModuleMatrix.Take(4).Concat(code.ModuleMatrix.TakeLast(4)), row => Assert.DoesNotContain(true, row.Cast<bool>()));
        Assert.True(code.ModuleMatrix[4][4]);
    }

    [Theory]
    [InlineData("Drop & Sons: 1", "Drop%20%26%20Sons%201")]
    [InlineData("Tür/42?", "T%C3%BCr%2F42%3F")]
    public void A_shops_name_is_escaped_in_the_link_and_brings_no_colon_of_its_own(string name, string issuer) => Assert.Equal(
        $"otpauth://totp/{issuer}:ana%2Bdrop%40example.org?secret=ABC234&issuer={issuer}&digits=6",
        SecondFactor.Link(ShopTab.Settings with { Name = name }, "ana+drop@example.org", "ABC234"));

    [Fact]
    public async Task It_is_not_on_before_the_app_has_shown_a_right_code()
    {
        await SignInAsync("admin", Accounts.Password);
        app = new AuthenticatorApp(Key().Match(await StepAsync("begin", Accounts.Password)).Groups[1].Value);

        var refused = await StepAsync("turn-on", app.WrongCode);

        Assert.Contains("The code is wrong.", refused, StringComparison.Ordinal);
        Assert.Equal(app.Code, new AuthenticatorApp(Key().Match(refused).Groups[1].Value).Code);
        await LogOutAsync();
        using var signedIn = await SignInAsync("admin", Accounts.Password);
        Assert.Equal("/admin", PathOf(signedIn));
    }

    [Fact]
    public async Task A_session_alone_is_shown_no_key_that_waits_and_turns_nothing_on()
    {
        await SignInAsync("admin", Accounts.Password);
        app = new AuthenticatorApp(Key().Match(await StepAsync("begin", Accounts.Password)).Groups[1].Value);
        ticket = "";

        Assert.Empty(Key().Matches(await StepAsync("turn-on", app.WrongCode)));
        ticket = "made up";
        Assert.Contains("That took too long.", await StepAsync("turn-on", app.Code), StringComparison.Ordinal);
        Assert.DoesNotContain("Second factor: on", await Browser.GetStringAsync(Account), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_password_nothing_is_set_up_renewed_or_turned_off()
    {
        await SignInAsync("admin", Accounts.Password);
        Assert.Empty(Key().Matches(await StepAsync("begin", "wrong password")));
        await TurnOnAsync();

        Assert.Contains("The password or the code is wrong.", await StepAsync("renew", "wrong password"), StringComparison.Ordinal);
        Assert.Contains("Second factor: on", await StepAsync("turn-off", app.WrongCode), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_password_alone_opens_nothing_and_the_code_leads_to_the_page_asked_for()
    {
        await TurnOnAndLogOutAsync();

        using var halfway = await SignInAsync("admin", Accounts.Password, returnUrl: "/admin/audit");
        Assert.Equal($"{Code}?ReturnUrl=%2Fadmin%2Faudit", PathOf(halfway));
        Assert.Equal(Login, await RefusedAtAsync("/admin"));
        using var answer = await SubmitAsync(PathOf(halfway), "code", ("Form.Code", app.Code));

        Assert.Equal("/admin/audit", PathOf(answer));
        Assert.Equal(HttpStatusCode.OK, (await Browser.GetAsync("/admin")).StatusCode);
    }

    [Theory]
    [InlineData("//elsewhere.example")]
    [InlineData("https://elsewhere.example")]
    public async Task The_code_leads_to_no_other_site(string returnUrl)
    {
        await TurnOnAndLogOutAsync();
        using var halfway = await SignInAsync("admin", Accounts.Password, returnUrl);

        using var answer = await SubmitAsync(PathOf(halfway), "code", ("Form.Code", app.Code));

        Assert.Equal("/admin", PathOf(answer));
    }

    [Fact]
    public async Task The_cookie_between_password_and_code_is_for_this_browser_alone_and_goes_with_it()
    {
        await TurnOnAndLogOutAsync();

        using var halfway = await SignInAsync("admin", Accounts.Password);

        var cookie = Assert.Single(halfway.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("operator-code=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("expires", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(halfway.Headers.GetValues("Set-Cookie"), other => other.StartsWith("operator=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_has_not_given_the_password_is_led_back_to_it()
    {
        await TurnOnAndLogOutAsync();

        Assert.Equal(Login, await RefusedAtAsync(Code));
    }

    [Fact]
    public async Task A_recovery_code_opens_once_however_it_is_typed()
    {
        await TurnOnAndLogOutAsync();
        var typed = recoveryCodes[3].Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant();

        Assert.Equal("/admin", PathOf(await SignInAsync(typed)));
        await LogOutAsync();
        using var again = await SignInAsync(typed);

        Assert.Contains("The code is wrong.", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("/admin", PathOf(await SignInAsync(recoveryCodes[4])));
    }

    [Fact]
    public async Task A_recovery_code_that_two_send_at_once_opens_for_one()
    {
        await TurnOnAndLogOutAsync();
        await SignInAsync("admin", Accounts.Password);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SubmitAsync(Code, "code", ("Form.Code", recoveryCodes[0]))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect && PathOf(answer) == "/admin");
    }

    [Fact]
    public async Task New_recovery_codes_end_the_old_ones()
    {
        await TurnOnAsync();
        var old = recoveryCodes[0];
        recoveryCodes = [.. RecoveryCode().Matches(await StepAsync("renew", app.Code)).Select(match => match.Groups[1].Value)];
        Assert.Equal(10, recoveryCodes.Length);
        await LogOutAsync();

        using var refused = await SignInAsync(old);

        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.Equal("/admin", PathOf(await SignInAsync(recoveryCodes[0])));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_five_wrong_codes_even_the_right_one_and_the_password_have_to_wait(bool recovery)
    {
        await TurnOnAndLogOutAsync();
        for (var i = 0; i < 4; i++) Assert.Contains("The code is wrong.", await (await SignInAsync(Wrong())).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        foreach (var code in new[] { Wrong(), app.Code, recoveryCodes[0] })
        {
            using var answer = await SubmitAsync(Code, "code", ("Form.Code", code));
            Assert.Contains("Too many tries", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        using var password = await SignInAsync("admin", Accounts.Password);
        Assert.Contains("Too many tries", await password.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        string Wrong() => recovery ? "ABCDE-FGHIJ" : app.WrongCode;
    }

    [Fact]
    public async Task Guesses_that_come_together_are_all_counted()
    {
        await TurnOnAndLogOutAsync();
        await SignInAsync("admin", Accounts.Password);
        var wrong = app.WrongCode;

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
            await (await SubmitAsync(Code, "code", ("Form.Code", wrong))).Content.ReadAsStringAsync()));

        Assert.True(answers.Count(answer => answer.Contains("The code is wrong.", StringComparison.Ordinal)) <= 4, "More than four were answered before the lock-out");
    }

    [Fact]
    public async Task Turned_off_the_password_alone_is_enough_again()
    {
        await TurnOnAsync();

        var page = await StepAsync("turn-off", Accounts.Password);

        Assert.Contains("The second factor is off.", page, StringComparison.Ordinal);
        Assert.Contains("Set up", page, StringComparison.Ordinal);
        await LogOutAsync();
        Assert.Equal("/admin", PathOf(await SignInAsync("admin", Accounts.Password)));
    }

    [Fact]
    public async Task Turning_it_on_ends_the_sessions_of_other_browsers_and_not_this_one()
    {
        await SignInAsync("admin", Accounts.Password);
        await ElsewhereAsync(async () =>
        {
            await TurnOnAsync();
            Assert.Contains("The second factor is off.", await StepAsync("turn-off", Accounts.Password), StringComparison.Ordinal);
        });

        Assert.Contains("Your session has ended.", await StepAsync("begin", Accounts.Password), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_session_sends_that_has_ended_elsewhere_changes_nothing()
    {
        await SignInAsync("admin", Accounts.Password);
        await Database.ExecuteAsync("update asp_net_users set security_stamp = 'another'");

        Assert.Contains("Your session has ended.", await StepAsync("begin", Accounts.Password), StringComparison.Ordinal);
        using var password = await SubmitAsync(Account, "password", ("Form.Old", Accounts.Password), ("Form.New", "battery staple"));

        Assert.Contains("Your session has ended.", await password.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await Database.ReadAsync<long>("select count(*) from asp_net_user_tokens"));
    }

    [Fact]
    public async Task What_is_done_to_the_account_is_in_the_audit_log_without_any_secret()
    {
        await TurnOnAndLogOutAsync();
        await SignInAsync(recoveryCodes[0]);
        await StepAsync("renew", Accounts.Password);
        await StepAsync("turn-off", "wrong password");
        await StepAsync("turn-off", app.Code);
        using var password = await SubmitAsync(Account, "password", ("Form.Old", Accounts.Password), ("Form.New", "battery staple"));

        Assert.Equal(
            [
                "admin operator-added", "admin sign-in", "admin second-factor-on", "admin log-out", "admin recovery-code {\"left\": 9}", "admin sign-in",
                "admin new-recovery-codes", "somebody access-refused", "admin second-factor-off", "admin password",
            ],
            await Database.ReadAllAsync<string>("select concat_ws(' ', replace(actor, 'settings', 'admin'), action, after) from audit_entries where subject = 'operator admin' order by id"));
    }

    [Fact]
    public async Task Another_sites_page_changes_nothing()
    {
        await SignInAsync("admin", Accounts.Password);

        using var answer = await PostFormAsync(Account, ("_handler", "second-factor"), ("Form.Proof", Accounts.Password), ("Form.Step", "begin"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private async Task TurnOnAsync()
    {
        await SignInAsync("admin", Accounts.Password);
        app = new AuthenticatorApp(Key().Match(await StepAsync("begin", Accounts.Password)).Groups[1].Value);
        var page = await StepAsync("turn-on", app.Code);
        Assert.Contains("Second factor: on", page, StringComparison.Ordinal);
        recoveryCodes = [.. RecoveryCode().Matches(page).Select(match => match.Groups[1].Value)];
    }

    private async Task TurnOnAndLogOutAsync()
    {
        await TurnOnAsync();
        await LogOutAsync();
    }

    private async Task<string> StepAsync(string step, string proof)
    {
        using var answer = await SubmitAsync(Account, "second-factor", ("Form.Proof", proof), ("Form.Step", step), ("Form.Ticket", ticket));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        ticket = Ticket().Match(page).Groups[1].Value;
        return page;
    }

    /// <summary>By the password and that code.</summary>
    private async Task<HttpResponseMessage> SignInAsync(string code)
    {
        using var halfway = await SignInAsync("admin", Accounts.Password);
        return await SubmitAsync(Code, "code", ("Form.Code", code));
    }

    private async Task<string> RefusedAtAsync(string path)
    {
        using var answer = await Browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return new Uri(Browser.BaseAddress!, answer.Headers.Location!).AbsolutePath;
    }

    private string PathOf(HttpResponseMessage answer) => new Uri(Browser.BaseAddress!, answer.Headers.Location!).PathAndQuery;

    /// <summary>The rows of modules that the path fills, "#" for a dark one.</summary>
    private static IEnumerable<string> Rows(string path, int side)
    {
        var rows = Enumerable.Range(0, side).Select(_ => new string('.', side).ToCharArray()).ToArray();
        foreach (Match run in Run().Matches(path))
        {
            var (x, y, length) = (Number(run, 1), Number(run, 2), Number(run, 3));
            Array.Fill(rows[y], '#', x, length);
        }
        Assert.Equal("", Run().Replace(path, ""));
        return rows.Select(row => new string(row));

        static int Number(Match run, int group) => int.Parse(run.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("""<svg[^>]*role="img"[^>]*aria-label="QR code[^"]*"[^>]*viewBox="0 0 (?<side>\d+) \k<side>"[^>]*>\s*<rect width="\k<side>" height="\k<side>" fill="#fff"[^>]*></rect>\s*<path fill="#000" d="(?<path>[^"]+)"[^>]*></path>\s*</svg>""")]
    private static partial Regex Drawing();

    [GeneratedRegex(@"M(\d+) (\d+)h(\d+)v1h-\3z")]
    private static partial Regex Run();

    [GeneratedRegex("""account__key"[^>]*>([A-Z2-7 ]+)<""")]
    private static partial Regex Key();

    [GeneratedRegex("""name="Form.Ticket" value="([^"]+)""")]
    private static partial Regex Ticket();

    [GeneratedRegex("<li[^>]*>([0-9A-Z]{5}-[0-9A-Z]{5})</li>")]
    private static partial Regex RecoveryCode();
}
