namespace LiveShop.Web.Circuits;

internal static partial class CircuitsLog
{
    [LoggerMessage(5001, LogLevel.Debug, "Circuit {Circuit} shows {Page}.")]
    public static partial void Shows(ILogger logger, string circuit, string page);

    [LoggerMessage(5002, LogLevel.Debug, "The connection of circuit {Circuit} is up.")]
    public static partial void Connected(ILogger logger, string circuit);

    [LoggerMessage(5003, LogLevel.Debug, "The connection of circuit {Circuit} is down.")]
    public static partial void Disconnected(ILogger logger, string circuit);

    [LoggerMessage(5004, LogLevel.Debug, "Circuit {Circuit} has ended.")]
    public static partial void Ended(ILogger logger, string circuit);
}
