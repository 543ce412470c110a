namespace LiveShop.Web.Database;

internal static partial class DatabaseLog
{
    [LoggerMessage(2001, LogLevel.Warning, "The database is not there yet; waiting for it. {Reason}")]
    public static partial void WaitingForDatabase(ILogger logger, string reason);

    [LoggerMessage(2002, LogLevel.Information, "This is a new store: it holds the demo's two products, both coming soon.")]
    public static partial void Seeded(ILogger logger);

    [LoggerMessage(2004, LogLevel.Warning, "Carts that nobody has touched for a week could not be deleted; the next round tries again. {Reason}")]
    public static partial void CartsNotDeleted(ILogger logger, string reason);

    [LoggerMessage(2003, LogLevel.Information, "Deleted {Count} carts that nobody has touched for a week.")]
    public static partial void CartsDeleted(ILogger logger, int count);
}
