using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace LiveShop.Load;

/// <summary>Writes the part of MessagePack that a browser sends to the circuit's hub.</summary>
internal sealed class MessagePackWriter
{
    private readonly ArrayBufferWriter<byte> output = new(128);

    public ReadOnlySpan<byte> Written => output.WrittenSpan;

    /// <param name="count">0 to 15.</param>
    public MessagePackWriter ArrayOf(int count) => Put((byte)(0x90 | count));

    public MessagePackWriter EmptyMap() => Put(0x80);

    public MessagePackWriter Nil() => Put(0xc0);

    public MessagePackWriter Boolean(bool value) => Put((byte)(value ? 0xc3 : 0xc2));

    public MessagePackWriter Integer(long value)
    {
        if (value is >= 0 and < 0x80) return Put((byte)value);
        Put(0xd3);
        BinaryPrimitives.WriteInt64BigEndian(output.GetSpan(8), value);
        output.Advance(8);
        return this;
    }

    public MessagePackWriter Text(string? value)
    {
        if (value is null) return Nil();
        var length = Encoding.UTF8.GetByteCount(value);
        if (length < 32)
        {
            Put((byte)(0xa0 | length));
        }
        else
        {
            Put(0xdb);
            BinaryPrimitives.WriteInt32BigEndian(output.GetSpan(4), length);
            output.Advance(4);
        }
        Encoding.UTF8.GetBytes(value, output);
        return this;
    }

    private MessagePackWriter Put(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
        return this;
    }
}
