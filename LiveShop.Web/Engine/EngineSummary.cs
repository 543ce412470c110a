using System.Diagnostics;
using System.Globalization;
using LiveShop.Web.Admin;
using LiveShop.Web.Circuits;
using LiveShop.Web.Cluster;
using LiveShop.Web.Metrics;

namespace LiveShop.Web.Engine;

/// <summary>Puts two readings, a minute or less apart, into words.</summary>
internal static class EngineSummary
{
    private const double Megabyte = 1024 * 1024;

    private static readonly DateTime Started = StartOfThisProcess();

    public static EngineFigures Of(EngineReading now, EngineReading earlier, IReadOnlyList<NodeSight> nodes, IReadOnlyList<HandlerSummary> handlers, long begun)
    {
        var seconds = Math.Max(0.001, Stopwatch.GetElapsedTime(earlier.At, now.At).TotalSeconds);
        var screens = Recent(now, earlier, "liveshop_commit_to_screen_seconds");
        EngineGroup[] groups = [Process(now, earlier, seconds), Garbage(now, earlier, seconds), Threads(now, earlier, seconds), Screens(now, screens, seconds), Bus(now, earlier, seconds), Purchases(now, earlier, seconds), Sweep(now, earlier), .. Cluster(now, earlier, nodes, seconds)];
        return new EngineFigures(groups, handlers, screens.Quantile(0.99) is { } age ? TimeSpan.FromSeconds(age) : null, Stopwatch.GetElapsedTime(begun));
    }

    private static EngineGroup Process(EngineReading now, EngineReading earlier, double seconds) => new("Process",
    [
        new("uptime", "Up for", Words(DateTime.Now - Started)),
        new("cpu", "Processor, of one core", $"{(now.Processor - earlier.Processor).TotalSeconds / seconds * 100:0} %"),
        new("working-set", "Memory", Megabytes(Environment.WorkingSet)),
        new("heap", "of it, objects", Megabytes(GC.GetTotalMemory(forceFullCollection: false))),
    ]);

    private static EngineGroup Garbage(EngineReading now, EngineReading earlier, double seconds) => new("Garbage collector",
    [
        new("allocated", "Allocated a second", Megabytes((now.Allocated - earlier.Allocated) / seconds)),
        new("collections", "Collections, by generation", string.Join(" · ", Enumerable.Range(0, GC.MaxGeneration + 1).Select(GC.CollectionCount))),
        new("pauses", "Time in pauses", string.Create(CultureInfo.InvariantCulture, $"{(now.Pauses - earlier.Pauses).TotalSeconds / seconds * 100:0.0} %")),
        new("committed", "Committed", Megabytes(GC.GetGCMemoryInfo().TotalCommittedBytes)),
    ]);

    private static EngineGroup Threads(EngineReading now, EngineReading earlier, double seconds) => new("Thread pool",
    [
        new("threads", "Threads", Count(ThreadPool.ThreadCount)),
        new("work-waiting", "Work that waits", Count(ThreadPool.PendingWorkItemCount)),
        new("work-done", "Work done a second", Count((now.WorkItems - earlier.WorkItems) / seconds)),
        new("contentions", "Locks waited for, so far", Count(Monitor.LockContentionCount)),
    ]);

    private static EngineGroup Screens(EngineReading now, Distribution screens, double seconds) => new("Circuits and screens",
    [
        new("circuits", "Circuits open", Count(now.Shop["liveshop_circuits_open"])),
        new("circuits-away", "of them, browser away", Count(now.Shop["liveshop_circuits_disconnected"])),
        new("circuits-ended", "Opened · refused · lost", $"{Count(now.Shop["liveshop_circuits_opened_total"])} · {Count(now.Shop["liveshop_circuits_refused_total"])} · {Count(now.Shop["liveshop_circuits_lost_total"])}"),
        new("commit-to-screen", "Commit to screen, median · 99 %", Times(screens)),
        new("screens", "Changes shown a second", OperatorWords.Rate(screens.Count / seconds)),
    ]);

    private static EngineGroup Bus(EngineReading now, EngineReading earlier, double seconds) => new("Event bus",
    [
        new("subscriptions", "Topics · subscriptions", $"{Count(now.Shop["liveshop_topics"])} · {Count(now.Shop["liveshop_subscriptions"])}"),
        new("published", "Published · received a second", $"{OperatorWords.Rate(Per(now, earlier, "liveshop_events_published_total", seconds))} · {OperatorWords.Rate(Per(now, earlier, "liveshop_events_received_total", seconds))}"),
        new("lag", "Lag of listeners, median · 99 %", Times(Recent(now, earlier, "liveshop_listener_lag_seconds"))),
        new("dropped", "Dropped, so far", Count(now.Shop["liveshop_events_dropped_total"])),
    ]);

    private static EngineGroup Purchases(EngineReading now, EngineReading earlier, double seconds) => new("Purchase queue",
    [
        new("queue", "Waiting, of at most", $"{Count(now.Shop["liveshop_purchase_queue_length"])} of {Count(now.Shop["liveshop_purchase_queue_capacity"])}"),
        new("purchases", "Answered a second", OperatorWords.Rate(Per(now, earlier, "liveshop_purchases_total", seconds))),
        new("batch", "Mean batch", OperatorWords.Rate(Recent(now, earlier, "liveshop_purchase_batch_size").Mean)),
        new("wait", "Wait, median · 99 %", Times(Recent(now, earlier, "liveshop_purchase_wait_seconds"))),
        new("commit", "Commit, median · 99 %", Times(Recent(now, earlier, "liveshop_purchase_commit_seconds"))),
        new("answer", "Answer, median · 99 %", Times(Recent(now, earlier, "liveshop_purchase_answer_seconds"))),
    ]);

    private static EngineGroup Sweep(EngineReading now, EngineReading earlier) => new("Database and sweep",
    [
        new("database", "Database", now.Shop.Find("liveshop_database_reachable") switch { null => "–", 1 => "within reach", _ => "out of reach" }),
        new("sweep", "Sweep, median · 99 %", Times(Recent(now, earlier, "liveshop_sweep_duration_seconds"))),
        new("healed", "Healed, so far", Count(now.Shop["liveshop_sweep_healed_total"])),
        new("ledger", "Ledgers that do not add up", Count(now.Shop["liveshop_ledger_mismatches"])),
    ]);

    /// <summary>Of a node that is alone there is nothing to tell.</summary>
    private static IEnumerable<EngineGroup> Cluster(EngineReading now, EngineReading earlier, IReadOnlyList<NodeSight> nodes, double seconds) => now.Shop.Find("liveshop_redis_reachable") is not { } reachable ? [] :
    [
        new("Nodes · state and shoppers", [.. nodes.Select((node, i) => new EngineFigure($"node-{i}", NodeId.Short(node.Id) + (i == 0 ? ", this one" : ""), $"{node.State} · {node.Shoppers}"))]),
        new("Redis",
        [
            new("redis", "Redis", reachable == 1 ? "within reach" : "out of reach"),
            new("cluster-messages", "Told · heard a second", $"{OperatorWords.Rate(Per(now, earlier, "liveshop_cluster_messages_sent_total", seconds))} · {OperatorWords.Rate(Per(now, earlier, "liveshop_cluster_messages_received_total", seconds))}"),
            new("cluster-echo", "To Redis and back, median · 99 %", Times(Recent(now, earlier, "liveshop_cluster_echo_seconds"))),
            new("cluster-lost", "Not told, not understood, so far", $"{Count(now.Shop["liveshop_cluster_messages_lost_total"])} · {Count(now.Shop["liveshop_cluster_messages_unread_total"])}"),
            new("carts-healed", "Carts healed, so far", Count(now.Shop["liveshop_carts_healed_total"])),
        ]),
    ];

    private static Distribution Recent(EngineReading now, EngineReading earlier, string histogram) => now.Shop.DistributionOf(histogram) - earlier.Shop.DistributionOf(histogram);

    private static double Per(EngineReading now, EngineReading earlier, string counter, double seconds) => (now.Shop[counter] - earlier.Shop[counter]) / seconds;

    private static DateTime StartOfThisProcess()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.StartTime;
    }

    private static string Words(TimeSpan time) => time.TotalDays >= 1 ? $"{(int)time.TotalDays} d {time.Hours} h" : time.TotalHours >= 1 ? $"{time.Hours} h {time.Minutes} min" : $"{time.Minutes} min {time.Seconds} s";

    private static string Times(Distribution times) => times.Count == 0 ? "–" : $"{Milliseconds(times.Quantile(0.5))} · {Milliseconds(times.Quantile(0.99))}";

    private static string Milliseconds(double? seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0.#} ms");

    private static string Megabytes(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / Megabyte:0.0} MB");

    private static string Count(double count) => count.ToString("0", CultureInfo.InvariantCulture);
}
