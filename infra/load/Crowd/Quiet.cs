using System.Diagnostics;

namespace LiveShop.Load;

/// <summary>
/// Waits until the server has nothing left to do: after a burst it compiles its busiest methods anew for up to half a minute,
/// which is not to be counted as the cost of what comes next.
/// </summary>
internal static class Quiet
{
    /// <summary>Of a core; what a few thousand idle circuits need is below it.</summary>
    private const double Busy = 0.1;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <returns>The part of a core that it used in the last look; null without a process to look at.</returns>
    public static async Task<double?> WaitAsync(ServerProcess? server, CancellationToken stop)
    {
        if (server is null) return null;
        for (var waited = Stopwatch.StartNew(); ;)
        {
            var before = server.Cpu;
            await Task.Delay(Look, stop);
            if ((server.Cpu - before) is not { } used) return null;
            if (used / Look < Busy || waited.Elapsed > Patience) return used / Look;
        }
    }
}
