namespace LiveShop.Load;

/// <summary>Who waits until a page shows something. Not thread-safe.</summary>
internal sealed class PageWaiters
{
    private readonly List<(Func<Page, bool> Shows, TaskCompletionSource<DateTime> Shown)> waiting = [];

    public Task<DateTime> Add(Func<Page, bool> shows)
    {
        var shown = new TaskCompletionSource<DateTime>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Add((shows, shown));
        return shown.Task;
    }

    /// <summary>Lets go whoever sees what they wait for.</summary>
    public void Look(Page page, DateTime at)
    {
        for (var i = waiting.Count - 1; i >= 0; i--)
        {
            if (!waiting[i].Shows(page)) continue;
            waiting[i].Shown.TrySetResult(at);
            waiting.RemoveAt(i);
        }
    }

    public void Fail(Exception exception)
    {
        foreach (var (_, shown) in waiting) shown.TrySetException(exception);
        waiting.Clear();
    }
}
