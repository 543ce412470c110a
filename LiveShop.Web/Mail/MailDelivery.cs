using LiveShop.Web.Settings;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace LiveShop.Web.Mail;

/// <summary>Hands mails to the server, or writes them to the folder.</summary>
internal sealed class MailDelivery(MailSettings settings, TimeProvider time, DeliveryTimeouts timeouts)
{
    private readonly SmtpConnections? server = settings.Server is { } given ? new SmtpConnections(given, timeouts) : null;

    /// <summary>Delivers the mail. Any number may be delivered at once.</summary>
    /// <param name="name">The name of the file in a folder, which replaces an earlier one.</param>
    public async Task<DeliveryOutcome> DeliverAsync(MimeMessage mail, string name, CancellationToken cancellationToken)
    {
        using var whole = new CancellationTokenSource(timeouts.Whole, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(whole.Token, cancellationToken);
        try
        {
            if (server is not null) return await server.SendAsync(mail, end.Token);
            await MailFolder.WriteAsync(settings.Folder ?? throw new InvalidOperationException("There is nowhere to deliver to."), mail, name, end.Token);
            return new DeliveryOutcome.Taken();
        }
        catch (SmtpCommandException exception) when (exception.ErrorCode == SmtpErrorCode.RecipientNotAccepted && ConcernsRecipient(exception.StatusCode))
        {
            var status = (int)exception.StatusCode;
            return new DeliveryOutcome.Declined($"the server says {status}", $"{status} {exception.Message}", IsFinal: status >= 500);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new DeliveryOutcome.Failed(Reason(exception));
        }
    }

    /// <summary>Ends connections that are open for further mails. Call when no mail is due.</summary>
    public Task RestAsync() => server?.CloseAsync() ?? Task.CompletedTask;

    /// <summary>Tells a refusal of this recipient from one that any recipient would meet, such as 454 (no TLS) or 554 (relaying is denied).</summary>
    private static bool ConcernsRecipient(SmtpStatusCode status) => (int)status is 450 or 451 or 452 or 501 or (>= 550 and <= 553) or 556;

    /// <summary>Names no shopper's address: the words of a server may, and are left out where they could.</summary>
    private string Reason(Exception exception) => exception switch
    {
        SmtpCommandException refusal => $"The server says {(int)refusal.StatusCode}, {refusal.StatusCode}.",
        SmtpProtocolException => "The server closed the connection or gave an answer that is not SMTP.",
        ServiceNotAuthenticatedException => "The server asks for a user name and a password.",
        AuthenticationException => $"The server refuses the user name or the password. {exception.Message}",
        TimeoutException => "The server does not answer in time.",
        OperationCanceledException => $"The server has not taken a mail within {timeouts.Whole.TotalSeconds:0} s.",
        _ => exception.GetBaseException().Message,
    };
}
