using Microsoft.Extensions.Logging;

namespace LiveShop.Domain;

internal static partial class CartsLog
{
    [LoggerMessage(1301, LogLevel.Error, "Carts could not be compared with the database; it is tried again.")]
    public static partial void NotCompared(ILogger logger, Exception exception);
}
