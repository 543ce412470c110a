using Bunit;
using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Circuits;
using LiveShop.Web.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace LiveShop.Tests;

public sealed class LiveComponentTests : IDisposable
{
    private readonly DirectBus bus = new();
    private readonly Stage stage = new();
    private ShopTab tab;

    public LiveComponentTests() => tab = NewTab();

    public void Dispose() => tab.Dispose();

    [Fact]
    public void It_subscribes_before_it_reads()
    {
        var subscribedAtReading = 0;
        stage.OnRead = () => subscribedAtReading = bus.SubscriptionCount;

        Render();

        Assert.Equal(1, subscribedAtReading);
    }

    [Fact]
    public void An_event_between_subscribing_and_reading_is_not_lost()
    {
        stage.OnRead = () => bus.Publish(new Happened(7));

        var component = Render();

        Assert.Equal("7", component.Markup);
    }

    [Fact]
    public async Task Nothing_is_rendered_before_it_has_read_also_when_an_event_comes()
    {
        var loading = stage.HoldLoading();
        var component = Render();

        await bus.DeliverAsync(new Happened(7));
        Assert.Equal((1, 0), (stage.Heard.Count, stage.Renders));

        await component.InvokeAsync(loading.SetResult);
        await component.WaitForAssertionAsync(() => Assert.Equal("7", component.Markup));
        Assert.Equal(1, stage.Renders);
    }

    [Fact]
    public async Task An_event_that_changes_the_screen_renders_once()
    {
        var component = Render();

        await bus.DeliverAsync(new Happened(1));
        await bus.DeliverAsync(new Happened(2));

        Assert.Equal("2", component.Markup);
        Assert.Equal(3, stage.Renders);
    }

    [Fact]
    public async Task An_event_that_changes_nothing_on_the_screen_renders_nothing()
    {
        stage.ChangesScreen = false;
        Render();

        await bus.DeliverAsync(new Happened(1));

        Assert.Equal((1, 1), (stage.Heard.Count, stage.Renders));
    }

    [Fact]
    public async Task Events_of_other_topics_are_not_heard()
    {
        Render();

        await bus.DeliverAsync(new Happened(1) { In = Topic.Inventory });

        Assert.Empty(stage.Heard);
    }

    [Fact]
    public async Task Handlers_run_on_the_dispatcher_though_events_come_from_anywhere()
    {
        var onDispatcher = false;
        stage.OnHeard = () => onDispatcher = tab.Renderer.Dispatcher.CheckAccess();
        Render();

        await Task.Run(() => bus.DeliverAsync(new Happened(1)));

        Assert.True(onDispatcher);
    }

    [Fact]
    public void Prerendering_subscribes_to_nothing_and_reads_all_the_same()
    {
        tab.Dispose();
        tab = NewTab(isLive: false);
        var read = false;
        stage.OnRead = () => read = true;

        Render();

        Assert.True(read);
        Assert.Equal(0, bus.SubscriptionCount);
    }

    [Fact]
    public async Task Disposing_ends_its_subscriptions()
    {
        Render();
        Assert.Equal(1, bus.SubscriptionCount);

        await tab.DisposeComponentsAsync();

        Assert.Equal(0, bus.SubscriptionCount);
    }

    [Fact]
    public async Task Disposed_while_it_reads_it_ends_quietly_and_leaves_nothing_behind()
    {
        stage.WatchesAfterReading = true;
        var loading = stage.HoldLoading();
        Render();

        await tab.DisposeComponentsAsync();
        await tab.Renderer.Dispatcher.InvokeAsync(loading.SetResult);

        await Eventually.TrueAsync(() => stage.IsLoaded);
        Assert.Equal(0, bus.SubscriptionCount);
        Assert.Equal(0, stage.Renders);
        Assert.False(tab.Renderer.UnhandledException.IsCompleted);
    }

    [Fact]
    public async Task An_event_that_waited_for_the_dispatcher_while_it_was_disposed_is_not_handled()
    {
        var component = Render();
        Task? delivery = null;

        await component.InvokeAsync(async () =>
        {
            // This holds the dispatcher, so what is delivered on another thread has to wait for it.
            using var isWaiting = new ManualResetEventSlim();
            _ = Task.Run(() =>
            {
                delivery = bus.DeliverAsync(new Happened(1));
                isWaiting.Set();
            });
            isWaiting.Wait();
            await tab.DisposeComponentsAsync();
        });

        await delivery!;
        Assert.Empty(stage.Heard);
    }

    [Fact]
    public async Task Parameters_that_come_while_it_reads_do_not_make_it_read_twice()
    {
        var loading = stage.HoldLoading();
        var component = Render("old");

        component.Render(parameters => parameters.Add(p => p.Stage, stage).Add(p => p.Text, "new"));
        await component.InvokeAsync(loading.SetResult);

        await component.WaitForAssertionAsync(() => Assert.Equal("new", component.Markup));
        Assert.Equal((1, 1), (stage.Loads, bus.SubscriptionCount));
    }

    [Fact]
    public void Parameters_that_come_later_render_and_read_nothing()
    {
        var component = Render("old");

        component.Render(parameters => parameters.Add(p => p.Stage, stage).Add(p => p.Text, "new"));

        Assert.Equal("new", component.Markup);
        Assert.Equal((1, 2), (stage.Loads, stage.Renders));
    }

    private ShopTab NewTab(bool isLive = true) => new(services => services.AddSingleton<IEventBus>(bus).AddSingleton(Some.Meter).AddSingleton(TimeProvider.System).AddCircuits(), isLive);

    private IRenderedComponent<Watcher> Render(string text = "") => tab.Render<Watcher>(parameters => parameters.Add(p => p.Stage, stage).Add(p => p.Text, text));

    private sealed record Happened(int Number) : DomainEvent
    {
        public Topic In { get; init; } = Topic.Shelf;

        public override Topic Topic => In;
    }

    /// <summary>What a test makes of the component, and what it saw it do.</summary>
    private sealed class Stage
    {
        public List<int> Heard { get; } = [];

        public int Loads { get; set; }

        public int Renders { get; set; }

        public bool IsLoaded { get; set; }

        public bool ChangesScreen { get; set; } = true;

        public bool WatchesAfterReading { get; set; }

        public Action OnRead { get; set; } = () => { };

        public Action OnHeard { get; set; } = () => { };

        public Task Loading { get; private set; } = Task.CompletedTask;

        public TaskCompletionSource HoldLoading()
        {
            var loading = new TaskCompletionSource();
            Loading = loading.Task;
            return loading;
        }
    }

    private sealed class Watcher : LiveComponent
    {
        [Parameter]
        public Stage Stage { get; set; } = null!;

        [Parameter]
        public string Text { get; set; } = "";

        protected override async Task LoadAsync()
        {
            Stage.Loads++;
            Watch<Happened>(Topic.Shelf, Hear);
            Stage.OnRead();
            await Stage.Loading;
            if (Stage.WatchesAfterReading) Watch<Happened>(Topic.Shelf, Hear);
            Stage.IsLoaded = true;
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            Stage.Renders++;
            builder.AddContent(0, Stage.Heard.Count == 0 ? Text : $"{Stage.Heard[^1]}");
        }

        private bool Hear(Happened happened)
        {
            Stage.Heard.Add(happened.Number);
            Stage.OnHeard();
            return Stage.ChangesScreen;
        }
    }
}
