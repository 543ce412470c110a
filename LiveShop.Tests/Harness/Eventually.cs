using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace LiveShop.Tests.Harness;

/// <summary>Waits for something to become true, with a deadline that only a failing test reaches.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(40);

    public static Task TrueAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string? what = null) =>
        TrueAsync(() => Task.FromResult(condition()), what);

    /// <param name="within">Where the shop promises how long it takes at most.</param>
    public static async Task TrueAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string? what = null, TimeSpan? within = null)
    {
        var (waited, deadline) = (Stopwatch.StartNew(), within ?? Deadline);
        while (!await condition())
        {
            if (waited.Elapsed > deadline) Assert.Fail($"Not within {deadline.TotalSeconds} s: {what}");
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
