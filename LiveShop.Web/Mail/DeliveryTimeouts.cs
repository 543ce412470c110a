namespace LiveShop.Web.Mail;

/// <summary>Limits on the time that a mail server may take.</summary>
/// <remarks>
/// RFC 5321 (4.5.3.2) recommends minutes for each command, because giving up after the data was sent may deliver the mail twice.
/// A server that hangs would then block every other mail for that long. A repeat carries the same Message-ID.
/// </remarks>
/// <param name="Connect">For the connection and for each answer up to the end of the TLS handshake.</param>
/// <param name="Command">For the answer to each further command.</param>
/// <param name="Whole">For a mail from connecting to its acceptance; shorter than the lease of the outbox.</param>
internal sealed record DeliveryTimeouts(TimeSpan Connect, TimeSpan Command, TimeSpan Whole)
{
    public static readonly DeliveryTimeouts Default = new(Connect: TimeSpan.FromSeconds(20), Command: TimeSpan.FromSeconds(45), Whole: TimeSpan.FromMinutes(1));
}
