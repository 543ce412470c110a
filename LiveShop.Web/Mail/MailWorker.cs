using LiveShop.Domain;
using LiveShop.Web.Settings;

namespace LiveShop.Web.Mail;

/// <summary>Sends what is due in the outbox until the node stops. Any number of nodes may do so at once.</summary>
/// <remarks>
/// A mail is marked as sent as soon as the server has taken it, and no mail is lost: see <see cref="Outbox"/>. In the one
/// window that is left (the server took it, and before that was recorded the node died, the database stayed away for longer than
/// the lease, or the server's answer was lost) it is sent again with the same Message-ID.
/// </remarks>
internal sealed class MailWorker(
    Outbox outbox, OrderMail writer, MailDelivery delivery, MailSettings settings, TimeProvider time, ILogger<MailWorker> logger) : BackgroundService
{
    /// <summary>Mails under way at once on one node.</summary>
    public const int AtOnce = 4;

    /// <summary>
    /// Asking beats waiting for an event of the purchase: mails to be tried again, and those of a node that died, must be found
    /// by asking anyhow, nobody minds the second, and it costs one look into an index that holds only what is to be sent.
    /// </summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Between attempts to record a mail as sent; shorter than <see cref="Interval"/>, to be before the others when the database comes back.</summary>
    private static readonly TimeSpan RecordInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>How long mails under way may take when the node stops.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private int isFailing;
    private int isOutboxAway;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings is { Server: null, Folder: null })
        {
            MailLog.Nowhere(logger);
            return;
        }
        if (settings is { Server: null, Folder: { } folder }) MailLog.ToFolder(logger, folder);
        using var end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var stop = stoppingToken.Register(() => end.CancelAfter(Farewell));
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                while (await SendDueAsync(stoppingToken, end.Token))
                {
                }
                await delivery.RestAsync();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The end that was asked for, in the middle of whatever was under way.
        }
        finally
        {
            await delivery.RestAsync();
        }
    }

    /// <summary>Whether to go on at once: more may be due, and the server takes it. One that does not is asked once in each interval.</summary>
    private async Task<bool> SendDueAsync(CancellationToken stop, CancellationToken end)
    {
        try
        {
            var due = await outbox.ClaimAsync(AtOnce, stop);
            OutboxAnswers();
            await Task.WhenAll(due.Select(mail => SendAsync(mail, end)));
            return due.Count == AtOnce && Volatile.Read(ref isFailing) == 0;
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            // Whatever it is: what was claimed is due again when its lease ends.
            OutboxFails(exception);
            return false;
        }
    }

    private async Task SendAsync(OutgoingMail mail, CancellationToken end)
    {
        using var message = writer.Write(mail);
        var outcome = message is null
            ? new DeliveryOutcome.Declined("no mail can be sent to what the shopper typed", "This is no address that a mail can be sent to.", IsFinal: true)
            : await delivery.DeliverAsync(message, OrderMail.NameOf(mail), end);
        switch (outcome)
        {
            case DeliveryOutcome.Taken:
                await MarkSentAsync(mail, end);
                if (Interlocked.Exchange(ref isFailing, 0) == 1) MailLog.Working(logger);
                break;
            case DeliveryOutcome.Declined { IsFinal: true } declined:
                await outbox.RefuseAsync(mail, declined.ServersWords, end);
                MailLog.Refused(logger, mail.Kind, mail.Order.Number, declined.Reason);
                break;
            case DeliveryOutcome.Declined declined:
                await outbox.PostponeAsync(mail, declined.ServersWords, end);
                MailLog.Postponed(logger, mail.Kind, mail.Order.Number, mail.Attempt, declined.Reason);
                break;
            case DeliveryOutcome.Failed failed:
                if (Interlocked.Exchange(ref isFailing, 1) == 0) MailLog.Failing(logger, failed.Reason);
                await outbox.PostponeAsync(mail, failed.Reason, end);
                break;
        }
    }

    /// <summary>Tries until the database has it: a mail that was sent and is not marked would be sent again.</summary>
    private async Task MarkSentAsync(OutgoingMail mail, CancellationToken end)
    {
        while (true)
        {
            try
            {
                await outbox.MarkSentAsync(mail, end);
                OutboxAnswers();
                return;
            }
            catch (Exception exception) when (DatabaseOutage.Is(exception))
            {
                OutboxFails(exception);
                await Task.Delay(RecordInterval, time, end);
            }
        }
    }

    private void OutboxAnswers()
    {
        if (Interlocked.Exchange(ref isOutboxAway, 0) == 1) MailLog.OutboxReachable(logger);
    }

    private void OutboxFails(Exception exception)
    {
        if (Interlocked.Exchange(ref isOutboxAway, 1) == 0) MailLog.OutboxUnreachable(logger, exception.GetBaseException().Message);
    }
}
