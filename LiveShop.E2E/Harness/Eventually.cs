using System.Diagnostics;

namespace LiveShop.E2E.Harness;

/// <summary>Waits for what is not on a page, so that Playwright's own waiting assertions cannot.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks until the answer is the expected one; the assertion fails with the last answer.</summary>
    /// <param name="within">Seconds.</param>
    public static async Task EqualAsync<T>(T expected, Func<Task<T>> ask, int within = 10)
    {
        var asking = Stopwatch.StartNew();
        var answer = await ask();
        while (!EqualityComparer<T>.Default.Equals(answer, expected) && asking.Elapsed < TimeSpan.FromSeconds(within))
        {
            await Task.Delay(Pause);
            answer = await ask();
        }
        Assert.Equal(expected, answer);
    }

    public static Task EqualAsync<T>(T expected, Func<T> ask, int within = 10) => EqualAsync(expected, () => Task.FromResult(ask()), within);
}
