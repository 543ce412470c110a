using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.RenderTree;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Page = LiveShop.Load.Page;

// What a renderer is told is made of these types.
#pragma warning disable BL0006

namespace LiveShop.Tests.Load;

/// <summary>Renders a fragment as a circuit does, writes each batch with the framework's own writer, and lets a <see cref="Page"/> follow the bytes.</summary>
internal sealed class RecordedRenderer : Renderer
{
    private static readonly Type Writer = typeof(CircuitHandler).Assembly.GetType("Microsoft.AspNetCore.Components.Server.Circuits.RenderBatchWriter", throwOnError: true)!;

    private readonly Changing root = new();
    private readonly int rootId;

    public RecordedRenderer()
        : base(new ServiceCollection().BuildServiceProvider(), NullLoggerFactory.Instance)
    {
        rootId = AssignRootComponentId(root);
        Page.Attach(rootId);
    }

    public Page Page { get; } = new();

    public byte[] NewestBatch { get; private set; } = [];

    public override Dispatcher Dispatcher { get; } = Dispatcher.CreateDefault();

    public Task ShowAsync(RenderFragment content) => Dispatcher.InvokeAsync(() => root.Show(content));

    protected override void HandleException(Exception exception) => throw exception;

    protected override Task UpdateDisplayAsync(in RenderBatch renderBatch)
    {
        using var bytes = new MemoryStream();
        using (var writer = (IDisposable)Activator.CreateInstance(Writer, bytes, true)!)
        {
            Writer.GetMethod("Write", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public, [typeof(RenderBatch).MakeByRefType()])!.Invoke(writer, [renderBatch]);
        }
        NewestBatch = bytes.ToArray();
        Page.Apply(new LiveShop.Load.RenderBatch(NewestBatch));
        return Task.CompletedTask;
    }

    private sealed class Changing : IComponent
    {
        private RenderHandle handle;

        public void Attach(RenderHandle renderHandle) => handle = renderHandle;

        public Task SetParametersAsync(ParameterView parameters) => Task.CompletedTask;

        public void Show(RenderFragment content) => handle.Render(content);
    }
}
