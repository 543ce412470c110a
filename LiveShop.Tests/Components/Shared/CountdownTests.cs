using Bunit;
using LiveShop.Tests.Harness;
using LiveShop.Web.Components.Shared;

namespace LiveShop.Tests;

public sealed class CountdownTests : IDisposable
{
    private readonly ShopTab tab = new();

    public void Dispose() => tab.Dispose();

    [Theory]
    [InlineData(10, "--from:10;animation-duration:10s;animation-timing-function:steps(10);animation-delay:0.000s")]
    [InlineData(9.25, "--from:10;animation-duration:10s;animation-timing-function:steps(10);animation-delay:-0.750s")]
    public void It_is_seeded_with_the_whole_seconds_left_and_what_has_passed_of_the_first(double seconds, string style) =>
        Assert.Equal(style, Render(seconds).Find(".countdown").GetAttribute("style"));

    [Fact]
    public void It_counts_days_only_when_there_is_more_than_one()
    {
        Assert.Empty(Render(86_400).FindAll(".countdown--days"));
        Assert.Single(Render(86_401).FindAll(".countdown--days"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(86_400 * 1000.0)]
    public void A_time_that_has_passed_or_is_years_away_is_not_counted(double seconds) => Assert.Empty(Render(seconds).FindAll(".countdown"));

    [Fact]
    public void Rendering_again_sends_nothing_because_the_style_sheet_counts()
    {
        var countdown = Render(10);

        countdown.Render(parameters => parameters.Add(shown => shown.Left, TimeSpan.FromSeconds(4)));

        Assert.Equal(1, countdown.RenderCount);
        Assert.Contains("--from:10;", countdown.Find(".countdown").GetAttribute("style"), StringComparison.Ordinal);
    }

    private IRenderedComponent<Countdown> Render(double seconds) =>
        tab.Render<Countdown>(parameters => parameters.Add(countdown => countdown.Left, TimeSpan.FromSeconds(seconds)));
}
