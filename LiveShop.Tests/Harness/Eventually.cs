using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LiveShop.Tests.Harness;

/// <summary>Waits for something to become true, with a deadline that only a failing test reaches.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    public static Task TrueAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string? what = null) =>
        TrueAsync(() => Task.FromResult(condition()), what);

    public static async Task TrueAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string? what = null)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > Deadline) Assert.Fail($"Not within {Deadline.TotalSeconds} s: {what}");
            await Task.Delay(5);
        }
    }

    /// <summary>The task's result; fails when it does not come.</summary>
    public static async Task<T> GetAsync<T>(Task<T> task, [CallerArgumentExpression(nameof(task))] string? what = null)
    {
        await TrueAsync(() => task.IsCompleted, what);
        return await task;
    }
}
