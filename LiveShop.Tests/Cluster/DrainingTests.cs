using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Circuits;
using LiveShop.Web.Cluster;
using LiveShop.Web.Health;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveShop.Tests;

public sealed class DrainingTests
{
    private readonly CountedTime time = new();
    private readonly OpenCircuits circuits = new(Some.Meter);
    private readonly ApplicationLifetime lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private ClusterPresence? cluster;

    private bool HasStopped => lifetime.ApplicationStopping.IsCancellationRequested;

    [Fact]
    public async Task Tabs_are_sent_elsewhere_a_few_at_a_time_once_the_balancer_knows_and_the_node_stops_when_the_last_has_gone()
    {
        var gone = 0;
        for (var i = 0; i < Draining.LeastAtOnce + 3; i++)
        {
            AddTab(tab =>
            {
                gone++;
                circuits.Close(tab, wasLost: false);
            });
        }
        var draining = Begin(neighbour: Readiness.Ready);

        Assert.True(draining.IsUnderWay);
        await AdvanceAsync(Draining.Notice - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, gone);
        await AdvanceAsync(TimeSpan.FromMilliseconds(1));
        await Eventually.TrueAsync(() => gone == Draining.LeastAtOnce);

        await AdvanceAsync(Draining.Pause);
        await Eventually.TrueAsync(() => gone == Draining.LeastAtOnce + 3);
        Assert.False(HasStopped);

        await AdvanceAsync(Draining.Pause);
        await Eventually.TrueAsync(() => HasStopped);
    }

    [Fact]
    public async Task A_tab_that_buys_is_asked_when_it_has_its_answer()
    {
        var (buys, asked) = (true, false);
        AddTab(tab =>
        {
            asked = true;
            circuits.Close(tab, wasLost: false);
        }, () => buys);
        Begin(neighbour: Readiness.Ready);
        await AdvanceAsync(Draining.Notice);
        for (var i = 0; i < 5; i++) await AdvanceAsync(Draining.Pause);
        Assert.False(asked || HasStopped);

        buys = false;
        await AdvanceAsync(Draining.Pause);
        await Eventually.TrueAsync(() => asked);
        await AdvanceAsync(Draining.Pause);
        await Eventually.TrueAsync(() => HasStopped);
    }

    [Fact]
    public async Task A_tab_that_does_not_go_is_asked_once_and_holds_the_node_up_no_longer_than_its_patience()
    {
        var asked = 0;
        AddTab(_ => asked++);
        Begin(neighbour: Readiness.Ready);
        await AdvanceAsync(Draining.Notice);

        for (var passed = TimeSpan.Zero; passed < Draining.Patience; passed += Draining.Pause)
        {
            Assert.False(HasStopped);
            await AdvanceAsync(Draining.Pause);
        }

        await Eventually.TrueAsync(() => HasStopped);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task Tabs_whose_browser_is_away_are_not_waited_for()
    {
        AddTab(_ => { }).Disconnect();
        Begin(neighbour: Readiness.Ready);

        await AdvanceAsync(Draining.Notice);

        await Eventually.TrueAsync(() => HasStopped);
    }

    [Fact]
    public async Task Nodes_that_all_go_stop_at_once_too()
    {
        AddTab(_ => Assert.Fail("It would load its page from nobody."));

        Begin(neighbour: Readiness.Leaving);

        await Eventually.TrueAsync(() => HasStopped);
    }

    [Fact]
    public async Task Tabs_wait_for_a_node_that_is_not_ready_for_a_moment()
    {
        var asked = 0;
        for (var i = 0; i < 2 * Draining.LeastAtOnce; i++)
        {
            AddTab(tab =>
            {
                asked++;
                circuits.Close(tab, wasLost: false);
            });
        }
        Begin(neighbour: "not ready");
        await AdvanceAsync(Draining.Notice);
        for (var passed = 2 * Draining.Pause; passed < Draining.Grace; passed += Draining.Pause) await AdvanceAsync(Draining.Pause);
        Assert.Equal(0, asked);

        Hear(Readiness.Ready);
        await AdvanceAsync(Draining.Pause);
        await Eventually.TrueAsync(() => asked == Draining.LeastAtOnce);
        Hear("not ready");
        await AdvanceAsync(Draining.Pause);
        Assert.Equal((Draining.LeastAtOnce, false), (asked, HasStopped));

        Hear(Readiness.Ready);
        await AdvanceAsync(Draining.Pause);
        await Eventually.TrueAsync(() => asked == 2 * Draining.LeastAtOnce);
        await AdvanceAsync(Draining.Pause);
        await Eventually.TrueAsync(() => HasStopped);
    }

    [Fact]
    public async Task A_node_that_stays_not_ready_holds_this_one_up_no_longer_than_its_grace()
    {
        AddTab(_ => Assert.Fail("It would load its page from nobody."));
        Begin(neighbour: "not ready");
        await AdvanceAsync(Draining.Notice);

        for (var passed = TimeSpan.Zero; passed < Draining.Grace; passed += Draining.Pause)
        {
            Assert.False(HasStopped);
            await AdvanceAsync(Draining.Pause);
        }

        await Eventually.TrueAsync(() => HasStopped);
    }

    [Fact]
    public async Task A_node_alone_has_nobody_to_send_its_tabs_to_and_stops_at_once()
    {
        AddTab(_ => Assert.Fail("It would load its page from nobody."));

        Begin();

        await Eventually.TrueAsync(() => HasStopped);
    }

    [Fact]
    public async Task A_node_alone_stays_until_a_tab_that_buys_has_its_answer()
    {
        var buys = true;
        AddTab(_ => Assert.Fail("It would load its page from nobody."), () => buys);
        Begin();
        for (var i = 0; i < 5; i++) await AdvanceAsync(Draining.Pause);
        Assert.False(HasStopped);

        buys = false;
        await AdvanceAsync(Draining.Pause);

        await Eventually.TrueAsync(() => HasStopped);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_holds_a_node_alone_up_no_longer_than_seconds()
    {
        AddTab(_ => Assert.Fail("It would load its page from nobody."), () => true);
        Begin();

        for (var passed = TimeSpan.Zero; passed < Draining.LongestPurchase; passed += Draining.Pause)
        {
            Assert.False(HasStopped);
            await AdvanceAsync(Draining.Pause);
        }

        await Eventually.TrueAsync(() => HasStopped);
    }

    private CircuitVitals AddTab(Action<CircuitVitals> onReload, Func<bool>? busy = null)
    {
        var tab = new CircuitVitals();
        tab.Connect(null);
        tab.Page = new CircuitPage("/", () =>
        {
            onReload(tab);
            return Task.CompletedTask;
        }, () => Task.CompletedTask, busy);
        circuits.Open(tab);
        return tab;
    }

    /// <param name="neighbour">How the other node of the cluster is; null for a node alone.</param>
    private Draining Begin(string? neighbour = null)
    {
        if (neighbour is not null)
        {
            cluster = new ClusterPresence(new InMemoryPresence(time, Some.Meter), new NodeId("a"), time);
            Hear(neighbour);
        }
        var draining = new Draining(circuits, lifetime, time, NullLogger<Draining>.Instance, cluster);
        draining.Begin("test");
        draining.Begin("again");
        return draining;
    }

    private void Hear(string state) => cluster!.Receive(new PresenceMessage { Node = "b", State = state });

    /// <summary>Once whoever waits for the time has gone to sleep.</summary>
    private async Task AdvanceAsync(TimeSpan by)
    {
        await Eventually.TrueAsync(() => time.Waiting > 0);
        time.Advance(by);
    }
}
