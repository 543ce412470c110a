using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace LiveShop.Web.Metrics;

/// <summary>Sends the changes since the last time over UDP as StatsD lines, <c>name:value|type|#tag:value</c>.</summary>
/// <remarks>
/// A histogram is sent as one line for each bucket that grew, with the bucket's upper bound as the value (milliseconds for
/// times) and the share that stands for all of them as the sample rate: as many datagrams for a million renders as for ten.
/// A host that is not there loses the lines and hurts nothing else; its name is looked up again each time.
/// </remarks>
internal sealed class StatsDExporter(DnsEndPoint host) : BaseExporter<Metric>
{
    /// <summary>What fits into one packet on any network that is not broken.</summary>
    private const int LargestDatagram = 1432;

    private readonly Socket socket = new(SocketType.Dgram, ProtocolType.Udp);

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var lines = new List<string>();
        foreach (var metric in batch)
        {
            if (!MetricValue.IsFalseCounter(metric)) AddLines(metric, lines);
        }
        try
        {
            // Many StatsD servers listen on IPv4 alone.
            if (Dns.GetHostAddresses(host.Host).OrderBy(known => known.AddressFamily == AddressFamily.InterNetworkV6).FirstOrDefault() is not { } address) return ExportResult.Failure;
            var target = new IPEndPoint(address, host.Port);
            foreach (var datagram in Pack(lines)) socket.SendTo(Encoding.UTF8.GetBytes(datagram), target);
            return ExportResult.Success;
        }
        catch (SocketException)
        {
            return ExportResult.Failure;
        }
    }

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

    protected override void Dispose(bool disposing)
    {
        if (disposing) socket.Dispose();
        base.Dispose(disposing);
    }

    private static void AddLines(Metric metric, List<string> lines)
    {
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var tags = Tags(point.Tags);
            switch (metric.MetricType)
            {
                case MetricType.Histogram:
                    AddBuckets(metric, point, tags, lines);
                    break;
                case MetricType.LongSum or MetricType.DoubleSum:
                    if (MetricValue.Of(metric.MetricType, point) is not 0 and var count) lines.Add($"{metric.Name}:{Number(count)}|c{tags}");
                    break;
                default:
                    lines.Add($"{metric.Name}:{Number(MetricValue.Of(metric.MetricType, point))}|g{tags}");
                    break;
            }
        }
    }

    private static void AddBuckets(Metric metric, in MetricPoint point, string tags, List<string> lines)
    {
        var (scale, type) = metric.Unit is "s" ? (1000, "ms") : (1, "h");
        point.TryGetHistogramMinMaxValues(out _, out var largest);
        foreach (var bucket in point.GetHistogramBuckets())
        {
            if (bucket.BucketCount == 0) continue;
            var value = Number(Math.Min(bucket.ExplicitBound, largest) * scale);
            var rate = bucket.BucketCount == 1 ? "" : $"|@{Number(1.0 / bucket.BucketCount)}";
            lines.Add($"{metric.Name}:{value}|{type}{rate}{tags}");
        }
    }

    private static string Tags(ReadOnlyTagCollection tags)
    {
        var written = "";
        foreach (var (key, value) in tags) written += $"{(written.Length == 0 ? "|#" : ",")}{key}:{Clean(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")}";
        return written;
    }

    /// <summary>What has a meaning in a line cannot be written in a tag.</summary>
    private static string Clean(string value) => string.Concat(value.Select(letter => letter is '|' or '#' or ',' or ':' or '\n' ? '_' : letter));

    private static string Number(double value) => value.ToString("0.#########", CultureInfo.InvariantCulture);
}
