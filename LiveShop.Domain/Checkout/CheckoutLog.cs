using Microsoft.Extensions.Logging;

namespace LiveShop.Domain;

internal static partial class CheckoutLog
{
    [LoggerMessage(1201, LogLevel.Warning, "A batch of {Count} purchases failed at attempt {Attempt}. {Reason}")]
    public static partial void BatchFailed(ILogger logger, int count, int attempt, string reason);

    [LoggerMessage(1202, LogLevel.Error, "A batch of {Count} purchases failed; deciding each on its own.")]
    public static partial void BatchSplit(ILogger logger, int count, Exception exception);
}
