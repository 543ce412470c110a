using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.RenderTree;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

// What a renderer is told is made of these types.
#pragma warning disable BL0006

namespace LiveShop.Tests.Harness;

/// <summary>Renders one component and tells what Blazor sends to the browser for it; bUnit shows the outcome only.</summary>
internal sealed class EditRecorder<TComponent> : Renderer
    where TComponent : IComponent
{
    private readonly List<string> edits = [];
    private readonly int componentId;

    public EditRecorder()
        : base(new ServiceCollection().BuildServiceProvider(), NullLoggerFactory.Instance) =>
        componentId = AssignRootComponentId(InstantiateComponent(typeof(TComponent)));

    public override Dispatcher Dispatcher { get; } = Dispatcher.CreateDefault();

    /// <summary>The edits of the component's own markup that these parameters cause, in order, by Blazor's names for them.</summary>
    public Task<IReadOnlyList<string>> ShowAsync(params (string Name, object? Value)[] parameters) => Dispatcher.InvokeAsync(async () =>
    {
        edits.Clear();
        await RenderRootComponentAsync(componentId, ParameterView.FromDictionary(parameters.ToDictionary(p => p.Name, p => p.Value)));
        return (IReadOnlyList<string>)[.. edits];
    });

    protected override void HandleException(Exception exception) => throw exception;

    protected override Task UpdateDisplayAsync(in RenderBatch renderBatch)
    {
        foreach (var update in renderBatch.UpdatedComponents.Array.Take(renderBatch.UpdatedComponents.Count))
        {
            if (update.ComponentId == componentId) edits.AddRange(update.Edits.Select(edit => edit.Type.ToString()));
        }
        return Task.CompletedTask;
    }
}
