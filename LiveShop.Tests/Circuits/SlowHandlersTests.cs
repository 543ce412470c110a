using System.Diagnostics;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Circuits;
using LiveShop.Web.Components.Pages.Shop;
using Microsoft.Extensions.Time.Testing;

namespace LiveShop.Tests;

public sealed class SlowHandlersTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly CircuitVitals circuit = new();
    private readonly SlowHandlers handlers;

    public SlowHandlersTests() => handlers = new SlowHandlers(time);

    public void Dispose() => handlers.Dispose();

    [Fact]
    public void A_handler_is_told_with_its_calls_its_mean_and_its_longest()
    {
        Handle<ShelfChanged>(milliseconds: 10);
        Handle<ShelfChanged>(milliseconds: 30);

        var summary = Mine().Single();

        Assert.Equal(("StorePage · ShelfChanged", 2), (summary.Handler, summary.Calls));
        Assert.InRange(summary.Longest.TotalMilliseconds, 30, 300);
        Assert.InRange(summary.Mean.TotalMilliseconds, 20, 200);
    }

    [Fact]
    public void The_slowest_comes_first_and_its_circuit_remembers_it()
    {
        Handle<ShelfChanged>(milliseconds: 10);
        Handle<CartChanged>(milliseconds: 1000);

        Assert.Equal("StorePage · CartChanged", Mine()[0].Handler);
        Assert.Equal("StorePage · CartChanged", circuit.Slowest.Handler);
    }

    [Fact]
    public void After_five_minutes_it_is_forgotten()
    {
        Handle<ShelfChanged>(milliseconds: 10);

        time.Advance(TimeSpan.FromSeconds(290));
        Assert.Single(Mine());

        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Empty(Mine());
    }

    private void Handle<TEvent>(int milliseconds) => handlers.Handled(
        circuit, typeof(StorePage), typeof(TEvent), Stopwatch.GetTimestamp() - (milliseconds * Stopwatch.Frequency / 1000));

    /// <summary>Pages of other tests in this process are heard too.</summary>
    private List<HandlerSummary> Mine() => [.. handlers.Read().Where(summary => summary.Handler.StartsWith("StorePage · ", StringComparison.Ordinal))];
}
