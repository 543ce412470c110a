namespace LiveShop.E2E.Harness;

/// <summary>One direction of a network, which can hold up what travels in it. Nothing is lost, and the order stays.</summary>
public sealed class Lane
{
    private volatile TaskCompletionSource? barrier;
    private int waiting;

    /// <summary>Whether something is held up.</summary>
    public bool Holds => Volatile.Read(ref waiting) > 0;

    public void Close() => barrier ??= new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open()
    {
        var opened = barrier;
        barrier = null;
        opened?.SetResult();
    }

    internal async Task PassAsync()
    {
        while (barrier is { } closed)
        {
            Interlocked.Increment(ref waiting);
            await closed.Task;
            Interlocked.Decrement(ref waiting);
        }
    }
}
