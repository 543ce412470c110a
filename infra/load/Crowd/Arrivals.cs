namespace LiveShop.Load;

/// <summary>How a crowd comes.</summary>
internal static class Arrivals
{
    /// <summary>Starts under way at once: enough to keep a server busy, few enough for its patience.</summary>
    public const int AtOnce = 32;

    /// <summary>Opens so many, one each <paramref name="pause"/>, or as fast as the server takes them when that is 0. One that fails is written down.</summary>
    public static async Task RunAsync(int count, TimeSpan pause, Tally tally, Func<Task> openAsync, CancellationToken stop)
    {
        var begun = DateTime.UtcNow;
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop }, async (number, _) =>
        {
            var due = begun + (pause * number) - DateTime.UtcNow;
            if (due > TimeSpan.Zero) await Task.Delay(due, stop);
            try
            {
                await openAsync();
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                tally.Trouble("opening the store", exception);
            }
        });
    }
}
