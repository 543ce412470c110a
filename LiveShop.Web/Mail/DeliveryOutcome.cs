namespace LiveShop.Web.Mail;

/// <summary>What became of a mail that was handed over.</summary>
internal abstract record DeliveryOutcome
{
    /// <summary>The server, or the folder, has it.</summary>
    public sealed record Taken : DeliveryOutcome;

    /// <summary>Nobody is there to take it, or not for anybody: another mail would fare no better. It may have been taken all the same when the answer was lost.</summary>
    public sealed record Failed(string Reason) : DeliveryOutcome;

    /// <summary>The server does not take it for this recipient.</summary>
    /// <param name="Reason">Without the shopper's address, which the server's words may name.</param>
    /// <param name="IsFinal">Trying again is of no use.</param>
    public sealed record Declined(string Reason, string ServersWords, bool IsFinal) : DeliveryOutcome;
}
