namespace LiveShop.Web.Engine;

internal static partial class EngineLog
{
    [LoggerMessage(6001, LogLevel.Error, "The figures of the engine room could not be read; they are tried again.")]
    public static partial void NoFigures(ILogger logger, Exception exception);

    [LoggerMessage(6002, LogLevel.Warning, "{Operator} has the shop tell everything until {Until:HH:mm:ss} UTC.")]
    public static partial void Raised(ILogger logger, string @operator, DateTimeOffset until);

    [LoggerMessage(6003, LogLevel.Warning, "{Operator} had garbage collected: {Before} MB are {After} MB after {Milliseconds} ms.")]
    public static partial void Collected(ILogger logger, string @operator, long before, long after, long milliseconds);

    [LoggerMessage(6004, LogLevel.Warning, "{Operator} closed circuit {Circuit}.")]
    public static partial void Closed(ILogger logger, string @operator, string circuit);
}
