using System.Buffers.Binary;

namespace LiveShop.Tests.Harness;

/// <summary>Pictures of 4 × 3 pixels as Chromium writes them, and what can be put into them.</summary>
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

    /// <summary>The picture with a PNG chunk more, behind its header.</summary>
    public static byte[] WithPngChunk(string type, byte[] data)
    {
        const int Header = 33;
        return [.. Png[..Header], .. BigEndian(data.Length), .. Latin(type), .. data, 0, 0, 0, 0, .. Png[Header..]];
    }

    /// <summary>The picture with a JPEG segment more, at its beginning.</summary>
    public static byte[] WithJpegSegment(byte marker, byte[] content) =>
        [.. Jpeg[..2], 0xFF, marker, .. BigEndian(content.Length + 2)[2..], .. content, .. Jpeg[2..]];

    /// <summary>The transparent picture with a WebP chunk more, at its end.</summary>
    public static byte[] WithWebpChunk(string type, byte[] data)
    {
        byte[] file = [.. TransparentWebp, .. Latin(type), .. BitConverter.GetBytes(data.Length), .. data, .. data.Length % 2 == 1 ? [0] : Array.Empty<byte>()];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        return file;
    }

    public static byte[] PngOfSize(int width, int height)
    {
        var file = Png;
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        return file;
    }

    public static byte[] Latin(string text) => System.Text.Encoding.Latin1.GetBytes(text);

    private static byte[] BigEndian(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
