using LiveShop.Domain;
using LiveShop.Load;
using LiveShop.Tests.Harness;
using LiveShop.Web.Mail;

namespace LiveShop.Tests;

public sealed class MailWorkerTests(PostgresServer postgres) : MailTests(postgres)
{
    [Fact]
    public async Task A_buyer_is_sent_the_confirmation_once()
    {
        var sink = NewSink();
        var log = await SendAsync(To(sink));

        var number = Assert.Single(await BuyAsync());

        await UntilSentAsync();
        var mail = Assert.Single(sink.Taken);
        Assert.Equal(("ana@example.org", "ana@example.org"), (mail.Recipient, mail.Header("To")));
        Assert.Equal($"<{number}.confirmation@example.org>", mail.Header("Message-ID"));
        Assert.NotEqual("", mail.Header("Date"));
        Assert.Contains($"your order {number} of", mail.Body, StringComparison.Ordinal);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task Words_in_any_script_and_lines_that_begin_with_a_dot_arrive_as_they_were_typed()
    {
        var sink = NewSink();
        await SendAsync(To(sink));

        await BuyAsync(delivery: new DeliveryDetails
        {
            Email = "ana@exämple.org",
            Name = "Zoë Müller-Žák",
            Address = ".",
            City = "東京",
            PostalCode = "..1",
            Country = "Ελλάδα " + new string('ß', 70),
        });

        await UntilSentAsync();
        var mail = Assert.Single(sink.Taken);
        foreach (var line in new[] { "Zoë Müller-Žák", ".", "..1 東京", "Ελλάδα " + new string('ß', 70) }) Assert.Contains($"\r\n{line}\r\n", mail.Body, StringComparison.Ordinal);
        Assert.Equal("ana@xn--exmple-cua.org", mail.Recipient);
        Assert.All(mail.Source, letter => Assert.True(char.IsAscii(letter)));
        Assert.StartsWith("Snéakers: order ", mail.Header("Subject"), StringComparison.Ordinal);
        Assert.All(mail.Source.Split("\r\n"), line => Assert.True(line.Length <= 998, line));
    }

    [Fact]
    public async Task A_server_that_is_busy_is_asked_again_until_it_takes_the_mail_and_the_log_says_so_once()
    {
        var sink = NewSink().Then(SmtpFault.ServiceBusy, SmtpFault.ServiceBusy);
        var log = await SendAsync(To(sink));
        await BuyAsync();
        await UntilPostponedAsync(attempts: 1);
        await LetTimePassAsync();
        await UntilPostponedAsync(attempts: 2);
        await LetTimePassAsync();

        await UntilSentAsync();
        Assert.Single(sink.Taken);
        await Eventually.TrueAsync(() => log.Lines.Count == 2);
        Assert.StartsWith("Warning: Mails cannot be sent for now", log.Lines[0], StringComparison.Ordinal);
        Assert.Equal("Information: Mails are sent again.", log.Lines[1]);
    }

    [Fact]
    public async Task A_recipient_whom_the_server_puts_off_holds_up_nobody_and_is_tried_again()
    {
        var sink = NewSink().Then(SmtpFault.RecipientBusy);
        var log = await SendAsync(To(sink));
        await BuyAsync(2);

        await UntilSentAsync(1);
        await UntilPostponedAsync();
        Assert.Contains("<ana@example.org> is greylisted", await Database.ReadAsync<string>("select last_error from emails where sent_at is null"), StringComparison.Ordinal);
        await LetTimePassAsync();

        await UntilSentAsync(2);
        Assert.Equal(2, sink.Taken.Count);
        Assert.Contains("450", Assert.Single(log.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain("ana@", log.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recipient_whom_the_server_refuses_for_good_is_recorded_and_not_tried_again()
    {
        var sink = NewSink().Then(SmtpFault.RecipientUnknown);
        var log = await SendAsync(To(sink));
        await BuyAsync(2);

        await UntilSentAsync(1);
        await Eventually.TrueAsync(async () => await CountAsync("next_attempt_at is null and sent_at is null and last_error like '%is unknown%'") == 1);
        Assert.Equal(2, sink.Connections);
        Assert.StartsWith("Error:", Assert.Single(log.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain("ana@", log.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_form_took_for_an_address_and_is_none_is_recorded_and_holds_up_nobody()
    {
        var sink = NewSink();
        await SendAsync(To(sink));

        await BuyAsync(delivery: Some.Delivery with { Email = "Ana<ana@example.org>" });
        await BuyAsync();

        await UntilSentAsync(1);
        await Eventually.TrueAsync(async () => await CountAsync("next_attempt_at is null and sent_at is null and last_error is not null") == 1);
        Assert.Equal("ana@example.org", Assert.Single(sink.Taken).Header("To"));
    }

    [Fact]
    public async Task A_connection_that_breaks_before_the_mail_was_taken_makes_no_second_mail()
    {
        var sink = NewSink().Then(SmtpFault.DropsInData);
        await SendAsync(To(sink));
        await BuyAsync();
        await UntilPostponedAsync();
        await LetTimePassAsync();

        await UntilSentAsync();
        Assert.Single(sink.Taken);
    }

    [Fact]
    public async Task A_server_that_takes_the_mail_and_breaks_off_before_it_says_so_gets_it_again_with_the_same_id()
    {
        var sink = NewSink().Then(SmtpFault.TakesAndDrops);
        var log = await SendAsync(To(sink));
        await BuyAsync();
        await UntilPostponedAsync();
        await LetTimePassAsync();

        await UntilSentAsync();
        Assert.Equal(2, sink.Taken.Count);
        Assert.Single(sink.Taken.Select(mail => mail.Header("Message-ID")).Distinct());
        Assert.DoesNotContain("ana@", string.Concat(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_hangs_is_given_up_and_tried_again()
    {
        var time = new HandTime();
        var sink = NewSink().Then(SmtpFault.HangsAfterData);
        await BuyAsync();
        var log = await SendAsync(To(sink), time: time);
        await Eventually.TrueAsync(() => sink.Hanging == 1);
        Assert.Equal(0, await CountAsync("last_error is not null"));

        time.Advance(DeliveryTimeouts.Default.Whole);
        await UntilPostponedAsync();
        Assert.Equal("Warning: Mails cannot be sent for now; they are tried again until they are. The server has not taken a mail within 60 s.", Assert.Single(log.Lines));
        await LetTimePassAsync();

        await Eventually.TrueAsync(async () =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return await CountAsync("sent_at is not null") == 1;
        });
        Assert.Single(sink.Taken);
    }

    [Fact]
    public async Task A_node_has_four_mails_under_way_at_once_and_no_more()
    {
        var sink = NewSink().Then([.. Enumerable.Repeat(SmtpFault.HangsAfterData, 10)]);
        await BuyAsync(10);
        await SendAsync(To(sink));

        await Eventually.TrueAsync(() => sink.Hanging == MailWorker.AtOnce);
        Assert.Equal(MailWorker.AtOnce, await CountAsync("attempts = 1"));
        sink.Release();

        await UntilSentAsync(10);
        Assert.Equal(MailWorker.AtOnce, sink.MostConcurrent);
    }

    [Fact]
    public async Task Nodes_that_send_at_once_send_each_mail_once()
    {
        var sink = NewSink();
        var numbers = await BuyAsync(30);

        for (var i = 0; i < 3; i++) await SendAsync(To(sink));

        await UntilSentAsync(30);
        Assert.Equal(numbers.Order(StringComparer.Ordinal).Select(number => $"<{number}.confirmation@example.org>"), sink.Taken.Select(mail => mail.Header("Message-ID")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_mail_that_was_taken_while_the_database_was_away_is_recorded_when_it_is_back()
    {
        await using var link = new DatabaseLink(Database);
        var sink = NewSink().Then(SmtpFault.HangsAfterData);
        await BuyAsync();
        var log = await SendAsync(To(sink), NewNode(connectionString: link.ConnectionString));
        await Eventually.TrueAsync(() => sink.Hanging == 1);

        link.Cut();
        sink.Release();
        await Eventually.TrueAsync(() => log.Count("outbox cannot be read or written") == 1);
        Assert.Equal(0, await CountAsync("sent_at is not null"));
        link.Mend();

        await UntilSentAsync();
        Assert.Single(sink.Taken);
        await Eventually.TrueAsync(() => log.Lines is [_, "Information: The outbox is within reach."]);
    }

    [Fact]
    public async Task A_worker_outlives_an_outage_of_the_database_and_says_so_once()
    {
        await using var link = new DatabaseLink(Database);
        link.Cut();
        var time = new HandTime();
        var sink = NewSink();
        await BuyAsync();
        var log = await SendAsync(To(sink), NewNode(connectionString: link.ConnectionString), time);
        for (var i = 0; i < 3; i++)
        {
            await Eventually.TrueAsync(() => log.Count("outbox cannot be read or written") == 1);
            time.Advance(TimeSpan.FromSeconds(1));
        }
        link.Mend();

        await Eventually.TrueAsync(async () =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return await CountAsync("sent_at is not null") == 1;
        });
        Assert.Equal(1, log.Count("outbox cannot be read or written"));
        Assert.Equal(1, log.Count("The outbox is within reach"));
    }

    [Fact]
    public async Task Without_a_server_every_mail_waits_and_the_log_says_so_once()
    {
        var port = Ports.Free();
        var log = await SendAsync(ToPort(port));
        await BuyAsync(3);
        await UntilPostponedAsync(3);
        Assert.StartsWith("Warning: Mails cannot be sent for now", Assert.Single(log.Lines), StringComparison.Ordinal);

        var sink = NewSink(port);
        await LetTimePassAsync();

        await UntilSentAsync(3);
        Assert.Equal(3, sink.Taken.Count);
    }

    [Fact]
    public async Task A_node_that_stops_waits_seconds_for_a_server_that_hangs_and_leaves_the_mail_to_the_next()
    {
        var script = NewScript("220 script");
        await BuyAsync();
        await SendAsync(ToPort(script.Port));
        await Eventually.TrueAsync(() => script.IsHanging);

        await StopSendingAsync().WaitAsync(TimeSpan.FromSeconds(15));
        await script.HungUp.WaitAsync(TimeSpan.FromSeconds(15));
        Assert.Equal(0, await CountAsync("sent_at is not null"));
        await LetTimePassAsync();
        var sink = NewSink();
        await SendAsync(To(sink));

        await UntilSentAsync();
        Assert.Single(sink.Taken);
    }

    [Fact]
    public async Task A_node_that_stops_sees_to_it_that_what_is_under_way_arrives_and_is_recorded()
    {
        var sink = NewSink().Then(SmtpFault.HangsAfterData);
        await BuyAsync();
        await SendAsync(To(sink));
        await Eventually.TrueAsync(() => sink.Hanging == 1);

        var stopping = StopSendingAsync();
        sink.Release();
        await stopping;

        Assert.Equal(1, await CountAsync("sent_at is not null"));
        Assert.Single(sink.Taken);
    }

    [Fact]
    public async Task With_neither_a_server_nor_a_folder_mails_wait_and_the_log_says_so_in_one_line()
    {
        await BuyAsync();

        var log = await SendAsync(ToPort(25) with { Server = null });

        await Eventually.TrueAsync(() => log.Lines is ["Warning: Neither Mail:Smtp:Host nor Mail:Folder is set: order confirmations wait in the database."]);
        Assert.Equal(1, await CountAsync("attempts = 0 and next_attempt_at is not null"));
    }
}
