using Microsoft.Extensions.Logging;

namespace LiveShop.Domain;

internal static partial class CheckoutLog
{
    [LoggerMessage(1203, LogLevel.Information, "Order {OrderNumber} was placed, of {Pairs} pairs.")]
    public static partial void Placed(ILogger logger, string orderNumber, int pairs);

    [LoggerMessage(1204, LogLevel.Debug, "A cart was not sold: {Outcome}.")]
    public static partial void NotSold(ILogger logger, string outcome);

    [LoggerMessage(1201, LogLevel.Warning, "A batch of {Count} purchases failed at attempt {Attempt}. {Reason}")]
    public static partial void BatchFailed(ILogger logger, int count, int attempt, string reason);

    [LoggerMessage(1202, LogLevel.Error, "A batch of {Count} purchases failed; deciding each on its own.")]
    public static partial void BatchSplit(ILogger logger, int count, Exception exception);
}
