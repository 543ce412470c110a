using System.Globalization;

namespace LiveShop.Load;

/// <summary>What the server tells a tab.</summary>
internal enum CircuitMessageKind
{
    /// <summary>Pings, and calls that need no answer and show nothing.</summary>
    Other,

    /// <summary><c>Text</c> is the circuit's secret.</summary>
    Started,

    /// <summary>Whether the circuit still exists, which the tab wants to go on with: <c>Number</c> is 1 or 0.</summary>
    Rejoined,

    /// <summary><c>Number</c> is the id of the batch.</summary>
    Render,

    /// <summary><c>Number</c> is the id of the component.</summary>
    Attach,

    /// <summary>A call of the script's: <c>Number</c> is its handle, 0 when no answer is wanted.</summary>
    Call,

    /// <summary>An event was handled; <c>Number</c> is the one that the tab gave it.</summary>
    Answer,

    /// <summary>The circuit is over; <c>Text</c> says why.</summary>
    End,

    /// <summary>An error ended the circuit, and the script does not come back to it; <c>Text</c> is what the server says.</summary>
    Failure,
}

/// <summary>A message of the hub, read as far as a tab needs it.</summary>
internal readonly ref struct CircuitMessage
{
    /// <summary>The kind of a completion that carries a result.</summary>
    private const int WithResult = 3;

    private CircuitMessage(CircuitMessageKind kind, long number = 0, string text = "", string arguments = "", ReadOnlySpan<byte> batch = default)
    {
        (Kind, Number, Text, Arguments) = (kind, number, text, arguments);
        Batch = batch;
    }

    public CircuitMessageKind Kind { get; }

    public long Number { get; }

    public string Text { get; }

    /// <summary>Of a call, as a JSON array.</summary>
    public string Arguments { get; }

    public ReadOnlySpan<byte> Batch { get; }

    public static CircuitMessage Read(ReadOnlySpan<byte> message)
    {
        var reader = new MessagePackReader(message);
        reader.ReadArrayLength();
        switch (reader.ReadInteger())
        {
            case HubMessage.Invocation:
                reader.ReadEmptyMap();
                reader.ReadText();
                return ReadInvocation(reader);
            case HubMessage.Completion:
                reader.ReadEmptyMap();
                return ReadCompletion(reader);
            case HubMessage.Close:
                return new(CircuitMessageKind.End, text: "The server closed the connection.");
            default:
                return default;
        }
    }

    /// <summary>The answer to one of the two calls that want one.</summary>
    private static CircuitMessage ReadCompletion(MessagePackReader reader)
    {
        var isRejoining = reader.ReadText().SequenceEqual(HubMessage.RejoinId);
        if (reader.ReadInteger() != WithResult) return new(CircuitMessageKind.End, text: $"The server starts no circuit: {reader.ReadString()}");
        return isRejoining ? new(CircuitMessageKind.Rejoined, reader.ReadBoolean() ? 1 : 0) : new(CircuitMessageKind.Started, text: reader.ReadString());
    }

    private static CircuitMessage ReadInvocation(MessagePackReader reader)
    {
        var target = reader.ReadText();
        reader.ReadArrayLength();
        if (target.SequenceEqual("JS.RenderBatch"u8)) return new(CircuitMessageKind.Render, reader.ReadInteger(), batch: reader.ReadBytes());
        if (target.SequenceEqual("JS.AttachComponent"u8)) return new(CircuitMessageKind.Attach, reader.ReadInteger());
        if (target.SequenceEqual("JS.BeginInvokeJS"u8)) return new(CircuitMessageKind.Call, reader.ReadInteger(), reader.ReadString(), reader.ReadString());
        if (target.SequenceEqual("JS.Error"u8)) return new(CircuitMessageKind.Failure, text: $"The server reports: {reader.ReadString()}");
        if (!target.SequenceEqual("JS.EndInvokeDotNet"u8)) return default;
        var call = int.Parse(reader.ReadText(), CultureInfo.InvariantCulture);
        return reader.ReadBoolean()
            ? new(CircuitMessageKind.Answer, call)
            : new(CircuitMessageKind.End, text: $"The server refuses an event: {reader.ReadString()}");
    }
}
