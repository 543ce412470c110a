using Microsoft.Extensions.Logging;

namespace LiveShop.Domain;

internal static partial class EventsLog
{
    [LoggerMessage(1001, LogLevel.Error, "A listener failed on {Event}; it goes on with the next event.")]
    public static partial void ListenerFailed(ILogger logger, string @event, Exception exception);

    [LoggerMessage(1002, LogLevel.Warning, "{Count} listeners were too slow: each lost its oldest waiting event to make room for {Event}.")]
    public static partial void EventsDropped(ILogger logger, int count, string @event);
}
