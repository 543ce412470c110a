namespace LiveShop.Load;

/// <summary>How long the Blazor script waits before it tries to come back to its circuit (blazor.web.js, retryIntervalMilliseconds and maxRetries).</summary>
internal static class RejoinPause
{
    private const int Quick = 10;
    private const int Patient = 20;
    private const int Most = 30;

    /// <param name="attempt">From 0.</param>
    /// <returns>Null when it gives up.</returns>
    public static TimeSpan? Before(int attempt) => attempt switch
    {
        < Quick => TimeSpan.Zero,
        < Patient => TimeSpan.FromSeconds(5),
        < Most => TimeSpan.FromSeconds(30),
        _ => null,
    };
}
