using System.Globalization;

namespace LiveShop.Load;

/// <summary>Samples the shop's process twice a second while a test runs, and scrapes its metrics each second.</summary>
internal sealed class ServerWatch(Target target)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly List<ServerSample> samples = [];

    public IReadOnlyList<ServerSample> Samples
    {
        get
        {
            lock (samples) return [.. samples];
        }
    }

    /// <summary>How often the shop gave its metrics.</summary>
    public int Scrapes { get; private set; }

    public ServerSample? Newest
    {
        get
        {
            lock (samples) return samples.Count == 0 ? null : samples[^1];
        }
    }

    /// <summary>Until cancelled. Ends at once when there is no process to look at.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        if (target.Server is not { } server) return;
        var (begun, before, cpuBefore) = (DateTime.UtcNow, DateTime.UtcNow, server.Cpu);
        var (scrapes, collections) = (false, (double?)null);
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(Interval, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var (now, cpu) = (DateTime.UtcNow, server.Cpu);
            if (cpu is null || cpuBefore is null) return;
            if (scrapes = !scrapes) collections = await CollectionsAsync();
            var sample = new ServerSample((now - begun).TotalSeconds, 100 * (cpu.Value - cpuBefore.Value) / (now - before), server.Memory / 1024.0 / 1024.0, collections);
            lock (samples) samples.Add(sample);
            (before, cpuBefore) = (now, cpu);
        }
    }

    /// <summary>Garbage collections of all generations so far, by the shop's own metrics; null where it has none.</summary>
    private async Task<double?> CollectionsAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(Interval);
            using var answer = await target.Shop.Http.GetAsync(new Uri(target.Shop.Root, "/metrics"), limit.Token);
            if (!answer.IsSuccessStatusCode) return null;
            var lines = (await answer.Content.ReadAsStringAsync(limit.Token)).Split('\n')
                .Where(line => line.StartsWith("dotnet_gc_collections", StringComparison.Ordinal))
                .Select(line => double.TryParse(line.Split(' ')[^1], CultureInfo.InvariantCulture, out var count) ? count : 0).ToList();
            if (lines.Count == 0) return null;
            Scrapes++;
            return lines.Sum();
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }
}

/// <param name="At">Seconds from the start of the test.</param>
/// <param name="Cpu">Percent of one core.</param>
/// <param name="Memory">Resident, MB.</param>
/// <param name="Collections">Since the shop started.</param>
internal sealed record ServerSample(double At, double Cpu, double Memory, double? Collections);
