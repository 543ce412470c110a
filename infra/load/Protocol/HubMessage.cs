using System.Text;

namespace LiveShop.Load;

/// <summary>
/// The messages of SignalR's hub protocol in the format <c>blazorpack</c>: the length as a variable-length number, then
/// MessagePack. The ids of types are those of the protocol.
/// </summary>
internal static class HubMessage
{
    public const int Invocation = 1;
    public const int Completion = 3;
    public const int Ping = 6;
    public const int Close = 7;

    /// <summary>The first frame from the client, and the answer when the server agrees.</summary>
    public const string Handshake = "{\"protocol\":\"blazorpack\",\"version\":1}\u001e";
    public const string HandshakeAccepted = "{}\u001e";

    /// <summary>Of the call that asks for a circuit to go on with.</summary>
    public static ReadOnlySpan<byte> RejoinId => "1"u8;

    public static readonly byte[] PingFrame = Frame(new MessagePackWriter().ArrayOf(1).Integer(Ping));

    /// <summary>Asks for a new circuit.</summary>
    public static byte[] Start(string root, string page, string state) => Invoke("StartCircuit", "0", root, page, "[]", state);

    /// <summary>Asks to go on with a circuit whose connection was lost.</summary>
    public static byte[] Rejoin(string secret) => Invoke("ConnectCircuit", Encoding.ASCII.GetString(RejoinId), secret);

    /// <param name="invocationId">Null when no answer is wanted.</param>
    /// <param name="arguments">Texts, whole numbers, booleans or null.</param>
    public static byte[] Invoke(string target, string? invocationId, params object?[] arguments)
    {
        var writer = new MessagePackWriter().ArrayOf(6).Integer(Invocation).EmptyMap().Text(invocationId).Text(target).ArrayOf(arguments.Length);
        foreach (var argument in arguments)
        {
            _ = argument switch
            {
                null => writer.Nil(),
                string text => writer.Text(text),
                bool yes => writer.Boolean(yes),
                _ => writer.Integer(Convert.ToInt64(argument, null)),
            };
        }
        return Frame(writer.ArrayOf(0));
    }

    /// <summary>Takes the first whole message off the bytes. False when more must come first; nothing is taken then.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> message)
    {
        message = default;
        var length = 0;
        for (var i = 0; i < bytes.Length && i < 5; i++)
        {
            length |= (bytes[i] & 0x7f) << (7 * i);
            if ((bytes[i] & 0x80) != 0) continue;
            if (bytes.Length - i - 1 < length) return false;
            message = bytes.Slice(i + 1, length);
            bytes = bytes[(i + 1 + length)..];
            return true;
        }
        return false;
    }

    private static byte[] Frame(MessagePackWriter writer)
    {
        Span<byte> prefix = stackalloc byte[5];
        var count = 0;
        for (var left = writer.Written.Length; ;)
        {
            var more = left > 0x7f;
            prefix[count++] = (byte)((left & 0x7f) | (more ? 0x80 : 0));
            left >>= 7;
            if (!more) break;
        }
        return [.. prefix[..count], .. writer.Written];
    }
}
