using System.Buffers.Binary;
using System.Text;

namespace LiveShop.Domain;

/// <summary>PNG, third edition (W3C, 2025), section 5: a signature, then chunks of length, type, data and checksum.</summary>
internal static class PngFile
{
    private const int Frame = 12;

    /// <summary>What makes the picture and its colours. Times, texts, Exif and the frames of an animation are not among them.</summary>
    private static readonly HashSet<string> Shown = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "sBIT", "bKGD", "pHYs"];

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static PictureFile? Read(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Signature)) return null;
        using var kept = new MemoryStream(file.Length);
        kept.Write(Signature);
        var (width, height, hasData) = (0, 0, false);
        for (var rest = file[Signature.Length..]; rest.Length >= Frame;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - Frame) return null;
            var chunk = rest[..((int)length + Frame)];
            rest = rest[chunk.Length..];
            var type = Encoding.ASCII.GetString(chunk[4..8]);
            // The header comes first, and once.
            if (type == "IHDR" != (width == 0) || (type == "IHDR" && length != 13)) return null;
            if (type == "IHDR")
            {
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(chunk[8..]), BinaryPrimitives.ReadInt32BigEndian(chunk[12..]));
                if (width < 1 || height < 1) return null;
            }
            hasData |= type == "IDAT" && length > 0;
            if (Shown.Contains(type)) kept.Write(chunk);
            if (type == "IEND") return hasData ? new PictureFile("image/png", width, height, kept.ToArray()) : null;
        }
        return null;
    }
}
