using System.Collections.Concurrent;

namespace LiveShop.Load;

/// <summary>
/// What a tab shows of its interactive components: the tree that render batches build and change, as the Blazor script keeps
/// it in the document. Not thread-safe.
/// </summary>
internal sealed class Page
{
    private const int LongestShared = 80;

    /// <summary>Thousands of tabs show the same words; they share them.</summary>
    private static readonly ConcurrentDictionary<string, string> Shared = new();

    private readonly Dictionary<int, PageNode> components = [];
    private readonly List<PageNode> touched = [];

    public PageNode Root { get; } = new() { Name = "page" };

    /// <summary>Grows whenever nodes came or went.</summary>
    public int Structure { get; private set; }

    /// <summary>Elements of which the newest batch set or removed an attribute; some of them may be gone since.</summary>
    public IReadOnlyList<PageNode> Touched => touched;

    public void Attach(int componentId)
    {
        var root = new PageNode { ComponentId = componentId };
        components[componentId] = root;
        Root.Insert(Root.Children.Count, root);
    }

    public PageNode? Find(Func<PageNode, bool> wanted) => Root.AndDescendants().FirstOrDefault(wanted);

    public void Apply(RenderBatch batch)
    {
        touched.Clear();
        for (var i = 0; i < batch.ComponentCount; i++)
        {
            var diff = batch.Component(i);
            if (diff.EditCount > 0 && components.TryGetValue(diff.ComponentId, out var component)) Apply(batch, diff, component);
        }
        for (var i = 0; i < batch.DisposedComponentCount; i++) components.Remove(batch.DisposedComponent(i));
    }

    private void Apply(RenderBatch batch, ComponentDiff diff, PageNode parent)
    {
        List<(int From, int To)>? moves = null;
        for (var i = 0; i < diff.EditCount; i++)
        {
            var edit = batch.Edit(diff, i);
            switch (edit.Type)
            {
                case EditType.PrependFrame:
                    Insert(batch, parent, edit.Sibling, edit.FrameOrTarget);
                    Structure++;
                    break;
                case EditType.RemoveFrame:
                    parent.RemoveAt(edit.Sibling);
                    Structure++;
                    break;
                case EditType.SetAttribute:
                    SetAttribute(batch, parent.Children[edit.Sibling], batch.Frame(edit.FrameOrTarget));
                    touched.Add(parent.Children[edit.Sibling]);
                    break;
                case EditType.RemoveAttribute:
                    parent.Children[edit.Sibling].Remove(batch.Text(edit.RemovedAttribute));
                    touched.Add(parent.Children[edit.Sibling]);
                    break;
                case EditType.UpdateText or EditType.UpdateMarkup:
                    parent.Children[edit.Sibling].Content = Word(batch, batch.Frame(edit.FrameOrTarget).First);
                    break;
                case EditType.StepIn:
                    parent = parent.Children[edit.Sibling];
                    break;
                case EditType.StepOut:
                    parent = parent.Parent!;
                    break;
                case EditType.PermutationListEntry:
                    (moves ??= []).Add((edit.Sibling, edit.FrameOrTarget));
                    break;
                case EditType.PermutationListEnd:
                    parent.Permute(moves!);
                    moves = null;
                    Structure++;
                    break;
                default:
                    throw new InvalidDataException($"A render batch has an edit of type {(int)edit.Type}.");
            }
        }
    }

    /// <summary>How many children it inserted: none for a frame that shows nothing, several for a region.</summary>
    private int Insert(RenderBatch batch, PageNode parent, int index, int frameIndex)
    {
        var frame = batch.Frame(frameIndex);
        switch (frame.Type)
        {
            case FrameType.Element:
                var element = new PageNode { Name = Word(batch, frame.Second) };
                parent.Insert(index, element);
                InsertRange(batch, element, 0, frameIndex + 1, frameIndex + frame.First);
                return 1;
            case FrameType.Component:
                var component = new PageNode { ComponentId = frame.Second };
                components[frame.Second] = component;
                parent.Insert(index, component);
                return 1;
            case FrameType.Text or FrameType.Markup:
                parent.Insert(index, new PageNode { Content = Word(batch, frame.First) });
                return 1;
            case FrameType.Region:
                return InsertRange(batch, parent, index, frameIndex + 1, frameIndex + frame.First);
            default:
                return 0;
        }
    }

    private int InsertRange(RenderBatch batch, PageNode parent, int index, int from, int to)
    {
        var inserted = 0;
        for (var i = from; i < to; i++)
        {
            var frame = batch.Frame(i);
            if (frame.Type == FrameType.Attribute) SetAttribute(batch, parent, frame);
            else inserted += Insert(batch, parent, index + inserted, i);
            if (frame.Type is FrameType.Element or FrameType.Component or FrameType.Region) i += frame.First - 1;
        }
        return inserted;
    }

    private static void SetAttribute(RenderBatch batch, PageNode element, Frame attribute) =>
        element.Set(Word(batch, attribute.First)!, Word(batch, attribute.Second), attribute.EventHandlerId);

    private static string? Word(RenderBatch batch, int number) =>
        batch.Text(number) is not { } text ? null : text.Length <= LongestShared ? Shared.GetOrAdd(text, text) : text;
}
