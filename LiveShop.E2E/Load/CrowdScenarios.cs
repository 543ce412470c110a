using LiveShop.Domain;
using LiveShop.E2E.Harness;
using LiveShop.Load;

namespace LiveShop.E2E.Load;

/// <summary>The load tester's crowd, in small, before the published shop.</summary>
[Collection(OwnProcesses.Name)]
public sealed class CrowdScenarios
{
    private const int Items = 26;
    private const int PairsOfEach = 11;

    private static readonly StockLevels Levels = new(LowBelow: 4, MediumBelow: 8);

    [Fact]
    public async Task Three_hundred_shoppers_buy_a_scarce_drop_and_every_figure_adds_up()
    {
        var options = new LoadOptions
        {
            ShopExecutable = PublishedShop.Executable,
            ShopSettings = [$"--Shop:StockLevels:LowBelow={Levels.LowBelow}", $"--Shop:StockLevels:MediumBelow={Levels.MediumBelow}"],
            Levels = Levels,
            Clients = 300,
            Rampup = TimeSpan.Zero,
            Stock = PairsOfEach,
            Think = TimeSpan.FromSeconds(1),
            Duration = TimeSpan.FromMinutes(2),
        };

        var report = await LoadTest.PlayAsync("drop", options, DropScenario.PlayAsync, (_, test) => test, CancellationToken.None);

        Assert.DoesNotContain(report.Checks, check => !check.Holds);
        Assert.Equal(Items * PairsOfEach, report.Find("Pairs sold"));
        Assert.True(report.Find("Changes of levels") >= 2 * Items);
        Assert.NotEmpty(report.Refusals);
        Assert.True(report.Find("From the commit to the screen, p50") > 0);
    }
}
