using Microsoft.Extensions.Logging;

namespace LiveShop.Domain;

internal static partial class InventoryLog
{
    [LoggerMessage(1101, LogLevel.Warning, "The database is out of reach; the shop goes on from memory. {Reason}")]
    public static partial void DatabaseUnreachable(ILogger logger, string reason);

    [LoggerMessage(1102, LogLevel.Information, "The database is within reach.")]
    public static partial void DatabaseReachable(ILogger logger);

    [LoggerMessage(1104, LogLevel.Error, "What is due could not be released; it is tried again.")]
    public static partial void NotReleased(ILogger logger, Exception exception);

    [LoggerMessage(1105, LogLevel.Critical, "The ledger of {Items} items does not add up to what is left of them.")]
    public static partial void LedgerUnequal(ILogger logger, long items);

    [LoggerMessage(1106, LogLevel.Warning, "The ledger could not be compared with what is left. {Reason}")]
    public static partial void LedgerNotCompared(ILogger logger, string reason);

    [LoggerMessage(1107, LogLevel.Warning, "This node was told of what the database does not have; it reads everything anew.")]
    public static partial void NotInTheDatabase(ILogger logger);

    [LoggerMessage(1103, LogLevel.Information, "Product {ProductId} was released by {Actor}.")]
    public static partial void Released(ILogger logger, int productId, string actor);
}
