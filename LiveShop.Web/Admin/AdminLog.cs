namespace LiveShop.Web.Admin;

internal static partial class AdminLog
{
    [LoggerMessage(4001, LogLevel.Error, "The figures of the dashboards could not be computed; they are tried again.")]
    public static partial void NoFigures(ILogger logger, Exception exception);
}
