using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using LiveShop.Tests.Harness;
using LiveShop.Web.Metrics;

namespace LiveShop.Tests;

/// <summary>The table of metrics in the README, and the instruments that there are.</summary>
public sealed partial class MetricsTableTests(PostgresServer postgres) : HostTests(postgres)
{
    private RedisServer redis = null!;

    public override async Task InitializeAsync()
    {
        redis = await RedisServer.StartAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await redis.DisposeAsync();
    }

    /// <summary>One of a cluster has all instruments that there are.</summary>
    private protected override ShopNode NewHostNode() => NewNode(redis: redis);

    [Fact]
    public async Task Every_instrument_is_in_the_table_with_its_kind_and_every_row_is_an_instrument()
    {
        // Whatever is made at the first use is made by now: the crowd has looked, put into a cart, and bought.
        await Browser.GetAsync("/");
        await Node.BuyAsync(await Node.AddItemAsync(stock: 1));

        var rows = Row().Matches(SourceTree.Read("README.md"));

        Assert.Equal(
            Instruments().Select(instrument => $"{MetricNames.Of(instrument)} {KindOf(instrument)}").Order(StringComparer.Ordinal),
            rows.Select(row => $"{row.Groups["name"].Value} {row.Groups["kind"].Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Each_has_a_sentence()
    {
        await Browser.GetAsync("/");

        Assert.All(Instruments(), instrument => Assert.EndsWith(".", instrument.Description, StringComparison.Ordinal));
    }

    private List<Instrument> Instruments()
    {
        var instruments = new List<Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter == Node.Meter) instruments.Add(instrument);
            },
        };
        listener.Start();
        return instruments;
    }

    private static string KindOf(Instrument instrument) => MetricNames.KindOf(instrument) switch
    {
        InstrumentKind.Counter or InstrumentKind.ObservableCounter => "counter",
        InstrumentKind.Histogram => "histogram",
        _ => "gauge",
    };

    [GeneratedRegex(@"^\| `(?<name>liveshop_[a-z_]+)(\{[a-z, ]+\})?` \| (?<kind>\w+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
