using System.Diagnostics.Metrics;
using LiveShop.Web.Circuits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveShop.Tests;

/// <summary>What is counted of a circuit, in the order in which the framework tells of it.</summary>
public sealed class CircuitWatchTests : IDisposable
{
    private readonly Meter meter = new("circuits");
    private readonly MeterListener listener = new();
    private readonly CircuitVitals vitals = new();
    private readonly CircuitWatch circuit;
    private readonly OpenCircuits circuits;
    private long lost;

    public CircuitWatchTests()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter == meter && instrument.Name == "liveshop.circuits.lost") listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => lost += count);
        listener.Start();
        circuits = new OpenCircuits(meter);
        circuit = new CircuitWatch(vitals, circuits, NullLogger<CircuitWatch>.Instance);
        circuits.Open(vitals);
    }

    public void Dispose()
    {
        listener.Dispose();
        meter.Dispose();
    }

    [Fact]
    public async Task A_tab_that_is_closed_is_not_lost()
    {
        await UpAsync();

        await FarewellAsync();

        Assert.Equal(0, lost);
        Assert.Empty(circuits.All);
    }

    [Fact]
    public async Task Nor_is_one_whose_connection_closed_before_its_farewell_came()
    {
        await UpAsync();
        await DownAsync();

        await FarewellAsync();

        Assert.Equal(0, lost);
    }

    [Fact]
    public async Task A_browser_that_went_without_a_word_and_did_not_come_back_is_lost()
    {
        await UpAsync();
        await DownAsync();

        await EndAsync();

        Assert.Equal(1, lost);
        Assert.Empty(circuits.All);
    }

    [Fact]
    public async Task One_that_came_back_and_is_closed_then_is_not_lost()
    {
        await UpAsync();
        await DownAsync();
        await UpAsync();

        await FarewellAsync();

        Assert.Equal(0, lost);
        Assert.Equal(2, vitals.Connections);
    }

    [Fact]
    public async Task Nor_is_one_that_the_server_ended_under_a_browser_that_was_there()
    {
        await UpAsync();

        await EndAsync();

        Assert.Equal(0, lost);
    }

    private Task UpAsync() => circuit.OnConnectionUpAsync(null!, default);

    private Task DownAsync() => circuit.OnConnectionDownAsync(null!, default);

    /// <summary>The end of a circuit, which the framework begins with telling that its connection is down, be it once more.</summary>
    private async Task EndAsync()
    {
        await DownAsync();
        await circuit.OnCircuitClosedAsync(null!, default);
    }

    /// <summary>The end of a circuit within the request that a closing tab sends.</summary>
    private Task FarewellAsync()
    {
        var context = new DefaultHttpContext();
        context.Request.Path = "/_blazor/disconnect";
        return CircuitConnection.CountAsync(context, _ => EndAsync());
    }
}
