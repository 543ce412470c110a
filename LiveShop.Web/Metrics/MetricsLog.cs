namespace LiveShop.Web.Metrics;

internal static partial class MetricsLog
{
    [LoggerMessage(LogLevel.Error, "Some instruments could not be observed; their last values are published.")]
    public static partial void NotObserved(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error, "The metrics could not be read for StatsD.")]
    public static partial void NotSent(ILogger logger, Exception exception);
}
