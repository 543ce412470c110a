using System.Text.Json;
using System.Text.RegularExpressions;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests;

/// <summary>What <c>infra/monitoring</c> gives to whoever runs Prometheus and Grafana.</summary>
public sealed partial class MonitoringTests
{
    private const string Folder = "infra/monitoring";

    [Fact]
    public Task Prometheus_takes_its_configuration_and_the_rules_in_it() => Promtool.ApprovesAsync("", "check", "config", SourceTree.PathOf($"{Folder}/prometheus.yml"));

    [Fact]
    public Task Each_alert_fires_for_what_it_is_about_and_is_silent_in_a_healthy_drop() =>
        Promtool.ApprovesAsync("", "test", "rules", SourceTree.PathOf($"{Folder}/alerts.test.yml"));

    [Theory]
    [InlineData("alerts.yml")]
    [InlineData("grafana.json")]
    public void They_ask_only_for_metrics_that_the_README_promises(string file)
    {
        var promised = OfShop().Matches(SourceTree.Read("README.md")).Select(match => match.Value).ToHashSet();

        var asked = OfShop().Matches(SourceTree.Read($"{Folder}/{file}")).Select(match => PartOfHistogram().Replace(match.Value, "")).Distinct().ToList();

        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(promised));
    }

    [Fact]
    public async Task Every_panel_of_the_dashboard_asks_something_that_Prometheus_understands()
    {
        using var dashboard = JsonDocument.Parse(SourceTree.Read($"{Folder}/grafana.json"));
        var questions = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("expr").GetString()!).ToList();

        Assert.True(questions.Count > 10);
        // As the expressions of recording rules, which promtool parses.
        var rules = questions.Select((question, i) => $"  - record: panel_{i}\n    expr: {JsonSerializer.Serialize(question.Replace("$__rate_interval", "1m", StringComparison.Ordinal))}");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, $"groups:\n- name: panels\n  rules:\n{string.Join('\n', rules)}\n");
            await Promtool.ApprovesAsync("", "check", "rules", file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [GeneratedRegex("liveshop_[a-z_]+")]
    private static partial Regex OfShop();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex PartOfHistogram();
}
