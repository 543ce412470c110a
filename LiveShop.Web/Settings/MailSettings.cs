using MimeKit;

namespace LiveShop.Web.Settings;

/// <summary>Where the shop's mails go. With neither a server nor a folder they wait in the database.</summary>
/// <param name="From"><c>Mail:From</c>, default <c>orders@localhost</c>; a name may stand before it: <c>Drop 1 &lt;orders@example.org&gt;</c>.</param>
/// <param name="Server">The server that takes them; comes before <paramref name="Folder"/>.</param>
/// <param name="Folder"><c>Mail:Folder</c>: absolute; mails are written there as .eml files. In development the default is <c>mail</c> in the data directory.</param>
internal sealed record MailSettings(MailboxAddress From, MailServer? Server, string? Folder)
{
    /// <exception cref="SettingException">For the first setting that makes no sense.</exception>
    public static MailSettings Read(IConfiguration configuration, bool isDevelopment, string dataDirectory, string contentRoot)
    {
        var folder = WebSettings.Text(configuration, "Mail:Folder", isDevelopment ? Path.Combine(dataDirectory, "mail") : "", longest: 1000);
        return new MailSettings(Sender(configuration), MailServer.Read(configuration), folder is "" ? null : Path.GetFullPath(folder, contentRoot));
    }

    private static MailboxAddress Sender(IConfiguration configuration)
    {
        const string Key = "Mail:From";
        var value = WebSettings.Text(configuration, Key, "orders@localhost", longest: 254);
        // By default MimeKit reads "a@example.org, b@example.org" as an address with a name, and "nobody" as an address.
        var strict = new ParserOptions { AllowUnquotedCommasInAddresses = false, AllowAddressesWithoutDomain = false };
        return MailboxAddress.TryParse(strict, value, out var from) && from.LocalPart.All(char.IsAscii)
            ? from
            : throw new SettingException(Key, "an e-mail address such as orders@example.org", value);
    }
}

/// <summary>A server that takes mails by SMTP.</summary>
/// <param name="Host"><c>Mail:Smtp:Host</c>; without it there is no server.</param>
/// <param name="Port"><c>Mail:Smtp:Port</c>, default 25.</param>
/// <param name="UserName"><c>Mail:Smtp:UserName</c>; null where it lets this machine in without.</param>
/// <param name="Password"><c>Mail:Smtp:Password</c>; goes with the user name.</param>
/// <param name="UseTls"><c>Mail:Smtp:UseTls</c>: STARTTLS. The default is true where a password is sent.</param>
internal sealed record MailServer(string Host, int Port, string? UserName, string? Password, bool UseTls)
{
    /// <exception cref="SettingException">For the first setting that makes no sense, also where no host is given.</exception>
    public static MailServer? Read(IConfiguration configuration)
    {
        var host = WebSettings.Text(configuration, "Mail:Smtp:Host", "", longest: 253);
        if (host is not "" && Uri.CheckHostName(host) == UriHostNameType.Unknown) throw new SettingException("Mail:Smtp:Host", "the name or address of a machine", host);
        var port = WebSettings.Whole(configuration, "Mail:Smtp:Port", 25, 1, 65535);
        var userName = WebSettings.Text(configuration, "Mail:Smtp:UserName", "", longest: 254);
        var password = configuration["Mail:Smtp:Password"] ?? "";
        if ((userName is "") != (password is "")) throw new SettingException("Mail:Smtp:Password", "given together with Mail:Smtp:UserName", "…");
        var useTls = WebSettings.Flag(configuration, "Mail:Smtp:UseTls", fallback: userName is not "");
        return host is "" ? null : new MailServer(host, port, userName is "" ? null : userName, password is "" ? null : password, useTls);
    }
}
