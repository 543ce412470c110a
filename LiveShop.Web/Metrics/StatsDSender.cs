using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using LiveShop.Web.Settings;

namespace LiveShop.Web.Metrics;

/// <summary>
/// Sends the changes since the last time over UDP as StatsD lines: <c>name:value|type|#tag:value</c>, or in the plain dialect
/// <c>name.tag.value:value|type</c>, of the types c, g and ms alone.
/// </summary>
/// <remarks>
/// A histogram is sent as one line for each bucket that grew, with the bucket's upper bound as the value (milliseconds for times) and the
/// share that stands for all of them as the sample rate: as many datagrams for a million renders as for ten. Measurements beyond the last
/// finite bound are sent as that bound. A host that is not there loses the lines and affects nothing else; its name is looked up each time.
/// </remarks>
internal sealed partial class StatsDSender(MetricsRegistry metrics, MetricsSettings settings, ILogger<StatsDSender> logger) : BackgroundService
{
    /// <summary>The interval in which StatsD servers add up by default.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>Bytes that fit into one packet on common networks.</summary>
    private const int LargestDatagram = 1432;

    private MetricsReading sent = MetricsReading.Empty;

    internal static IEnumerable<string> Pack(IEnumerable<string> lines)
    {
        var datagram = new StringBuilder();
        foreach (var line in lines)
        {
            if (datagram.Length > 0 && datagram.Length + 1 + line.Length > LargestDatagram)
            {
                yield return datagram.ToString();
                datagram.Clear();
            }
            if (datagram.Length > 0) datagram.Append('\n');
            datagram.Append(line);
        }
        if (datagram.Length > 0) yield return datagram.ToString();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.StatsD is not { } host) return;
        using var socket = new Socket(SocketType.Dgram, ProtocolType.Udp);
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await SendAsync(socket, host);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await SendAsync(socket, host);
        }
    }

    private async Task SendAsync(Socket socket, DnsEndPoint host)
    {
        try
        {
            var now = await metrics.ReadAsync(CancellationToken.None);
            List<string> lines = [.. now.Series.SelectMany(series => LinesOf(series, sent.Find(series)))];
            sent = now;
            // Many StatsD servers listen on IPv4 alone.
            if ((await Dns.GetHostAddressesAsync(host.Host)).OrderBy(known => known.AddressFamily == AddressFamily.InterNetworkV6).FirstOrDefault() is not { } address) return;
            foreach (var datagram in Pack(lines)) await socket.SendToAsync(Encoding.UTF8.GetBytes(datagram), new IPEndPoint(address, host.Port));
        }
        catch (SocketException)
        {
            // The next lines may arrive.
        }
        catch (Exception exception)
        {
            MetricsLog.NotSent(logger, exception);
        }
    }

    private IEnumerable<string> LinesOf(SeriesReading now, SeriesReading? before)
    {
        var (instrument, isPlain) = (metrics.InstrumentOf(now.Metric), settings.StatsDDialect == StatsDDialect.Plain);
        var (name, tags) = isPlain ? (instrument.Name + TagsInName(now.Labels), "") : (instrument.Name, TagsOf(now.Labels));
        return now.Type switch
        {
            "histogram" => BucketsOf(before is null ? now.Distribution : now.Distribution - before.Distribution, instrument.Unit is "s" ? (1000, "ms") : (1, isPlain ? "ms" : "h"))
                .Select(bucket => $"{name}:{bucket}{tags}"),
            "counter" => now.Value - (before?.Value ?? 0) is not 0 and var count ? [$"{name}:{Number(count)}|c{tags}"] : [],
            // To a plain server a sign makes the value a difference, so it is told of zero first.
            _ when isPlain && now.Value < 0 => [$"{name}:0|g", $"{name}:{Number(now.Value)}|g"],
            _ => [$"{name}:{Number(now.Value)}|g{tags}"],
        };
    }

    private static IEnumerable<string> BucketsOf(Distribution grown, (int Scale, string Type) unit)
    {
        for (var i = 0; i < grown.Counts.Length; i++)
        {
            if (grown.Counts[i] == 0) continue;
            var rate = grown.Counts[i] == 1 ? "" : $"|@{Number(1.0 / grown.Counts[i])}";
            yield return $"{Number(Math.Min(grown.Bounds[i], grown.Bounds[^2]) * unit.Scale)}|{unit.Type}{rate}";
        }
    }

    private static string TagsOf(string labels) => labels.Length == 0 ? "" :
        "|#" + string.Join(',', TagsIn(labels).Select(tag => $"{tag.Key}:{Clean(tag.Value)}"));

    /// <summary>For example <c>.outcome.placed</c>. A dot in a value would begin a level of its own.</summary>
    internal static string TagsInName(string labels) => string.Concat(TagsIn(labels).Select(tag => $".{tag.Key}.{(tag.Value is "" ? "none" : Unsafe().Replace(tag.Value, "_"))}"));

    private static IEnumerable<(string Key, string Value)> TagsIn(string labels) =>
        Label().Matches(labels).Select(label => (label.Groups["key"].Value, Regex.Unescape(label.Groups["value"].Value)));

    /// <summary>Replaces characters that have a meaning in a line.</summary>
    private static string Clean(string value) => string.Concat(value.Select(letter => letter is '|' or '#' or ',' or ':' or '\n' ? '_' : letter));

    private static string Number(double value) => value.ToString("0.#########", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<key>\w+)=""(?<value>(?:[^""\\]|\\.)*)""")]
    private static partial Regex Label();

    /// <summary>Whatever StatsD servers and what is behind them do not all take in a name.</summary>
    [GeneratedRegex("[^A-Za-z0-9_-]")]
    private static partial Regex Unsafe();
}
