namespace LiveShop.Web.Mail;

/// <summary>Names orders, never the addresses of shoppers.</summary>
internal static partial class MailLog
{
    [LoggerMessage(2401, LogLevel.Warning, "Neither Mail:Smtp:Host nor Mail:Folder is set: order confirmations wait in the database.")]
    public static partial void Nowhere(ILogger logger);

    [LoggerMessage(2402, LogLevel.Information, "Order confirmations are written to {Folder}.")]
    public static partial void ToFolder(ILogger logger, string folder);

    [LoggerMessage(2403, LogLevel.Warning, "Mails cannot be sent for now; they are tried again until they are. {Reason}")]
    public static partial void Failing(ILogger logger, string reason);

    [LoggerMessage(2404, LogLevel.Information, "Mails are sent again.")]
    public static partial void Working(ILogger logger);

    [LoggerMessage(2405, LogLevel.Error, "The {Kind} of order {Number} is refused for good: {Reason}. The table emails says more.")]
    public static partial void Refused(ILogger logger, string kind, string number, string reason);

    [LoggerMessage(2406, LogLevel.Information, "The {Kind} of order {Number} is not taken at attempt {Attempt} and is tried again: {Reason}.")]
    public static partial void Postponed(ILogger logger, string kind, string number, int attempt, string reason);

    [LoggerMessage(2407, LogLevel.Warning, "The outbox cannot be read or written for now; mails wait. {Reason}")]
    public static partial void OutboxUnreachable(ILogger logger, string reason);

    [LoggerMessage(2408, LogLevel.Information, "The outbox is within reach.")]
    public static partial void OutboxReachable(ILogger logger);
}
