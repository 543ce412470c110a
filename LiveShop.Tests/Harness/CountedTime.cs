using Microsoft.Extensions.Time.Testing;

namespace LiveShop.Tests.Harness;

/// <summary>A <see cref="FakeTimeProvider"/> that counts its armed timers.</summary>
internal sealed class CountedTime : FakeTimeProvider
{
    private readonly Lock gate = new();
    private readonly HashSet<ITimer> armed = [];

    /// <summary>Number of armed timers. A test that waits for one knows that the code under test has gone to sleep.</summary>
    public int Waiting
    {
        get
        {
            lock (gate) return armed.Count;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new CountedTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private ITimer CreateUncounted(Action callback) => base.CreateTimer(_ => callback(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private sealed class CountedTimer : ITimer
    {
        private readonly CountedTime time;
        private readonly Action callback;
        private readonly ITimer timer;
        private bool isPeriodic;

        public CountedTimer(CountedTime time, Action callback)
        {
            (this.time, this.callback) = (time, callback);
            timer = time.CreateUncounted(Fire);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                isPeriodic = period > TimeSpan.Zero;
                if (dueTime < TimeSpan.Zero) time.armed.Remove(this);
                else time.armed.Add(this);
                return timer.Change(dueTime, period);
            }
        }

        public void Dispose()
        {
            lock (time.gate) time.armed.Remove(this);
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire()
        {
            lock (time.gate)
            {
                if (!isPeriodic) time.armed.Remove(this);
            }
            callback();
        }
    }
}
