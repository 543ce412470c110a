using LiveShop.Web.Settings;
using Microsoft.Extensions.Configuration;

namespace LiveShop.Tests;

public sealed class MetricsSettingsTests
{
    [Fact]
    public void Nothing_is_sent_and_no_port_is_opened_unless_told_to() =>
        Assert.Equal(new MetricsSettings(ManagementPort: null, Token: null, StatsD: null, SendsOtlp: false), Read());

    [Theory]
    [InlineData("metrics.example.org", "metrics.example.org", 8125)]
    [InlineData("localhost:9125", "localhost", 9125)]
    public void StatsD_is_a_host_with_or_without_a_port(string value, string host, int port)
    {
        var statsD = Read(("Metrics:StatsD", value)).StatsD;

        Assert.Equal((host, port), (statsD?.Host, statsD?.Port));
    }

    [Theory]
    [InlineData("", "DogStatsD")]
    [InlineData("dogstatsd", "DogStatsD")]
    [InlineData("plain", "Plain")]
    [InlineData("Plain", "Plain")]
    public void A_server_may_know_no_tags(string value, string dialect)
    {
        var settings = Read(("Metrics:StatsD", "localhost"), ("Metrics:StatsD:Dialect", value));

        Assert.Equal(("localhost", dialect), (settings.StatsD?.Host, settings.StatsDDialect.ToString()));
    }

    [Fact]
    public void The_usual_variable_turns_on_what_is_sent_by_OTLP() => Assert.True(Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317")).SendsOtlp);

    [Theory]
    [InlineData("Management:Port", "70000", "Management:Port must be a whole number from 0 to 65535, but is '70000'.")]
    [InlineData("Metrics:Token", "short", "Metrics:Token must be 16 to 200 characters, but is '…'.")]
    [InlineData("Metrics:StatsD", "host:port", "Metrics:StatsD must be a host such as localhost:8125, but is 'host:port'.")]
    [InlineData("Metrics:StatsD:Dialect", "influx", "Metrics:StatsD:Dialect must be dogstatsd or plain, but is 'influx'.")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector", "OTEL_EXPORTER_OTLP_ENDPOINT must be an address such as http://localhost:4317, but is 'collector'.")]
    public void Nonsense_stops_the_start_with_one_line(string key, string value, string line) =>
        Assert.Equal(line, Assert.Throws<SettingException>(() => Read((key, value))).Message);

    private static MetricsSettings Read(params (string Key, string Value)[] settings) => MetricsSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value))).Build());
}
