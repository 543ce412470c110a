using LiveShop.Domain;
using SkiaSharp;

namespace LiveShop.Web.Pictures;

/// <summary>
/// Makes the pictures that shoppers are served from the files that operators upload. Pixels are decoded and encoded anew, as WebP
/// in two widths, so nothing else of a file is kept: no metadata, no file appended to it. One file at a time.
/// </summary>
/// <param name="maxWait">How long a file waits for its turn.</param>
internal sealed class PictureEncoder(TimeSpan maxWait) : IDisposable
{
    /// <summary>
    /// Bounds the decoding time together with <see cref="PictureDecoder.MaxPixels"/>: libpng takes time quadratic in the length of
    /// a chunk that it does not know, 2 s for one of this length.
    /// </summary>
    public const int MaxBytes = 5 * 1024 * 1024;

    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    /// <summary>Taller pictures are cropped wherever they are shown.</summary>
    private const int MaxHeight = 1200;

    /// <summary>Of 100. The library's usual 75 shows around the edges of flat colours.</summary>
    private const int Quality = 80;

    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Returns the picture to store, or null with the reason.</summary>
    public async Task<(StoredPicture? Picture, PictureRefusal Refusal)> EncodeAsync(byte[] file)
    {
        if (file.Length > MaxBytes) return (null, PictureRefusal.TooLarge);
        if (!await turn.WaitAsync(maxWait)) return (null, PictureRefusal.Busy);
        try
        {
            // Not on the caller's context: a circuit goes on answering its operator.
            return await Task.Run(() => Encode(file));
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private static (StoredPicture? Picture, PictureRefusal Refusal) Encode(byte[] file)
    {
        var (decoded, refusal) = PictureDecoder.Decode(file, new(ProductPicture.Width, MaxHeight));
        using var picture = decoded;
        if (picture is null) return (null, refusal);
        return (new("image/webp", WebpOf(picture), picture.Width > ProductPicture.SmallWidth ? SmallWebpOf(picture) : null), default);
    }

    private static byte[] SmallWebpOf(SKBitmap picture)
    {
        var height = Math.Max(1, picture.Height * ProductPicture.SmallWidth / picture.Width);
        using var small = new SKBitmap(picture.Info.WithSize(ProductPicture.SmallWidth, height));
        picture.ScalePixels(small, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return WebpOf(small);
    }

    private static byte[] WebpOf(SKBitmap picture)
    {
        using var pixels = picture.PeekPixels();
        using var encoded = new MemoryStream();
        return pixels.Encode(encoded, new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, Quality))
            ? encoded.ToArray()
            : throw new InvalidOperationException($"A picture of {picture.Width} × {picture.Height} pixels was not encoded.");
    }
}
