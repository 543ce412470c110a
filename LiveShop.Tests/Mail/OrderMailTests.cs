using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Mail;
using LiveShop.Web.Settings;
using MimeKit;

namespace LiveShop.Tests;

public sealed class OrderMailTests
{
    private static readonly MailSettings Settings = new(new MailboxAddress("", "orders@example.org"), Server: null, Folder: null);

    [Fact]
    public void It_says_what_was_bought_what_it_costs_and_where_it_goes()
    {
        using var mail = Write();

        Assert.Equal("Sneakers23: order 7K4M-92QX is placed", mail.Subject);
        Assert.Equal(
            """
            Hello Ana Lima,

            your order 7K4M-92QX of 21 November 2026 at 15:00 UTC is placed.

            Hop Man 3, size 8: $120
            Breezy Boost 600, size 9.5: $1,400.50
            Total: $1,520.50

            It goes to:
            Ana Lima
            Rua Augusta 1
            1100-048 Lisboa
            Portugal

            Sneakers23

            """,
            Body(mail));
    }

    [Fact]
    public void It_comes_from_the_shop_and_goes_to_the_shopper_alone()
    {
        using var mail = Write();

        Assert.Equal(new MailboxAddress("Sneakers23", "orders@example.org"), Assert.Single(mail.From));
        Assert.Equal(new MailboxAddress("", "ana@example.org"), Assert.Single(mail.To));
        Assert.Empty(mail.Cc.Concat(mail.Bcc));
    }

    [Fact]
    public void A_name_in_the_settings_comes_before_the_shops()
    {
        using var mail = new OrderMail(ShopTab.Settings, Settings with { From = new MailboxAddress("The drop", "orders@example.org") }).Write(Mail());

        Assert.Equal("The drop", Assert.Single(mail!.From).Name);
    }

    [Fact]
    public void The_id_names_the_senders_domain_as_mail_servers_know_it()
    {
        using var mail = new OrderMail(ShopTab.Settings, Settings with { From = new MailboxAddress("", "orders@b\u00fccher.example") }).Write(Mail());

        Assert.EndsWith("@xn--bcher-kva.example", mail!.MessageId, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_attempt_has_the_same_id_and_every_order_its_own()
    {
        using var first = Write();
        using var again = Write(Mail() with { Attempt = 7 });
        using var other = Write(Mail() with { Order = Mail().Order with { Number = "0000-AAAA" } });

        Assert.Equal("7K4M-92QX.confirmation@example.org", first.MessageId);
        Assert.Equal(first.MessageId, again.MessageId);
        Assert.NotEqual(first.MessageId, other.MessageId);
    }

    [Theory]
    [InlineData("Ana\r\nBcc: all@example.org")]
    [InlineData("Ana\nTotal: $0")]
    [InlineData("Ana\rTotal: $0")]
    [InlineData("Ana\u2028Total: $0")]
    [InlineData("Ana\u0085Total: $0")]
    [InlineData("Ana\0\b")]
    public void What_was_typed_begins_no_line_of_its_own(string typed)
    {
        using var plain = Write();
        using var mail = Write(Mail() with
        {
            Delivery = new DeliveryDetails { Name = typed, Address = typed, City = typed, PostalCode = typed, Country = typed, Email = "ana@example.org" },
        });

        Assert.Equal(Body(plain).Count(letter => letter == '\n'), Body(mail).Count(letter => letter == '\n'));
        Assert.DoesNotContain(Body(mail), letter => (char.IsControl(letter) && letter != '\n') || letter == '\u2028');
        Assert.Equal(plain.Headers.Select(header => header.Field), mail.Headers.Select(header => header.Field));
    }

    [Theory]
    [InlineData("<ana@example.org>")]
    [InlineData("Ana<ana@example.org>")]
    [InlineData("ana@example.org,bob")]
    [InlineData(".ana@example.org")]
    [InlineData("ana(drop)@example.org")]
    [InlineData("\"ana@example.org")]
    [InlineData("ana@ex_<>.org")]
    [InlineData("ana@ääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääääää.org")]
    [InlineData("ana@example..org")]
    public void An_address_that_the_form_takes_and_no_mail_can_be_sent_to_is_told_apart(string typed)
    {
        Assert.Empty((Some.Delivery with { Email = typed }).Validate());

        Assert.Null(new OrderMail(ShopTab.Settings, Settings).Write(Mail() with { Recipient = typed }));
    }

    [Theory]
    [InlineData("ana.lima+drop@mail.example.co.uk")]
    [InlineData("ána@example.org")]
    [InlineData("ana@exämple.org")]
    [InlineData("ana@xn--exmple-cua.org", "ana@exämple.org")]
    [InlineData("ana@XN--EXMPLE-CUA.org")]
    [InlineData("o'neil@example.org")]
    [InlineData("aaa..b@docomo.ne.jp")]
    [InlineData("aaa.@docomo.ne.jp")]
    [InlineData("\"ana\"@example.org")]
    public void Unusual_addresses_will_do(string typed, string? understood = null)
    {
        using var mail = Write(Mail() with { Recipient = typed });

        Assert.Equal(understood ?? typed, Assert.Single(mail.To.Mailboxes).Address);
    }

    [Fact]
    public void An_order_that_was_cancelled_before_its_mail_went_out_is_not_said_to_be_placed()
    {
        using var mail = Write(Mail() with { Order = Mail().Order with { State = OrderState.Cancelled, StateChangedAt = new DateTimeOffset(2026, 11, 21, 15, 5, 0, TimeSpan.Zero) } });

        Assert.Equal("Sneakers23: order 7K4M-92QX", mail.Subject);
        Assert.Contains("your order 7K4M-92QX of 21 November 2026 at 15:00 UTC was cancelled on 21 November 2026 at 15:05 UTC.", Body(mail), StringComparison.Ordinal);
        Assert.DoesNotContain("It goes to", Body(mail), StringComparison.Ordinal);
    }

    private static MimeMessage Write(OutgoingMail? mail = null) => Assert.IsType<MimeMessage>(new OrderMail(ShopTab.Settings, Settings).Write(mail ?? Mail()));

    /// <summary>The text, in which MimeKit ends lines as this machine does.</summary>
    private static string Body(MimeMessage mail) => mail.TextBody?.Replace("\r\n", "\n", StringComparison.Ordinal) ?? "";

    private static OutgoingMail Mail() => new(orderId: 1, DateTimeOffset.UnixEpoch)
    {
        Kind = OutgoingMail.Confirmation,
        Recipient = "ana@example.org",
        Attempt = 1,
        Order = new Order(
            "7K4M-92QX", "ana@example.org", 1520.5m, new DateTimeOffset(2026, 11, 21, 15, 0, 0, TimeSpan.Zero), OrderState.Placed, StateChangedAt: null,
            [new OrderLine(1, "Hop Man 3", 8, 120), new OrderLine(14, "Breezy Boost 600", 9.5m, 1400.5m)]),
        Delivery = Some.Delivery,
    };
}
