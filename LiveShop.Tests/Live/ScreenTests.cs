using System.Diagnostics.Metrics;
using LiveShop.Web.Circuits;
using LiveShop.Web.Live;

namespace LiveShop.Tests;

/// <summary>From a change's commit to the browser's acknowledgement, on a clock that the test moves.</summary>
public sealed class ScreenTests : IDisposable
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly Meter meter = new("screens");
    private readonly MeterListener listener = new();
    private readonly List<double> measured = [];
    private readonly CircuitVitals vitals = new();
    private readonly Screen screen;
    private DateTimeOffset now = Start;

    public ScreenTests()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter == meter) listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => measured.Add(seconds));
        listener.Start();
        vitals.Connect(null);
        screen = new Screen(vitals, new CommitToScreen(meter, () => now));
    }

    public void Dispose()
    {
        listener.Dispose();
        meter.Dispose();
    }

    [Fact]
    public void A_change_is_as_old_as_its_commit_when_the_browser_has_acknowledged_it()
    {
        screen.Due(Start);
        screen.Rendered();
        Pass(milliseconds: 80);
        screen.Acknowledged();

        Assert.Equal([0.08], measured);
    }

    [Fact]
    public void A_change_that_came_after_a_render_is_not_shown_by_that_render()
    {
        screen.Due(Start);
        screen.Rendered();
        Pass(milliseconds: 50);
        screen.Due(now);
        screen.Acknowledged();
        screen.Rendered();
        Pass(milliseconds: 30);
        screen.Acknowledged();

        Assert.Equal([0.05, 0.03], measured.Select(seconds => Math.Round(seconds, 3)));
    }

    [Fact]
    public void Of_two_changes_in_one_render_the_older_counts()
    {
        screen.Due(Start);
        Pass(milliseconds: 20);
        screen.Due(now);
        screen.Rendered();
        Pass(milliseconds: 20);
        screen.Acknowledged();

        Assert.Equal([0.04], measured);
    }

    [Fact]
    public void A_render_for_another_reason_measures_nothing()
    {
        screen.Rendered();
        screen.Acknowledged();

        Assert.Empty(measured);
        Assert.Equal(1, vitals.Renders);
    }

    [Fact]
    public void What_waited_through_an_interruption_is_not_measured()
    {
        screen.Due(Start);
        screen.Rendered();
        vitals.Disconnect();
        vitals.Connect(null);
        screen.Acknowledged();

        Assert.Empty(measured);
    }

    /// <summary>Ten renders wait for their acknowledgement; the next one is asked for and not made until some have come.</summary>
    [Fact]
    public void A_change_whose_render_waits_already_is_shown_by_that_render_and_by_no_later_one()
    {
        screen.Rendered();
        screen.Due(Start);
        screen.Asked();
        Pass(milliseconds: 400);
        screen.Acknowledged();
        Pass(milliseconds: 600_000);
        screen.Rendered();
        screen.Acknowledged();

        Assert.Equal([0.4], measured);
    }

    private void Pass(int milliseconds) => now += TimeSpan.FromMilliseconds(milliseconds);
}
