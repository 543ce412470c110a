using System.Buffers.Binary;

namespace LiveShop.Domain;

/// <summary>
/// How a camera was held: the one thing in a photo's Exif (CIPA DC-008, 4.6.2 and 4.6.5.1.5) without which it would be shown
/// lying on its side.
/// </summary>
internal static class ExifOrientation
{
    private const ushort Tag = 0x0112, Short = 3;
    private const int EntryLength = 12;

    /// <param name="content">Of a JPEG's APP1 segment.</param>
    /// <returns>2 to 8; null when it is upright or not said.</returns>
    public static byte? Find(ReadOnlySpan<byte> content)
    {
        if (content.Length < 14 || !content.StartsWith("Exif\0\0"u8)) return null;
        var tiff = content[6..];
        var isLittle = tiff.StartsWith("II"u8);
        if (!isLittle && !tiff.StartsWith("MM"u8)) return null;
        var start = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (start > tiff.Length - 2) return null;
        var count = ReadShort(tiff[(int)start..], isLittle);
        for (var entries = tiff[((int)start + 2)..]; count > 0 && entries.Length >= EntryLength; entries = entries[EntryLength..], count--)
        {
            if (ReadShort(entries, isLittle) != Tag || ReadShort(entries[2..], isLittle) != Short) continue;
            return ReadShort(entries[8..], isLittle) is >= 2 and <= 8 and var orientation ? (byte)orientation : null;
        }
        return null;
    }

    /// <summary>A whole APP1 segment that says this and nothing else.</summary>
    public static byte[] Segment(byte orientation) =>
    [
        0xFF, 0xE1, 0x00, 0x22, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8,
        0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0,
        0, 0, 0, 0,
    ];

    private static ushort ReadShort(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
