using System.Collections.Concurrent;
using LiveShop.Web.Settings;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace LiveShop.Web.Mail;

/// <summary>Connections to the mail server. A connection serves one mail after another until <see cref="CloseAsync"/>.</summary>
internal sealed class SmtpConnections(MailServer server, DeliveryTimeouts timeouts)
{
    private static readonly TimeSpan QuitTimeout = TimeSpan.FromSeconds(2);

    private readonly ConcurrentBag<SmtpClient> idle = [];

    /// <summary>Sends the mail. Mails that are sent at once travel over a connection each.</summary>
    /// <returns>Taken, or declined when the recipient needs SMTPUTF8 and the server does not offer it. Any other failure is MailKit's exception.</returns>
    public async Task<DeliveryOutcome> SendAsync(MimeMessage mail, CancellationToken cancellationToken)
    {
        if (MailFormat.NeedsSmtpUtf8(mail)) return await SendInternationalAsync(mail, cancellationToken);
        if (await TakeIdleAsync(cancellationToken) is { } used)
        {
            try
            {
                return await SendAsync(used, mail, cancellationToken);
            }
            catch (SmtpCommandException exception) when (exception.StatusCode == SmtpStatusCode.ServiceNotAvailable)
            {
                // Some servers end a connection so after a number of mails. They have not taken this one, and take it over a new connection.
            }
        }

        var client = await ConnectAsync(cancellationToken);
        // MailKit would ask for SMTPUTF8 where only the domain is not ASCII, and the mail would fail at a later server without it.
        client.Capabilities &= ~SmtpCapabilities.UTF8;
        return await SendAsync(client, mail, cancellationToken);
    }

    /// <summary>Ends the connections that are not in use. Call when no mail is due: servers close connections that say nothing for long.</summary>
    public async Task CloseAsync()
    {
        var closing = new List<Task>();
        while (idle.TryTake(out var client)) closing.Add(QuitAsync(client));
        await Task.WhenAll(closing);
    }

    private async Task<DeliveryOutcome> SendAsync(SmtpClient client, MimeMessage mail, CancellationToken cancellationToken)
    {
        try
        {
            await client.SendAsync(MailFormat.Of(mail), mail, cancellationToken);
            return new DeliveryOutcome.Taken();
        }
        finally
        {
            // MailKit keeps the connection when the server has refused a command.
            if (client.IsConnected) idle.Add(client);
            else client.Dispose();
        }
    }

    private async Task<DeliveryOutcome> SendInternationalAsync(MimeMessage mail, CancellationToken cancellationToken)
    {
        var client = await ConnectAsync(cancellationToken);
        try
        {
            if (!client.Capabilities.HasFlag(SmtpCapabilities.UTF8))
            {
                // The server may learn it, or another may take its place.
                return new DeliveryOutcome.Declined("the server takes no addresses beyond ASCII", "The server does not offer SMTPUTF8.", IsFinal: false);
            }
            await client.SendAsync(MailFormat.Of(mail), mail, cancellationToken);
            return new DeliveryOutcome.Taken();
        }
        finally
        {
            await QuitAsync(client);
        }
    }

    /// <summary>Returns a connection that still answers; null when there is none.</summary>
    private async Task<SmtpClient?> TakeIdleAsync(CancellationToken cancellationToken)
    {
        while (idle.TryTake(out var client))
        {
            try
            {
                await client.NoOpAsync(cancellationToken);
                return client;
            }
            catch (Exception exception) when (exception is SmtpCommandException or SmtpProtocolException or IOException or TimeoutException)
            {
                client.Dispose();
            }
            catch
            {
                client.Dispose();
                throw;
            }
        }
        return null;
    }

    private async Task<SmtpClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var client = new SmtpClient
        {
            Timeout = (int)timeouts.Connect.TotalMilliseconds,
            // It asks a third machine, which a firewall may hide and which a private authority does not have.
            CheckCertificateRevocation = false,
        };
        try
        {
            // StartTls fails where the server does not offer it.
            await client.ConnectAsync(server.Host, server.Port, server.UseTls ? SecureSocketOptions.StartTls : SecureSocketOptions.None, cancellationToken);
            client.Timeout = (int)timeouts.Command.TotalMilliseconds;
            if (server is { UserName: { } userName, Password: { } password } && client.Capabilities.HasFlag(SmtpCapabilities.Authentication))
            {
                await client.AuthenticateAsync(userName, password, cancellationToken);
            }
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private static async Task QuitAsync(SmtpClient client)
    {
        using (client)
        {
            try
            {
                client.Timeout = (int)QuitTimeout.TotalMilliseconds;
                await client.DisconnectAsync(quit: true, CancellationToken.None);
            }
            catch (TimeoutException)
            {
                // The server owes nothing any more. MailKit itself ignores the other failures.
            }
        }
    }
}
