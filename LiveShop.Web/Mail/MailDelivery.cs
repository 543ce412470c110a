using System.Net;
using System.Net.Mail;
using LiveShop.Web.Settings;

namespace LiveShop.Web.Mail;

/// <summary>Hands one mail to the server, or puts it into the folder.</summary>
internal sealed class MailDelivery(MailSettings settings, TimeProvider time)
{
    /// <summary>
    /// For everything from connecting to the server's word that it has the mail. RFC 5321 (4.5.3.2) would leave it ten minutes,
    /// because who gives up before may send twice; but a server that hangs would then hold up all mails for that long.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Of a folder that is not there yet: its mails say where shoppers live.</summary>
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <param name="name">Of the file in a folder, where a repeat takes the place of the first.</param>
    public async Task<DeliveryOutcome> DeliverAsync(MailMessage mail, string name, CancellationToken cancellationToken)
    {
        try
        {
            await (settings.Server is { } server ? SendAsync(mail, server, cancellationToken) : WriteAsync(mail, name, cancellationToken));
            return new DeliveryOutcome.Taken();
        }
        catch (SmtpFailedRecipientException exception)
        {
            var status = (int)exception.StatusCode;
            return new DeliveryOutcome.Declined($"the server says {status}", exception.Message, IsFinal: status is >= 500 and <= 599);
        }
        catch (SmtpException exception) when (exception.StatusCode == SmtpStatusCode.GeneralFailure && Format(mail) == SmtpDeliveryFormat.International)
        {
            // The exception tells the address, which is not for the log. Another server may know such addresses.
            return new DeliveryOutcome.Declined("the server knows no addresses beyond ASCII", "no SMTPUTF8", IsFinal: false);
        }
        catch (SmtpException exception) when (exception.StatusCode > 0)
        {
            return new DeliveryOutcome.Failed($"The server says {(int)exception.StatusCode}, {exception.StatusCode}.");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new DeliveryOutcome.Failed(exception.GetBaseException().Message);
        }
    }

    private async Task SendAsync(MailMessage mail, MailServer server, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient(server.Host, server.Port)
        {
            EnableSsl = server.UseTls,
            Credentials = server.UserName is null ? null : new NetworkCredential(server.UserName, server.Password),
            DeliveryFormat = Format(mail),
        };
        await client.SendMailAsync(mail, cancellationToken).WaitAsync(Patience, time, cancellationToken);
    }

    /// <summary>Written elsewhere and then moved, so that whoever looks into the folder finds whole mails only.</summary>
    private async Task WriteAsync(MailMessage mail, string name, CancellationToken cancellationToken)
    {
        var folder = settings.Folder ?? throw new InvalidOperationException("There is nowhere to deliver to.");
        var draft = Path.Combine(folder, $".{name}-{Guid.NewGuid():N}");
        if (!OperatingSystem.IsWindows()) Directory.CreateDirectory(folder, OwnersOnly);
        Directory.CreateDirectory(draft);
        try
        {
            using var client = new SmtpClient
            {
                DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory,
                PickupDirectoryLocation = draft,
                DeliveryFormat = Format(mail),
            };
            await client.SendMailAsync(mail, cancellationToken);
            File.Move(Directory.GetFiles(draft).Single(), Path.Combine(folder, $"{name}.eml"), overwrite: true);
        }
        finally
        {
            Directory.Delete(draft, recursive: true);
        }
    }

    /// <summary>Only an address that is not ASCII before its @ needs what not every server understands (SMTPUTF8, RFC 6531).</summary>
    private static SmtpDeliveryFormat Format(MailMessage mail) =>
        mail.To.All(recipient => recipient.User.All(char.IsAscii)) ? SmtpDeliveryFormat.SevenBit : SmtpDeliveryFormat.International;
}
