using System.Text.RegularExpressions;

namespace LiveShop.Tests.Harness;

/// <summary>Tests of what an operator's browser sends and is sent. There is one operator, "admin" with <see cref="Accounts.Password"/>.</summary>
public abstract partial class OperatorTests(PostgresServer postgres) : HostTests(postgres)
{
    protected const string Login = "/admin/login";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await AddOperatorAsync();
    }

    protected Task<HttpResponseMessage> SignInAsync(string userName, string password, string? returnUrl = null) => SubmitAsync(
        returnUrl is null ? Login : $"{Login}?ReturnUrl={Uri.EscapeDataString(returnUrl)}", "login", ("Form.UserName", userName), ("Form.Password", password));

    protected Task<HttpResponseMessage> LogOutAsync() => SubmitAsync("/admin", handler: null, to: "/admin/logout");

    /// <summary>Does it in a browser with cookies of its own, in this shop unless another is given.</summary>
    private protected async Task ElsewhereAsync(Func<Task> action, ShopHost? shop = null)
    {
        var here = Browser;
        using var elsewhere = shop?.NewBrowser() ?? NewBrowser();
        Browser = elsewhere;
        await action();
        Browser = here;
    }

    /// <summary>Opens the page and sends its form of that name.</summary>
    protected Task<HttpResponseMessage> SubmitAsync(string page, string handler, params (string Key, string Value)[] fields) => SubmitAsync(page, handler, page, fields);

    private async Task<HttpResponseMessage> SubmitAsync(string page, string? handler, string to, params (string Key, string Value)[] fields)
    {
        return await PostFormAsync(to, [("__RequestVerificationToken", await TokenAsync(page)), .. handler is null ? Array.Empty<(string, string)>() : [("_handler", handler)], .. fields]);
    }

    protected async Task<string> TokenAsync(string page) => Token().Match(await Browser.GetStringAsync(page)).Groups[1].Value;

    [GeneratedRegex("""name="__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex Token();
}
