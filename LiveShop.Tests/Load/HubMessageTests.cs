using System.Text;
using LiveShop.Load;

namespace LiveShop.Tests.Load;

public sealed class HubMessageTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void An_integer_comes_back(long value) => Assert.Equal(value, new MessagePackReader(new MessagePackWriter().Integer(value).Written).ReadInteger());

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(70_000)]
    public void A_text_comes_back(int length)
    {
        var text = new string('ö', length);

        Assert.Equal(text, new MessagePackReader(new MessagePackWriter().Text(text).Written).ReadString());
    }

    [Fact]
    public void An_invocation_is_what_the_protocol_says()
    {
        ReadOnlySpan<byte> frame = HubMessage.Invoke("OnRenderCompleted", null, 2, null);

        Assert.True(HubMessage.TryTake(ref frame, out var message));

        Assert.True(frame.IsEmpty);
        Assert.Equal([0x96, 0x01, 0x80, 0xc0, 0xb1, .. "OnRenderCompleted"u8, 0x92, 0x02, 0xc0, 0x90], message.ToArray());
    }

    [Fact]
    public void What_the_servers_library_writes_short_is_read_too()
    {
        var reader = new MessagePackReader([0xcc, 200, 0xcd, 1, 0, 0xd1, 0xff, 0x00, 0xd9, 2, (byte)'o', (byte)'k', 0xc5, 0, 1, 9, 0xc3]);

        Assert.Equal((200, 256, -256, "ok"), (reader.ReadInteger(), reader.ReadInteger(), reader.ReadInteger(), reader.ReadString()));
        Assert.Equal([9], reader.ReadBytes().ToArray());
        Assert.True(reader.ReadBoolean());
    }

    [Fact]
    public void A_message_is_taken_when_all_of_it_has_come_and_the_next_one_waits()
    {
        byte[] both = [.. HubMessage.Invoke("first", null, new string('x', 300)), .. HubMessage.PingFrame];
        var first = both.Length - HubMessage.PingFrame.Length;

        for (var arrived = 0; arrived < first; arrived++)
        {
            ReadOnlySpan<byte> part = both.AsSpan(0, arrived);
            Assert.False(HubMessage.TryTake(ref part, out _));
            Assert.Equal(arrived, part.Length);
        }

        ReadOnlySpan<byte> all = both;
        Assert.True(HubMessage.TryTake(ref all, out var message));
        Assert.Contains("first", Encoding.Latin1.GetString(message));
        Assert.True(HubMessage.TryTake(ref all, out message));
        Assert.Equal([0x91, 0x06], message.ToArray());
        Assert.False(HubMessage.TryTake(ref all, out _));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void The_answer_to_rejoining_says_whether_the_circuit_lives(bool lives, int number)
    {
        byte[] completion = [0x95, 0x03, 0x80, 0xa1, .. HubMessage.RejoinId, 0x03, (byte)(lives ? 0xc3 : 0xc2)];

        var message = CircuitMessage.Read(completion);

        Assert.Equal((CircuitMessageKind.Rejoined, number), (message.Kind, message.Number));
    }

    [Fact]
    public void The_answer_to_a_start_is_the_secret_of_the_circuit()
    {
        byte[] completion = [0x95, 0x03, 0x80, 0xa1, (byte)'0', 0x03, 0xa6, .. "secret"u8];

        var message = CircuitMessage.Read(completion);

        Assert.Equal((CircuitMessageKind.Started, "secret"), (message.Kind, message.Text));
    }

    [Fact]
    public void A_message_that_ends_too_early_is_an_error() =>
        Assert.Throws<InvalidDataException>(() => { new MessagePackReader([0xa5, (byte)'n']).ReadString(); });
}
