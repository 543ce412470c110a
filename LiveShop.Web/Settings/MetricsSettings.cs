using System.Net;

namespace LiveShop.Web.Settings;

/// <summary>Who may read the node's figures, and where they are sent.</summary>
/// <param name="ManagementPort"><c>Management:Port</c>: a port of its own for <c>/metrics</c> and the reasons of <c>/health</c>; null when there is none.</param>
/// <param name="Token"><c>Metrics:Token</c>, 16 to 200 characters: who sends it as a bearer token may read them from anywhere.</param>
/// <param name="StatsD"><c>Metrics:StatsD</c>: host or host:port, 8125 by default; null sends nothing.</param>
/// <param name="SendsOtlp">Whether <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; the exporter reads it and the other OTEL_EXPORTER settings itself.</param>
/// <param name="StatsDDialect"><c>Metrics:StatsD:Dialect</c>: <c>dogstatsd</c>, the default, or <c>plain</c>.</param>
/// <param name="Enabled"><c>Metrics:Enabled</c>, default true: whether anything is gathered.</param>
internal sealed record MetricsSettings(int? ManagementPort, string? Token, DnsEndPoint? StatsD, bool SendsOtlp, bool Enabled = true, StatsDDialect StatsDDialect = StatsDDialect.DogStatsD)
{
    private const int StatsDPort = 8125;
    private const int ShortestToken = 16;
    private const int LongestToken = 200;

    /// <exception cref="SettingException">For the first setting that makes no sense.</exception>
    public static MetricsSettings Read(IConfiguration configuration)
    {
        var port = WebSettings.Whole(configuration, "Management:Port", 0, 0, 65535);
        return new MetricsSettings(
            port == 0 ? null : port, TokenOf(configuration["Metrics:Token"]), StatsDOf(configuration["Metrics:StatsD"]), SendsTo(configuration),
            WebSettings.Flag(configuration, "Metrics:Enabled", fallback: true), DialectOf(configuration["Metrics:StatsD:Dialect"]));
    }

    private static StatsDDialect DialectOf(string? given) => given?.ToUpperInvariant() switch
    {
        null or "" or "DOGSTATSD" => StatsDDialect.DogStatsD,
        "PLAIN" => StatsDDialect.Plain,
        _ => throw new SettingException("Metrics:StatsD:Dialect", "dogstatsd or plain", given),
    };

    /// <summary>The value is never shown.</summary>
    private static string? TokenOf(string? given)
    {
        if (string.IsNullOrEmpty(given)) return null;
        return given.Length is >= ShortestToken and <= LongestToken ? given : throw new SettingException("Metrics:Token", $"{ShortestToken} to {LongestToken} characters", "…");
    }

    private static DnsEndPoint? StatsDOf(string? given)
    {
        if (string.IsNullOrEmpty(given)) return null;
        var (host, port) = given.LastIndexOf(':') is > 0 and var colon ? (given[..colon], given[(colon + 1)..]) : (given, $"{StatsDPort}");
        return Uri.CheckHostName(host) != UriHostNameType.Unknown && int.TryParse(port, out var number) && number is > 0 and <= 65535
            ? new DnsEndPoint(host, number)
            : throw new SettingException("Metrics:StatsD", "a host such as localhost:8125", given);
    }

    private static bool SendsTo(IConfiguration configuration)
    {
        const string Key = "OTEL_EXPORTER_OTLP_ENDPOINT";
        var value = configuration[Key];
        if (string.IsNullOrEmpty(value)) return false;
        return Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? true
            : throw new SettingException(Key, "an address such as http://localhost:4317", value);
    }
}

/// <summary>What a StatsD server understands.</summary>
internal enum StatsDDialect
{
    /// <summary>Tags and histograms, as Datadog's agent, Telegraf and Prometheus' exporter do.</summary>
    DogStatsD,

    /// <summary>Neither, as the first server, collectd and others; tags become part of names, and all distributions are timings.</summary>
    Plain,
}
