namespace LiveShop.Web.Cluster;

internal static partial class ClusterLog
{
    [LoggerMessage(7001, LogLevel.Warning, "Redis is out of reach: nodes learn of each other's changes from the database only. {Reason}")]
    public static partial void RedisLost(ILogger logger, string reason);

    [LoggerMessage(7002, LogLevel.Information, "Redis is reachable.")]
    public static partial void RedisReached(ILogger logger);

    [LoggerMessage(7003, LogLevel.Error, "A message of another node could not be taken in; the sweep finds what it told.")]
    public static partial void MessageNotTaken(ILogger logger, Exception exception);

    [LoggerMessage(7004, LogLevel.Warning, "Messages of a node that runs another release are not understood; the sweep finds what they tell.")]
    public static partial void MessageNotUnderstood(ILogger logger);

    [LoggerMessage(7005, LogLevel.Error, "The other nodes could not be told who is on this one; it is tried again.")]
    public static partial void PresenceNotTold(ILogger logger, Exception exception);

    [LoggerMessage(7006, LogLevel.Information, "Draining, for {Actor}: this node takes nobody new, and stops when its tabs have gone elsewhere.")]
    public static partial void Draining(ILogger logger, string actor);

    [LoggerMessage(7007, LogLevel.Information, "Drained: {Asked} tabs were sent elsewhere in {Seconds:0.0} s, {Left} are still here.")]
    public static partial void Drained(ILogger logger, int asked, int left, double seconds);

    [LoggerMessage(7008, LogLevel.Error, "Draining failed; the node stops without it.")]
    public static partial void NotDrained(ILogger logger, Exception exception);

    [LoggerMessage(7009, LogLevel.Information, "The shop is open, in {Environment}. Ctrl+C closes it.")]
    public static partial void Started(ILogger logger, string environment);
}
