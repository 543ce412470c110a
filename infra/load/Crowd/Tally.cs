using System.Collections.Concurrent;

namespace LiveShop.Load;

/// <summary>What the crowd has done so far. Any number of shoppers write.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<string, int> refusals = new();
    private readonly ConcurrentDictionary<string, int> troubles = new();
    private int live;
    private int orders;

    /// <summary>What the crowd is doing, in a word or two.</summary>
    public string Doing { get; set; } = "Starting";

    public int Live => live;

    public int Orders => orders;

    public IReadOnlyDictionary<string, int> Refusals => refusals;

    /// <summary>What went wrong that never may: lost tabs, errors, silence. By words, with how often.</summary>
    public IReadOnlyDictionary<string, int> Troubles => troubles;

    public ConcurrentQueue<TimeSpan> Starts { get; } = new();

    public ConcurrentQueue<string> Confirmations { get; } = new();

    public void Opened(StoreTab tab)
    {
        Interlocked.Increment(ref live);
        Starts.Enqueue(tab.StartTime);
    }

    public void Closed() => Interlocked.Decrement(ref live);

    /// <summary>A tab is live again that was.</summary>
    public void CameBack() => Interlocked.Increment(ref live);

    public void Confirmed(string number)
    {
        Interlocked.Increment(ref orders);
        Confirmations.Enqueue(number);
    }

    public void Refused(string reason) => refusals.AddOrUpdate(reason, 1, (_, count) => count + 1);

    public void Trouble(string what) => troubles.AddOrUpdate(what, 1, (_, count) => count + 1);

    /// <summary>For what a shopper may meet on a bad day and a test must report: the shopper gives up, the others go on.</summary>
    public void Trouble(string doing, Exception exception) =>
        Trouble($"{doing}: {exception.GetType().Name}: {exception.Message}");
}
