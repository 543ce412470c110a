using System.Buffers.Binary;

namespace LiveShop.Domain;

/// <summary>JPEG (ITU T.81, annex B): segments of marker, length and content, with coded data after each start of a scan.</summary>
internal static class JpegFile
{
    private const byte StartOfScan = 0xDA, EndOfImage = 0xD9, App0 = 0xE0, App1 = 0xE1, App2 = 0xE2, App14 = 0xEE;

    public static PictureFile? Read(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return null;
        using var kept = new MemoryStream(file.Length);
        kept.Write(file[..2]);
        var (width, height, hasScan, hasOrientation) = (0, 0, false, false);
        for (var rest = file[2..]; rest.Length >= 2 && rest[0] == 0xFF;)
        {
            var marker = rest[1];
            if (marker == 0xFF)
            {
                rest = rest[1..];
                continue;
            }
            if (marker == EndOfImage)
            {
                kept.Write(rest[..2]);
                return hasScan && width > 0 && height > 0 ? new PictureFile("image/jpeg", width, height, kept.ToArray()) : null;
            }
            if (rest.Length < 4 || BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) is var length && (length < 2 || length + 2 > rest.Length)) return null;
            var segment = rest[..(length + 2)];
            var content = segment[4..];
            rest = rest[segment.Length..];
            if (IsFrame(marker))
            {
                if (content.Length < 6 || width > 0) return null;
                (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(content[1..]), BinaryPrimitives.ReadUInt16BigEndian(content[3..]));
            }
            if (IsShown(marker, content)) kept.Write(segment);
            if (marker == App1 && !hasOrientation && ExifOrientation.Find(content) is { } orientation)
            {
                kept.Write(ExifOrientation.Segment(orientation));
                hasOrientation = true;
            }
            if (marker != StartOfScan) continue;
            if (EndOfScan(rest) is not { } end) return null;
            kept.Write(rest[..end]);
            rest = rest[end..];
            hasScan = true;
        }
        return null;
    }

    /// <summary>Start of a frame, with the size in it. Between them are tables (C4, CC) and a reserved one (C8).</summary>
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not 0xC4 and not 0xC8 and not 0xCC;

    /// <summary>Frames, scans, tables and what says how colours are meant; no Exif, XMP, IPTC, preview or comment.</summary>
    private static bool IsShown(byte marker, ReadOnlySpan<byte> content) => marker switch
    {
        App0 => content.StartsWith("JFIF\0"u8),
        App2 => content.StartsWith("ICC_PROFILE\0"u8),
        App14 => content.StartsWith("Adobe"u8),
        0xDB or 0xDD or StartOfScan => true,
        _ => marker is >= 0xC0 and <= 0xCF and not 0xC8,
    };

    /// <summary>Where the next marker is. In coded data 0xFF is followed by 0 or by a restart marker.</summary>
    private static int? EndOfScan(ReadOnlySpan<byte> data)
    {
        for (var at = 0; at + 1 < data.Length; at++)
        {
            if (data[at] == 0xFF && data[at + 1] is not (0x00 or (>= 0xD0 and <= 0xD7))) return at;
        }
        return null;
    }
}
