using Bunit;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Circuits;
using LiveShop.Web.Cluster;
using LiveShop.Web.Components.Pages.Admin;
using LiveShop.Web.Engine;
using LiveShop.Web.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LiveShop.Tests;

public sealed class EnginePageTests(PostgresServer postgres) : DeskTests(postgres)
{
    private ShopTab tab = null!;
    private IRenderedComponent<EnginePage> page = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        tab = OpenOperatorTab();
        page = await OpenDeskPageAsync<EnginePage>(tab);
        await tab.Services.GetRequiredService<EngineFeed>().StartAsync(default);
    }

    public override async Task DisposeAsync()
    {
        await tab.Services.GetRequiredService<EngineFeed>().StopAsync(default);
        await base.DisposeAsync();
    }

    [Fact]
    public async Task It_shows_how_the_node_runs()
    {
        await Node.BuyAsync(await Node.AddItemAsync(stock: 1));

        await page.WaitForAssertionAsync(() => Assert.Equal("0 of 10000", Figure("queue")));
        await page.WaitForAssertionAsync(() => Assert.Equal("within reach", Figure("database")));
        await page.WaitForAssertionAsync(() => Assert.Matches(@"^[0-9.]+ ms · [0-9.]+ ms$", Figure("answer")));
        // One topic, that of this page.
        Assert.Equal($"1 · {Node.Bus.SubscriptionCount}", Figure("subscriptions"));
        Assert.EndsWith(" MB", Figure("working-set"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_lists_the_circuits_and_sorts_them_by_any_column()
    {
        var (busy, idle) = (NewCircuit("busy"), NewCircuit("idle"));
        for (var i = 0; i < 7; i++) busy.Rendered();

        await page.WaitForAssertionAsync(() => Assert.Equal(2, page.FindAll("td.circuits__id").Count));
        await SortAsync("Renders");
        await page.WaitForAssertionAsync(() => Assert.Equal(["idle", "busy"], Ids()));
        Assert.Equal("/admin/engine?sort=renders", tab.Address);

        await SortAsync("Renders");
        await page.WaitForAssertionAsync(() => Assert.Equal(["busy", "idle"], Ids()));
        Assert.Equal(0, idle.Renders);
    }

    [Fact]
    public async Task Circuits_are_found_by_their_browser_and_text_and_the_address_keeps_the_search()
    {
        NewCircuit("busy").Page = new CircuitPage("/checkout", () => Task.CompletedTask, () => Task.CompletedTask);
        NewCircuit("idle").Disconnect();
        await page.WaitForAssertionAsync(() => Assert.Equal(2, Ids().Count()));

        await page.ChangeAsync("[name=circuit]", "CHECKOUT");
        await page.WaitForAssertionAsync(() => Assert.Equal(["busy"], Ids()));
        Assert.Equal("/admin/engine?text=CHECKOUT", tab.Address);

        await page.InvokeAsync(() => tab.Navigation.NavigateTo("/admin/engine?browser=away"));
        await page.WaitForAssertionAsync(() => Assert.Equal(["idle"], Ids()));
    }

    [Fact]
    public async Task Selected_circuits_are_closed_after_one_question()
    {
        var reloaded = new List<string>();
        foreach (var id in new[] { "one", "two", "three" }) NewCircuit(id).Page = new CircuitPage("/", () => Task.FromResult(Record(id)), () => Task.CompletedTask);
        await page.WaitForAssertionAsync(() => Assert.Equal(3, Ids().Count()));
        await SelectAsync("one");
        await SelectAsync("three");

        _ = page.PressAsync(".circuits__close-selected");
        await tab.Dialogs.WaitForElementAsync("[name=confirm]");
        await tab.Dialogs.PressAsync("[name=confirm]");

        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Equal("2 of 2 done.", tab.Dialogs.Find(".bulk__summary").TextContent));
        Assert.Equal(["one", "three"], reloaded.Order(StringComparer.Ordinal));

        bool Record(string id)
        {
            reloaded.Add(id);
            return true;
        }
    }

    [Fact]
    public async Task A_circuit_that_is_closed_is_asked_to_load_its_page_anew_and_the_log_tells_who_closed_it()
    {
        var reloaded = false;
        NewCircuit("busy").Page = new CircuitPage("/", () => Task.FromResult(reloaded = true), () => Task.CompletedTask);
        await page.WaitForAssertionAsync(() => Assert.Single(page.FindAll("td.circuits__id")));

        _ = page.PressAsync("[aria-label='Close circuit busy']");
        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Contains("Its tab loads again.", tab.Dialogs.Markup, StringComparison.Ordinal));
        await tab.Dialogs.PressAsync("[name=confirm]");

        await tab.Dialogs.WaitForAssertionAsync(() => Assert.Equal("1 of 1 done.", tab.Dialogs.Find(".bulk__summary").TextContent));
        Assert.True(reloaded);
        Assert.Equal(("ana", EngineAction.CloseCircuit, "circuit busy"), await NewestAsync());
    }

    [Fact]
    public async Task Garbage_is_collected_on_demand_and_the_log_tells_who_did()
    {
        var collections = GC.CollectionCount(GC.MaxGeneration);

        await ConfirmAsync("Collect garbage");

        await tab.Messages.WaitForAssertionAsync(() => Assert.Matches(@"\d+ MB of objects before, \d+ MB after\.", tab.Messages.Markup));
        Assert.True(GC.CollectionCount(GC.MaxGeneration) > collections);
        Assert.Equal(("ana", EngineAction.CollectGarbage, "this node"), await NewestAsync());
    }

    [Fact]
    public async Task The_log_tells_everything_for_a_while_on_demand()
    {
        await ConfirmAsync("Log everything for ten minutes");

        await tab.Messages.WaitForAssertionAsync(() => Assert.Contains("The log tells everything until ", tab.Messages.Markup, StringComparison.Ordinal));
        Assert.NotNull(tab.Services.GetRequiredService<EngineRoom>().ToldUntil);
        Assert.Equal(("ana", EngineAction.RaiseLogLevel, "this node"), await NewestAsync());
    }

    [Fact]
    public async Task The_node_is_drained_on_demand_and_the_log_tells_who_had_it_drained()
    {
        await ConfirmAsync("Drain this node");

        await tab.Messages.WaitForAssertionAsync(() => Assert.Contains("This node is draining.", tab.Messages.Markup, StringComparison.Ordinal));
        Assert.Contains("This node is draining.", tab.Services.GetRequiredService<Readiness>().Reasons);
        await Eventually.TrueAsync(() => tab.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
        Assert.Equal(("ana", EngineAction.Drain, "this node"), await NewestAsync());
    }

    [Fact]
    public async Task While_the_database_hangs_the_node_is_drained_all_the_same()
    {
        await using var other = await Database.OpenSessionAsync();
        await other.ExecuteAsync("begin; lock table audit_entries");

        var draining = tab.Services.GetRequiredService<EngineRoom>().DrainAsync("ana");

        Assert.True(tab.Services.GetRequiredService<Draining>().IsUnderWay);
        Assert.False(draining.IsCompleted);
        await other.ExecuteAsync("commit");
        await draining;
    }

    private CircuitVitals NewCircuit(string id)
    {
        var vitals = new CircuitVitals { Id = id };
        vitals.Connect(null);
        tab.Services.GetRequiredService<OpenCircuits>().Open(vitals);
        return vitals;
    }

    /// <summary>Presses a button that asks first, and answers yes.</summary>
    private async Task ConfirmAsync(string label)
    {
        // The press is dealt with when the dialog is closed.
        var asked = PressButtonAsync(page, label + "…");
        await tab.Dialogs.WaitForAssertionAsync(() => Button(tab.Dialogs, label));
        await PressButtonAsync(tab.Dialogs, label);
        await asked;
    }

    private Task SortAsync(string column) => page.InvokeAsync(() =>
        page.FindAll("th").Single(header => header.TextContent.Trim() == column).QuerySelector("button")!.ClickAsync());

    private Task SelectAsync(string id) => page.InvokeAsync(() =>
        page.FindAll("tbody tr").Single(row => row.QuerySelector(".circuits__id")?.TextContent.Trim() == id).QuerySelector("input")!.ChangeAsync(true));

    private IEnumerable<string> Ids() => page.FindAll("td.circuits__id").Select(cell => cell.TextContent.Trim());

    private string Figure(string metric) => page.Find($"[data-metric='{metric}']").TextContent;

    private async Task<(string, string, string)> NewestAsync()
    {
        var entry = (await Node.Audit.FindAsync(new AuditQuery(Limit: 1)))!.Single();
        return (entry.Actor, entry.Action, entry.Subject);
    }
}
