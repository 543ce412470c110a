using System.Buffers.Binary;
using System.Text;

namespace LiveShop.Load;

/// <summary>Reads the part of MessagePack that the circuit's hub writes, in the order of writing.</summary>
/// <exception cref="InvalidDataException">From every read, when something else comes.</exception>
internal ref struct MessagePackReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public int ReadArrayLength() => Next() switch
    {
        var code when (code & 0xf0) == 0x90 => code & 0x0f,
        0xdc => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        0xdd => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
        var code => throw Unexpected("an array", code),
    };

    public long ReadInteger() => Next() switch
    {
        var code when code < 0x80 => code,
        var code when code >= 0xe0 => (sbyte)code,
        0xcc => Take(1)[0],
        0xcd => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        0xce => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
        0xcf => (long)BinaryPrimitives.ReadUInt64BigEndian(Take(8)),
        0xd0 => (sbyte)Take(1)[0],
        0xd1 => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
        0xd2 => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
        0xd3 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
        var code => throw Unexpected("an integer", code),
    };

    /// <summary>As UTF-8; empty for nil.</summary>
    public ReadOnlySpan<byte> ReadText()
    {
        var code = Next();
        return code switch
        {
            0xc0 => default,
            _ when (code & 0xe0) == 0xa0 => Take(code & 0x1f),
            0xd9 => Take(Take(1)[0]),
            0xda => Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2))),
            0xdb => Take(BinaryPrimitives.ReadInt32BigEndian(Take(4))),
            _ => throw Unexpected("a text", code),
        };
    }

    /// <summary>Empty for nil.</summary>
    public string ReadString() => Encoding.UTF8.GetString(ReadText());

    public ReadOnlySpan<byte> ReadBytes() => Next() switch
    {
        0xc4 => Take(Take(1)[0]),
        0xc5 => Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2))),
        0xc6 => Take(BinaryPrimitives.ReadInt32BigEndian(Take(4))),
        var code => throw Unexpected("bytes", code),
    };

    public bool ReadBoolean() => Next() switch
    {
        0xc2 => false,
        0xc3 => true,
        var code => throw Unexpected("true or false", code),
    };

    /// <summary>Passes over the empty map of headers that each hub message carries.</summary>
    public void ReadEmptyMap()
    {
        var code = Next();
        if (code != 0x80) throw Unexpected("an empty map", code);
    }

    private byte Next() => Take(1)[0];

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > rest.Length) throw new InvalidDataException($"MessagePack ends {count - rest.Length} bytes too early.");
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }

    private static InvalidDataException Unexpected(string wanted, byte code) => new($"MessagePack has 0x{code:x2} instead of {wanted}.");
}
