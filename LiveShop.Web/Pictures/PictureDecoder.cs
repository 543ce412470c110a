using SkiaSharp;

namespace LiveShop.Web.Pictures;

/// <summary>
/// Decodes files that nobody has checked. The decoder cannot be stopped while it runs, so time and memory are bounded by what a
/// file may be: its kind, frames and size are read from the header and judged before pixels are allocated.
/// </summary>
internal static class PictureDecoder
{
    /// <summary>
    /// Width times height as stored in the file. Of the files tried with as many pixels, an interlaced PNG of 16 bits a channel
    /// takes most memory, 213 MB, and a JPEG of 80 scans most processor time, 2.5 s.
    /// </summary>
    public const int MaxPixels = 16_000_000;

    /// <summary>A JPEG can be decoded at eighths of its size, a WebP at any size, a PNG only whole.</summary>
    private const int Fractions = 8;

    /// <summary>Returns the picture upright, in sRGB and scaled down to fit, never up; or null with the reason.</summary>
    public static (SKBitmap? Picture, PictureRefusal Refusal) Decode(ReadOnlySpan<byte> file, SKSizeI most)
    {
        // The library decodes more formats than these; no file reaches their decoders.
        if (!IsPng(file) && !IsJpeg(file) && !IsWebp(file)) return (null, PictureRefusal.OtherKind);
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is null) return (null, PictureRefusal.Damaged);
        if ((long)codec.Info.Width * codec.Info.Height > MaxPixels) return (null, PictureRefusal.TooManyPixels);
        if (codec.FrameCount > 1 || IsAnimatedPng(file)) return (null, PictureRefusal.Animated);

        var size = SizeWithin(most, Upright(codec.Info.Size, codec.EncodedOrigin));
        using var decoded = new SKBitmap(InfoOf(DecodedSize(codec, Upright(size, codec.EncodedOrigin)), SKColorSpace.CreateSrgb()));
        var result = codec.GetPixels(decoded.Info, decoded.GetPixels());
        return result switch
        {
            SKCodecResult.Success => (TurnAndScale(decoded, codec.EncodedOrigin, size), default),
            SKCodecResult.IncompleteInput => (null, PictureRefusal.Incomplete),
            _ => (null, PictureRefusal.Damaged),
        };
    }

    private static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);

    private static bool IsJpeg(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    private static bool IsWebp(ReadOnlySpan<byte> file) => file.StartsWith("RIFF"u8) && file.Length > 12 && file[8..].StartsWith("WEBP"u8);

    /// <summary>The decoder counts the frames of a WebP, but takes an animated PNG for its first frame.</summary>
    private static bool IsAnimatedPng(ReadOnlySpan<byte> file) =>
        IsPng(file) && file.IndexOf("IDAT"u8) is > 0 and var data && file[..data].IndexOf("acTL"u8) >= 0;

    private static SKImageInfo InfoOf(SKSizeI size, SKColorSpace? colors = null) => new(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul, colors);

    private static SKSizeI Upright(SKSizeI size, SKEncodedOrigin origin) => origin >= SKEncodedOrigin.LeftTop ? new(size.Height, size.Width) : size;

    private static SKSizeI SizeWithin(SKSizeI most, SKSizeI size)
    {
        var scale = Math.Min(1, Math.Min((double)most.Width / size.Width, (double)most.Height / size.Height));
        return new(Math.Max(1, (int)Math.Round(size.Width * scale)), Math.Max(1, (int)Math.Round(size.Height * scale)));
    }

    /// <summary>The smallest size that the file can be decoded at and that is no smaller than the size needed.</summary>
    private static SKSizeI DecodedSize(SKCodec codec, SKSizeI needed) => Enumerable.Range(1, Fractions - 1)
        .Select(eighths => codec.GetScaledDimensions(eighths / (float)Fractions))
        .FirstOrDefault(size => size.Width >= needed.Width && size.Height >= needed.Height, codec.Info.Size);

    private static SKBitmap TurnAndScale(SKBitmap decoded, SKEncodedOrigin origin, SKSizeI size)
    {
        var picture = new SKBitmap(InfoOf(size));
        using var canvas = new SKCanvas(picture);
        using var pixels = decoded.PeekPixels();
        using var image = SKImage.FromPixels(pixels);
        using var paint = new SKPaint { BlendMode = SKBlendMode.Src };
        var upright = Upright(decoded.Info.Size, origin);
        canvas.Scale(size.Width / (float)upright.Width, size.Height / (float)upright.Height);
        canvas.Concat(TurnOf(origin, upright));
        canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear), paint);
        return picture;
    }

    /// <summary>Maps the pixels as they are stored to the upright picture. Exif 2.32 (CIPA DC-008), 4.6.4, Orientation.</summary>
    private static SKMatrix TurnOf(SKEncodedOrigin origin, SKSizeI upright)
    {
        var (width, height) = ((float)upright.Width, (float)upright.Height);
        return origin switch
        {
            SKEncodedOrigin.TopRight => new(-1, 0, width, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new(-1, 0, width, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop => new(0, -1, width, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new(0, -1, width, -1, 0, height, 0, 0, 1),
            SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, height, 0, 0, 1),
            _ => SKMatrix.Identity,
        };
    }
}
