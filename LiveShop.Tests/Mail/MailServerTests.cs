using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LiveShop.Tests.Harness;
using LiveShop.Web.Mail;
using LiveShop.Web.Settings;

namespace LiveShop.Tests;

/// <summary>How mails travel to a server: connections, time-outs, encryption, passwords, addresses.</summary>
public sealed class MailServerTests(PostgresServer postgres) : MailTests(postgres)
{
    [Fact]
    public async Task An_address_beyond_ASCII_goes_to_a_server_that_knows_such_and_waits_for_one_otherwise()
    {
        var old = NewSink();
        await SendAsync(To(old));
        await BuyAsync(delivery: Some.Delivery with { Email = "ána@example.org" });
        await UntilPostponedAsync();
        await StopSendingAsync();
        Assert.Empty(old.Taken);

        var sink = NewSink(knowsUtf8: true);
        await LetTimePassAsync();
        await SendAsync(To(sink));

        await UntilSentAsync();
        Assert.Equal("ána@example.org", Assert.Single(sink.Taken).Recipient);
    }

    [Fact]
    public async Task A_domain_beyond_ASCII_travels_in_ASCII_also_to_a_server_that_knows_such_addresses()
    {
        var sink = NewSink(knowsUtf8: true);
        await SendAsync(To(sink));

        await BuyAsync(delivery: Some.Delivery with { Email = "ana@exämple.org" });

        await UntilSentAsync();
        Assert.Equal("ana@xn--exmple-cua.org", Assert.Single(sink.Taken).Recipient);
    }

    [Theory]
    [InlineData]
    [InlineData("220 script")]
    [InlineData("220 script", "250 script")]
    [InlineData("220 script", "250 script", "250 fine")]
    [InlineData("220 script", "250 script", "250 fine", "250 fine")]
    [InlineData("220 script", "250 script", "250 fine", "250 fine", "354 go on")]
    public async Task A_server_that_stops_answering_is_left_after_the_time_for_a_command(params string[] answers)
    {
        var script = NewScript(answers);
        await BuyAsync();

        var log = await SendAsync(ToPort(script.Port), timeouts: new DeliveryTimeouts(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)));

        await UntilPostponedAsync();
        Assert.Contains("The server does not answer in time.", Assert.Single(log.Lines), StringComparison.Ordinal);
        await script.HungUp.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request")]
    [InlineData("220 script", "what?")]
    [InlineData("220 script", "250 script", "250-one\r\n251 another <ana@example.org>")]
    [InlineData("220 script", "250 script", "250 fine", "<ana@example.org>? 250")]
    public async Task A_server_that_does_not_speak_SMTP_gets_no_mail_and_its_words_do_not_reach_the_log(params string[] answers)
    {
        var script = NewScript(answers);
        await BuyAsync();

        var log = await SendAsync(ToPort(script.Port));

        await UntilPostponedAsync();
        Assert.StartsWith("Warning: Mails cannot be sent for now", Assert.Single(log.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain("ana@", log.Lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("454 relay access denied for now", false, false)]
    [InlineData("554 relay access denied", false, false)]
    [InlineData("451 greylisted", true, false)]
    [InlineData("501 bad address", true, true)]
    [InlineData("553 no such mailbox", true, true)]
    [InlineData("556 the domain takes no mail", true, true)]
    public async Task Only_an_answer_about_the_recipient_is_taken_for_one(string answer, bool concernsRecipient, bool isFinal)
    {
        var script = NewScript("220 script", "250 script", "250 fine", answer, "250 reset", "221 bye");
        await BuyAsync();

        var log = await SendAsync(ToPort(script.Port));

        await Eventually.TrueAsync(async () => await CountAsync($"last_error is not null and (next_attempt_at is null) = {isFinal}") == 1);
        await Eventually.TrueAsync(() => log.Lines.Count == 1);
        Assert.Equal(concernsRecipient ? 0 : 1, log.Count("Mails cannot be sent for now"));
        Assert.Contains(answer[..3], Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_with_dots_that_no_standard_allows_is_sent_as_it_was_typed()
    {
        // The sink refuses it.
        var script = NewScript("220 script", "250 script", "250 fine", "250 fine", "354 go on", "250 taken", "221 bye");
        await SendAsync(ToPort(script.Port));

        await BuyAsync(delivery: Some.Delivery with { Email = "aaa..b.@docomo.ne.jp" });

        await UntilSentAsync();
        Assert.Contains("RCPT TO:<aaa..b.@docomo.ne.jp>", script.Heard);
    }

    [Fact]
    public async Task Mails_of_a_burst_share_connections_which_end_with_it()
    {
        var sink = NewSink();
        await BuyAsync(20);
        await SendAsync(To(sink));

        await UntilSentAsync(20);
        Assert.Equal(20, sink.Taken.Count);
        Assert.InRange(sink.Connections, 1, MailWorker.AtOnce);
        await Eventually.TrueAsync(() => sink.Open == 0);
    }

    [Fact]
    public async Task A_server_that_ends_a_connection_after_some_mails_takes_the_next_over_another()
    {
        var sink = NewSink().Then(SmtpFault.None, SmtpFault.None, SmtpFault.None, SmtpFault.None, SmtpFault.ServiceBusy);
        await BuyAsync(8);
        var log = await SendAsync(To(sink));

        await UntilSentAsync(8);
        Assert.Equal(8, await CountAsync("attempts = 1"));
        Assert.Equal(8, sink.Taken.Count);
        Assert.Equal(MailWorker.AtOnce + 1, sink.Connections);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task A_mail_that_must_travel_encrypted_does_not_go_to_a_server_that_cannot()
    {
        var sink = NewSink();
        await SendAsync(To(sink, useTls: true));
        await BuyAsync();

        await UntilPostponedAsync();
        Assert.Empty(sink.Taken);
    }

    [Theory]
    [InlineData("220 script", "250-script\r\n250 STARTTLS", "454 not now", "221 bye")]
    [InlineData("220 script", "250-script\r\n250 STARTTLS", "220 go on", "250 in clear")]
    public async Task A_mail_that_must_travel_encrypted_does_not_leave_when_encryption_fails(params string[] answers)
    {
        var script = NewScript(answers);
        await BuyAsync();

        await SendAsync(ToPort(script.Port) with { Server = new MailServer("127.0.0.1", script.Port, "shop", "Secret7", UseTls: true) });

        await UntilPostponedAsync();
        Assert.DoesNotContain(script.Heard, line => line.StartsWith("MAIL", StringComparison.Ordinal) || line.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_that_must_travel_encrypted_does_not_go_to_a_server_whose_certificate_nobody_vouches_for()
    {
        using var certificate = SelfSigned();
        var sink = NewSink(certificate: certificate);
        var log = await SendAsync(To(sink, useTls: true));
        await BuyAsync();

        await UntilPostponedAsync();
        Assert.Empty(sink.Taken);
        Assert.DoesNotContain('\n', Assert.Single(log.Lines));
    }

    [Fact]
    public async Task A_server_that_asks_for_a_password_takes_mails_with_the_right_one_only()
    {
        var sink = NewSink(login: new NetworkCredential("shop", "Secret7"));
        await BuyAsync();
        foreach (var (server, reason) in new[]
        {
            (new MailServer("127.0.0.1", sink.Port, null, null, UseTls: false), "asks for a user name"),
            (new MailServer("127.0.0.1", sink.Port, "shop", "Secret8", UseTls: false), "refuses the user name or the password"),
        })
        {
            await LetTimePassAsync();
            var log = await SendAsync(To(sink) with { Server = server });
            await Eventually.TrueAsync(() => log.Count(reason) == 1);
            Assert.DoesNotContain("Secret", string.Concat(log.Lines), StringComparison.Ordinal);
            await StopSendingAsync();
        }
        Assert.Empty(sink.Taken);

        await LetTimePassAsync();
        await SendAsync(To(sink) with { Server = new MailServer("127.0.0.1", sink.Port, "shop", "Secret7", UseTls: false) });

        await UntilSentAsync();
        Assert.Single(sink.Taken);
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
