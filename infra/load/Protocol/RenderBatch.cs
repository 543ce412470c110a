using System.Buffers.Binary;
using System.Text;

namespace LiveShop.Load;

/// <summary>
/// A render batch as <c>RenderBatchWriter</c> of ASP.NET Core writes it: little-endian sections, found by five offsets in the
/// last 20 bytes; texts are numbers of entries in a table, -1 for null.
/// </summary>
internal readonly ref struct RenderBatch
{
    private const int EditSize = 16;
    private const int FrameSize = 20;

    private readonly ReadOnlySpan<byte> bytes;
    private readonly int components;
    private readonly int frames;
    private readonly int disposedComponents;
    private readonly int texts;

    public RenderBatch(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 20) throw new InvalidDataException($"A render batch has {bytes.Length} bytes.");
        this.bytes = bytes;
        components = Int(bytes.Length - 20);
        frames = Int(bytes.Length - 16);
        disposedComponents = Int(bytes.Length - 12);
        texts = Int(bytes.Length - 4);
    }

    public int ComponentCount => Int(components);

    public int DisposedComponentCount => Int(disposedComponents);

    public ComponentDiff Component(int index)
    {
        var at = Int(components + 4 + (4 * index));
        return new ComponentDiff(Int(at), at + 8, Int(at + 4));
    }

    public Edit Edit(ComponentDiff diff, int index)
    {
        var at = diff.FirstEdit + (EditSize * index);
        return new Edit((EditType)Int(at), Int(at + 4), Int(at + 8), Int(at + 12));
    }

    public Frame Frame(int index)
    {
        var at = frames + 4 + (FrameSize * index);
        return new Frame((FrameType)Int(at), Int(at + 4), Int(at + 8), BinaryPrimitives.ReadUInt64LittleEndian(bytes[(at + 12)..]));
    }

    public int DisposedComponent(int index) => Int(disposedComponents + 4 + (4 * index));

    public string? Text(int index)
    {
        if (index < 0) return null;
        var at = Int(texts + (4 * index));
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = bytes[at++];
            length |= (part & 0x7f) << shift;
            if ((part & 0x80) == 0) break;
        }
        return Encoding.UTF8.GetString(bytes.Slice(at, length));
    }

    private int Int(int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);
}

/// <param name="FirstEdit">Offset in the batch.</param>
internal readonly record struct ComponentDiff(int ComponentId, int FirstEdit, int EditCount);

/// <param name="Sibling">Index among the children of the element that the edits have stepped into.</param>
/// <param name="FrameOrTarget">Index of the frame that is meant, or where a permutation moves the sibling to.</param>
/// <param name="RemovedAttribute">Number of a text.</param>
internal readonly record struct Edit(EditType Type, int Sibling, int FrameOrTarget, int RemovedAttribute);

/// <summary>One frame of 20 bytes; what the two numbers are depends on the type.</summary>
/// <param name="First">Of an attribute its name, of a text or markup its content; else the length of the subtree, itself included.</param>
/// <param name="Second">Of an element its name, of an attribute its value, of a component its id.</param>
/// <param name="EventHandlerId">Of an attribute that has one; else 0.</param>
internal readonly record struct Frame(FrameType Type, int First, int Second, ulong EventHandlerId);

internal enum EditType
{
    PrependFrame = 1,
    RemoveFrame,
    SetAttribute,
    RemoveAttribute,
    UpdateText,
    StepIn,
    StepOut,
    UpdateMarkup,
    PermutationListEntry,
    PermutationListEnd,
}

internal enum FrameType
{
    Element = 1,
    Text,
    Attribute,
    Component,
    Region,
    ElementReferenceCapture,
    ComponentReferenceCapture,
    Markup,
    ComponentRenderMode,
    NamedEvent,
}
