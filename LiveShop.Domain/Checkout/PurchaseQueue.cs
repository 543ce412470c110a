using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace LiveShop.Domain;

/// <summary>
/// Where the purchases of a node wait to be decided in batches. A drop is a storm on a few rows: one transaction per order gives
/// about 1,300 orders a second on a hot row, fifty orders per transaction many times that.
/// </summary>
/// <remarks>
/// A worker takes what has gathered while it was deciding the batch before, so an idle shop answers at once and a busy one
/// works in large batches. First come, first served within a node.
/// </remarks>
internal sealed class PurchaseQueue
{
    /// <summary>Purchases that may wait; past that a shopper is told that the shop is busy, within milliseconds.</summary>
    internal const int Capacity = 10_000;

    private const int LargestBatch = 256;

    /// <summary>Two, so that one batch is decided while the other waits for its commit to reach the disk.</summary>
    private const int Workers = 2;

    /// <summary>Waits between attempts while the database is out of reach; after the last the shopper is told.</summary>
    private static readonly TimeSpan[] Retries = [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(700)];

    /// <summary>A database that answers slowly rather than not at all is not asked again after this: the shopper has waited enough.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Channel<Purchase> waiting = Channel.CreateBounded<Purchase>(new BoundedChannelOptions(Capacity));
    private readonly PurchaseBatch batches;
    private readonly CheckoutMetrics metrics;
    private readonly ILogger<PurchaseQueue> logger;

    public PurchaseQueue(PurchaseBatch batches, CheckoutMetrics metrics, ILogger<PurchaseQueue> logger)
    {
        (this.batches, this.metrics, this.logger) = (batches, metrics, logger);
        metrics.WatchQueue(() => waiting.Reader.Count);
    }

    public Task<PurchaseOutcome> EnqueueAsync(PurchaseRequest request)
    {
        var purchase = new Purchase(request);
        if (!waiting.Writer.TryWrite(purchase)) purchase.Answer(new PurchaseOutcome.Busy());
        return purchase.Outcome;
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var stop = cancellationToken.Register(() => waiting.Writer.TryComplete());
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync()));
    }

    private async Task WorkAsync()
    {
        var batch = new List<Purchase>(LargestBatch);
        while (await waiting.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < LargestBatch && waiting.Reader.TryRead(out var purchase)) batch.Add(purchase);
            if (batch.Count == 0) continue;
            metrics.Taken(batch);
            await DecideAsync(batch);
        }
    }

    /// <summary>
    /// Answers every purchase of the batch. Running a batch again is safe: an order that the first run placed, though its
    /// answer was lost, is found by its key.
    /// </summary>
    private async Task DecideAsync(IReadOnlyList<Purchase> batch)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await batches.DecideAsync(batch);
                return;
            }
            catch (Exception exception) when (DatabaseOutage.Is(exception) || PurchaseBatch.IsKeyTaken(exception))
            {
                CheckoutLog.BatchFailed(logger, batch.Count, attempt + 1, exception.Message);
                if (attempt == Retries.Length || Stopwatch.GetElapsedTime(begun) > Patience)
                {
                    foreach (var purchase in batch) purchase.Answer(new PurchaseOutcome.Unavailable());
                    return;
                }
                await Task.Delay(Retries[attempt]);
            }
            catch (Exception exception) when (batch.Count > 1)
            {
                // One purchase that the database cannot take must not spoil the others.
                CheckoutLog.BatchSplit(logger, batch.Count, exception);
                foreach (var purchase in batch) await DecideAsync([purchase]);
                return;
            }
            catch (Exception exception)
            {
                batch[0].Fail(exception);
                return;
            }
        }
    }
}

/// <summary>A request on its way to its answer. Only the first answer counts.</summary>
internal sealed class Purchase(PurchaseRequest request)
{
    private readonly TaskCompletionSource<PurchaseOutcome> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PurchaseRequest Request { get; } = request;

    /// <summary>The shopper's click that it came from.</summary>
    public ActivityContext Cause { get; } = Activity.Current?.Context ?? default;

    /// <summary>A timestamp of <see cref="Stopwatch"/>.</summary>
    public long EnqueuedAt { get; } = Stopwatch.GetTimestamp();

    public Task<PurchaseOutcome> Outcome => answer.Task;

    public void Answer(PurchaseOutcome outcome) => answer.TrySetResult(outcome);

    public void Fail(Exception exception) => answer.TrySetException(exception);
}
