using LiveShop.Web.Settings;
using Microsoft.Extensions.Configuration;
using MimeKit;

namespace LiveShop.Tests;

public sealed class MailSettingsTests
{
    [Fact]
    public void With_nothing_set_mails_are_written_to_a_folder_in_development_and_wait_in_production()
    {
        Assert.Equal(new MailSettings(MailboxAddress.Parse("orders@localhost"), Server: null, "/srv/shop/data/mail"), Read(isDevelopment: true));
        Assert.Equal(new MailSettings(MailboxAddress.Parse("orders@localhost"), Server: null, Folder: null), Read());
    }

    [Fact]
    public void Every_setting_is_read() => Assert.Equal(
        new MailSettings(MailboxAddress.Parse("orders@example.org"), new MailServer("mail.example.org", 587, "shop", "Secret7", UseTls: true), "/var/mail/shop"),
        Read(
            isDevelopment: false,
            ("Mail:From", "orders@example.org"),
            ("Mail:Smtp:Host", "mail.example.org"),
            ("Mail:Smtp:Port", "587"),
            ("Mail:Smtp:UserName", "shop"),
            ("Mail:Smtp:Password", "Secret7"),
            ("Mail:Smtp:UseTls", "true"),
            ("Mail:Folder", "/var/mail/shop")));

    [Theory]
    [InlineData("Mail:From")]
    [InlineData("Mail:Smtp:Host")]
    [InlineData("Mail:Smtp:Port")]
    [InlineData("Mail:Smtp:UserName")]
    [InlineData("Mail:Smtp:Password")]
    [InlineData("Mail:Smtp:UseTls")]
    [InlineData("Mail:Folder")]
    public void Set_to_nothing_is_not_set(string key) => Assert.Equal(Read(), Read(isDevelopment: false, (key, "")));

    [Fact]
    public void A_host_alone_will_do_and_a_password_travels_encrypted_unless_the_settings_say_otherwise()
    {
        Assert.Equal(new MailServer("mail", 25, null, null, UseTls: false), Read(isDevelopment: true, ("Mail:Smtp:Host", "mail")).Server);
        (string, string)[] signedIn = [("Mail:Smtp:Host", "mail"), ("Mail:Smtp:UserName", "shop"), ("Mail:Smtp:Password", "x")];
        Assert.True(Read(isDevelopment: false, signedIn).Server!.UseTls);
        Assert.False(Read(isDevelopment: false, [.. signedIn, ("Mail:Smtp:UseTls", "false")]).Server!.UseTls);
    }

    [Fact]
    public void A_name_may_stand_before_the_senders_address()
    {
        var from = Read(isDevelopment: false, ("Mail:From", "Drop 1 <orders@example.org>")).From;

        Assert.Equal(("Drop 1", "orders@example.org"), (from.Name, from.Address));
    }

    [Theory]
    [InlineData("orders@xn--bcher-kva.example")]
    [InlineData("orders@b\u00fccher.example")]
    public void The_senders_domain_may_be_of_any_script(string sender) =>
        Assert.Equal("orders@b\u00fccher.example", Read(isDevelopment: false, ("Mail:From", sender)).From.Address);

    [Theory]
    [InlineData("letters", "/srv/shop/letters")]
    [InlineData("/var/letters", "/var/letters")]
    public void The_folder_is_meant_from_the_content_root(string given, string meant) =>
        Assert.Equal(meant, Read(isDevelopment: true, ("Mail:Folder", given)).Folder);

    [Theory]
    [InlineData("Mail:From", "nobody", "an e-mail address such as orders@example.org")]
    [InlineData("Mail:From", "a@example.org, b@example.org", "an e-mail address such as orders@example.org")]
    [InlineData("Mail:From", "örders@example.org", "an e-mail address such as orders@example.org")]
    [InlineData("Mail:Smtp:Host", "mail server", "the name or address of a machine")]
    [InlineData("Mail:Smtp:Host", "smtp://mail", "the name or address of a machine")]
    [InlineData("Mail:Smtp:Host", "mail:25", "the name or address of a machine")]
    [InlineData("Mail:Smtp:Port", "0", "a whole number from 1 to 65535")]
    [InlineData("Mail:Smtp:Port", "65536", "a whole number from 1 to 65535")]
    [InlineData("Mail:Smtp:UseTls", "yes", "true or false")]
    [InlineData("Mail:Folder", "two\nlines", "a text of 1 to 1000 characters")]
    public void What_makes_no_sense_is_refused(string key, string value, string mustBe) =>
        Assert.Equal($"{key} must be {mustBe}, but is '{value}'.", Refusal((key, value)));

    [Theory]
    [InlineData("Mail:Smtp:UserName")]
    [InlineData("Mail:Smtp:Password")]
    public void User_name_and_password_go_together_and_neither_is_shown(string key) =>
        Assert.Equal("Mail:Smtp:Password must be given together with Mail:Smtp:UserName, but is '…'.", Refusal((key, "Secret7")));

    private static MailSettings Read(bool isDevelopment = false, params (string Key, string Value)[] settings) => MailSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build(),
        isDevelopment, dataDirectory: "/srv/shop/data", contentRoot: "/srv/shop");

    private static string Refusal((string, string) setting) => Assert.Throws<SettingException>(() => Read(isDevelopment: false, setting)).Message;
}
