using System.Buffers.Binary;
using System.Text;

namespace LiveShop.Domain;

/// <summary>WebP (RFC 9649): a RIFF file of chunks, each padded to an even length. Animations are not taken.</summary>
internal static class WebpFile
{
    private const int ChunkHeader = 8;
    private const byte AnimationFlag = 0x02, AllButMetadataFlags = 0xF3;

    public static PictureFile? Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 12 || !file.StartsWith("RIFF"u8) || !file[8..].StartsWith("WEBP"u8)) return null;
        var inside = BinaryPrimitives.ReadUInt32LittleEndian(file[4..]);
        if (inside < 4 || inside > file.Length - ChunkHeader) return null;

        using var kept = new MemoryStream(file.Length);
        kept.Write(file[..12]);
        (int Width, int Height)? canvas = null, picture = null;
        for (var rest = file[12..(int)(inside + ChunkHeader)]; rest.Length >= ChunkHeader;)
        {
            long length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (length + (length & 1) > rest.Length - ChunkHeader) return null;
            var chunk = rest[..(int)(ChunkHeader + length + (length & 1))].ToArray();
            var content = chunk.AsSpan(ChunkHeader, (int)length);
            rest = rest[chunk.Length..];
            switch (Encoding.ASCII.GetString(chunk, 0, 4))
            {
                case "VP8X" when length >= 10 && canvas is null && picture is null && (content[0] & AnimationFlag) == 0:
                    canvas = (1 + ReadInt24(content[4..]), 1 + ReadInt24(content[7..]));
                    content[0] &= AllButMetadataFlags;
                    break;
                case "VP8 " when picture is null:
                    picture = LossySize(content);
                    if (picture is null) return null;
                    break;
                case "VP8L" when picture is null:
                    picture = LosslessSize(content);
                    if (picture is null) return null;
                    break;
                case "VP8X" or "VP8 " or "VP8L" or "ANIM" or "ANMF":
                    return null;
                case "ALPH" or "ICCP":
                    break;
                default:
                    continue;
            }
            kept.Write(chunk);
        }
        if (picture is not { Width: > 0, Height: > 0 } size || (canvas is not null && canvas != size)) return null;
        var bytes = kept.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - ChunkHeader);
        return new PictureFile("image/webp", size.Width, size.Height, bytes);
    }

    /// <summary>Of a key frame, RFC 6386, 9.1.</summary>
    private static (int, int)? LossySize(ReadOnlySpan<byte> content) =>
        content.Length >= 10 && (content[0] & 1) == 0 && content[3..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
            ? (BinaryPrimitives.ReadUInt16LittleEndian(content[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(content[8..]) & 0x3FFF)
            : null;

    private static (int, int)? LosslessSize(ReadOnlySpan<byte> content)
    {
        if (content.Length < 5 || content[0] != 0x2F) return null;
        var bits = BinaryPrimitives.ReadUInt32LittleEndian(content[1..]);
        return ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
    }

    private static int ReadInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
