using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using SkiaSharp;

namespace LiveShop.Tests.Harness;

/// <summary>Pictures of 4 × 3 pixels as Chromium writes them, what can be put into them, and larger ones that are drawn.</summary>
internal static class SomePicture
{
    public static byte[] Png => Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAYAAAC09K7GAAAAKElEQVR4AWTIMQ0AAAgDQVIZaMAAEjCDa3SUdIVPbnlEF2XSKbDTGwsAAP//f4q/BAAAAAZJREFUAwBYMAg5C2yrswAA"
        + "AABJRU5ErkJggg==");

    public static byte[] Jpeg => Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9j"
        + "QjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAADAAQDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAXEAEAAwAA"
        + "AAAAAAAAAAAAAAAAAQMz/8QAFQEBAQAAAAAAAAAAAAAAAAAABQb/xAAbEQACAQUAAAAAAAAAAAAAAAAAAQIEMjNxsf/aAAwDAQACEQMRAD8AhrzgAZO5lHTYYaXD/9k=");

    public static byte[] LossyWebp => Convert.FromBase64String(
        "UklGRkwAAABXRUJQVlA4IEAAAADwAQCdASoEAAMAAsBMJagCdLoAArououAA/r+HEpjt9/7pj0cuwyFEnb/8dv5Zfv/8m//oSfVH4aff/8m/5AAA");

    public static byte[] LosslessWebp => Convert.FromBase64String(
        "UklGRiIAAABXRUJQVlA4TBYAAAAvA4AAAA9wt+Wz5D4pev4DD2WI6H8A");

    public static byte[] TransparentWebp => Convert.FromBase64String(
        "UklGRmQAAABXRUJQVlA4WAoAAAAQAAAAAwAAAgAAQUxQSA0AAAAAgIAAAICAAACAgAAAAFZQOCAwAAAA8AEAnQEqBAADAALATCWYAnRHAGSAA90AAP7i4Hd0iNM2OdVfw/4JjCpZ8f8A"
        + "AAAA");

    public static byte[] ProgressiveJpeg => Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9j"
        + "QjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wgARCAADAAQDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAVAQEBAAAA"
        + "AAAAAAAAAAAAAAAEBf/aAAwDAQACEAMQAAABgC0f/8QAFRABAQAAAAAAAAAAAAAAAAAAATH/2gAIAQEAAQUCJ//EABcRAAMBAAAAAAAAAAAAAAAAAAABAzL/2gAIAQMBAT8BnhH/xAAW"
        + "EQADAAAAAAAAAAAAAAAAAAAAATH/2gAIAQIBAT8BdP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEABj8Cf//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAT8hH//aAAwDAQAC"
        + "AAMAAAAQD//EABcRAAMBAAAAAAAAAAAAAAAAAAABobH/2gAIAQMBAT8QlWH/xAAVEQEBAAAAAAAAAAAAAAAAAAAAMf/aAAgBAgEBPxCz/8QAFRABAQAAAAAAAAAAAAAAAAAAADH/2gAI"
        + "AQEAAT8Qg//Z");

    /// <summary>A WebP of two frames, each the lossless picture.</summary>
    public static byte[] AnimatedWebp
    {
        get
        {
            const int Header = 12;
            byte[] frame = [.. new byte[6], 3, 0, 0, 2, 0, 0, 100, 0, 0, 0, .. LosslessWebp[Header..]];
            return Riff([.. RiffChunk("VP8X", [0x02, 0, 0, 0, 3, 0, 0, 2, 0, 0]), .. RiffChunk("ANIM", new byte[6]), .. RiffChunk("ANMF", frame), .. RiffChunk("ANMF", frame)]);
        }
    }

    /// <summary>The picture with a PNG chunk more, behind its header.</summary>
    public static byte[] WithPngChunk(string type, byte[] data) => [.. Png[..PngHeader], .. PngChunk(type, data), .. Png[PngHeader..]];

    /// <summary>The picture with a JPEG segment more, at its beginning.</summary>
    public static byte[] WithJpegSegment(byte marker, byte[] content, byte[]? picture = null) =>
        [.. (picture ?? Jpeg)[..2], 0xFF, marker, .. BigEndian(content.Length + 2)[2..], .. content, .. (picture ?? Jpeg)[2..]];

    /// <summary>The transparent picture with a WebP chunk more, at its end, and the flags for Exif and XMP.</summary>
    public static byte[] WithWebpChunk(string type, byte[] data)
    {
        const int Flags = 20;
        var file = Riff([.. TransparentWebp[12..], .. RiffChunk(type, data)]);
        file[Flags] |= 0x0C;
        return file;
    }

    /// <summary>The picture's pixels under a header of another size.</summary>
    public static byte[] PngOfSize(int width, int height) => [.. Png[..8], .. PngHeaderOf(width, height, 8, 6, 0), .. Png[PngHeader..]];

    /// <inheritdoc cref="PngOfSize"/>
    public static byte[] JpegOfSize(ushort width, ushort height)
    {
        var file = Jpeg;
        var frame = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 5), height);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 7), width);
        return file;
    }

    /// <inheritdoc cref="PngOfSize"/>
    public static byte[] WebpOfSize(int width, int height)
    {
        const int Size = 21, SideBits = 14;
        var file = LosslessWebp;
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(Size), (width - 1) | ((height - 1) << SideBits));
        return file;
    }

    /// <summary>An RGBA PNG of that header whose data inflates to as many zeros.</summary>
    public static byte[] PngOfZeros(int width, int height, long zeros, byte depth = 8, byte interlace = 0)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var block = new byte[1 << 16]; zeros > 0; zeros -= block.Length) zlib.Write(block, 0, (int)Math.Min(zeros, block.Length));
        }
        return [.. Png[..8], .. PngHeaderOf(width, height, depth, 6, interlace), .. PngChunk("IDAT", packed.ToArray()), .. PngChunk("IEND", [])];
    }

    public static byte[] PngWithData(byte[] data) => [.. Png[..PngHeader], .. PngChunk("IDAT", data), .. PngChunk("IEND", [])];

    /// <summary>Colours that differ from pixel to pixel by little, the left half transparent where the format knows that.</summary>
    public static byte[] Drawn(SKEncodedImageFormat format, int width, int height)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        var pixels = bitmap.GetPixelSpan();
        var random = new Random(23);
        for (var at = 0; at < pixels.Length; at += 4)
        {
            var (x, y) = (at / 4 % width, at / 4 / width);
            pixels[at] = (byte)(x * 255 / width);
            pixels[at + 1] = (byte)(y * 255 / height);
            pixels[at + 2] = (byte)random.Next(64);
            pixels[at + 3] = x < width / 2 && format != SKEncodedImageFormat.Jpeg ? byte.MinValue : byte.MaxValue;
        }
        return Encoded(bitmap, format);
    }

    /// <summary>Four quarters, from left to right and from top to bottom, in red (R), green (G), blue (B) or white (W).</summary>
    public static byte[] Quarters(string colours, int width, int height, SKEncodedImageFormat format = SKEncodedImageFormat.Jpeg)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (var quarter = 0; quarter < colours.Length; quarter++)
        {
            bitmap.Erase(ColourOf(colours[quarter]), SKRectI.Create(quarter % 2 * width / 2, quarter / 2 * height / 2, width / 2, height / 2));
        }
        return Encoded(bitmap, format);
    }

    /// <summary>The letters of <see cref="Quarters"/> that a picture shows.</summary>
    public static string QuartersOf(byte[] file)
    {
        using var bitmap = Decoded(file);
        return string.Concat(new[] { (1, 1), (3, 1), (1, 3), (3, 3) }.Select(quarter =>
        {
            var pixel = bitmap.GetPixel(bitmap.Width * quarter.Item1 / 4, bitmap.Height * quarter.Item2 / 4);
            return "RGBW".MinBy(letter => Math.Abs(ColourOf(letter).Red - pixel.Red) + Math.Abs(ColourOf(letter).Green - pixel.Green) + Math.Abs(ColourOf(letter).Blue - pixel.Blue));
        }));
    }

    public static SKBitmap Decoded(byte[] file) => SKBitmap.Decode(file);

    /// <summary>The content of an Exif block that says how the camera was held, 1 to 8, and where.</summary>
    public static byte[] Exif(byte orientation, bool isLittleEndian, string place) => Latin(isLittleEndian
        ? $"Exif\0\0II*\0\u0008\0\0\0\u0001\0\u0012\u0001\u0003\0\u0001\0\0\0{(char)orientation}\0\0\0\0\0\0\0{place}"
        : $"Exif\0\0MM\0*\0\0\0\u0008\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0{(char)orientation}\0\0\0\0\0\0{place}");

    public static byte[] Latin(string text) => System.Text.Encoding.Latin1.GetBytes(text);

    private const int PngHeader = 33;

    private static byte[] Encoded(SKBitmap bitmap, SKEncodedImageFormat format)
    {
        using var encoded = bitmap.Encode(format, 95);
        return encoded.ToArray();
    }

    private static SKColor ColourOf(char letter) => letter switch
    {
        'R' => SKColors.Red,
        'G' => SKColors.Lime,
        'B' => SKColors.Blue,
        _ => SKColors.White,
    };

    private static byte[] PngHeaderOf(int width, int height, byte depth, byte type, byte interlace) =>
        PngChunk("IHDR", [.. BigEndian(width), .. BigEndian(height), depth, type, 0, 0, interlace]);

    private static byte[] PngChunk(string type, byte[] data)
    {
        byte[] content = [.. Latin(type), .. data];
        return [.. BigEndian(data.Length), .. content, .. BigEndian((int)Crc32.HashToUInt32(content))];
    }

    private static byte[] Riff(byte[] chunks) => [.. Latin("RIFF"), .. BitConverter.GetBytes(chunks.Length + 4), .. Latin("WEBP"), .. chunks];

    private static byte[] RiffChunk(string type, byte[] data) => [.. Latin(type), .. BitConverter.GetBytes(data.Length), .. data, .. new byte[data.Length % 2]];

    private static byte[] BigEndian(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
