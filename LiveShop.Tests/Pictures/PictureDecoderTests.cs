using System.Globalization;
using LiveShop.Tests.Harness;
using LiveShop.Web.Pictures;
using SkiaSharp;

namespace LiveShop.Tests.Pictures;

/// <summary>Files that no camera writes.</summary>
public sealed class PictureDecoderTests
{
    private static readonly SKSizeI Most = new(960, 1200);

    public static TheoryData<string, byte[]> OtherKinds => new()
    {
        { "nothing", [] },
        { "an SVG", SomePicture.Latin("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>") },
        { "a GIF", Convert.FromBase64String("R0lGODdhAQABAIAAAP///////ywAAAAAAQABAAACAkQBADs=") },
        { "a BMP", [.. SomePicture.Latin("BM"), 58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0, .. new byte[30]] },
        { "an icon", [0, 0, 1, 0, 1, 0, 4, 3, 0, 0, 1, 0, 32, 0, 0, 1, 0, 0, 22, 0, 0, 0, .. SomePicture.Png] },
        { "a HEIF", [0, 0, 0, 24, .. SomePicture.Latin("ftypheic\0\0\0\0mif1heic"), 0, 0, 0, 8, .. SomePicture.Latin("mdat")] },
        { "an AVIF", [0, 0, 0, 24, .. SomePicture.Latin("ftypavif\0\0\0\0mif1avif"), 0, 0, 0, 8, .. SomePicture.Latin("mdat")] },
        { "a TIFF", SomePicture.Latin("II*\0\u0008\0\0\0\0\0\0\0\0\0") },
        { "a bitmap for phones", [0, 0, 1, 1, 0] },
        { "a sound", [.. SomePicture.Latin("RIFF"), 4, 0, 0, 0, .. SomePicture.Latin("WAVE")] },
        { "a byte before the picture", [0, .. SomePicture.Png] },
    };

    public static TheoryData<string, byte[]> NoPictures => new()
    {
        { "HTML behind the first bytes of a PNG", [.. SomePicture.Png[..8], .. SomePicture.Latin("<html><script>alert(1)</script></html>")] },
        { "HTML behind the header of a PNG", [.. SomePicture.Png[..33], .. SomePicture.Latin("<html><script>alert(1)</script></html>")] },
        { "HTML behind the first bytes of a JPEG", [.. SomePicture.Jpeg[..3], .. SomePicture.Latin("<html><script>alert(1)</script></html>")] },
        { "HTML in a WebP's frame", [.. SomePicture.LossyWebp[..12], .. SomePicture.Latin("<html><script>alert(1)</script></html>")] },
        { "a PNG without data", [.. SomePicture.Png[..33], .. SomePicture.Png[^12..]] },
        { "a PNG whose data is not packed", SomePicture.PngWithData(SomePicture.Latin("neither zlib nor anything else")) },
        { "a PNG whose data is short", SomePicture.PngOfZeros(40, 30, zeros: 100) },
        { "a PNG of no width", SomePicture.PngOfSize(0, 3) },
        { "a PNG of no height", SomePicture.PngOfSize(4, 0) },
        { "a PNG of negative height", SomePicture.PngOfSize(4, -3) },
        { "a PNG of two billion columns", SomePicture.PngOfSize(int.MaxValue, 1) },
        { "a JPEG of no width", SomePicture.JpegOfSize(0, 3) },
        { "a JPEG without a scan", [0xFF, 0xD8, 0xFF, 0xD9] },
        { "a JPEG of 200 scans", WithScans(SomePicture.ProgressiveJpeg, 200) },
        { "a WebP chunk of four billion bytes", [.. SomePicture.Latin("RIFF"), 12, 0, 0, 0, .. SomePicture.Latin("WEBPVP8L"), 255, 255, 255, 255] },
    };

    [Theory]
    [MemberData(nameof(OtherKinds))]
    public void A_file_of_another_kind_is_refused_by_its_content(string what, byte[] file) => AssertRefused(what, file, PictureRefusal.OtherKind);

    [Theory]
    [MemberData(nameof(NoPictures))]
    public void What_only_begins_as_a_picture_is_refused(string what, byte[] file) => AssertRefused(what, file, PictureRefusal.Damaged, PictureRefusal.Incomplete);

    [Fact]
    public void More_pixels_than_allowed_are_refused_by_the_header()
    {
        AssertRefused("PNG", SomePicture.PngOfSize(60_000, 60_000), PictureRefusal.TooManyPixels);
        AssertRefused("PNG of a pixel too many", SomePicture.PngOfSize(PictureDecoder.MaxPixels / 1000, 1001), PictureRefusal.TooManyPixels);
        AssertRefused("JPEG", SomePicture.JpegOfSize(60_000, 60_000), PictureRefusal.TooManyPixels);
        AssertRefused("WebP", SomePicture.WebpOfSize(16_000, 16_000), PictureRefusal.TooManyPixels);
    }

    [Fact]
    public void Animations_are_refused()
    {
        AssertRefused("WebP", SomePicture.AnimatedWebp, PictureRefusal.Animated);
        AssertRefused("PNG", SomePicture.WithPngChunk("acTL", [0, 0, 0, 2, 0, 0, 0, 0]), PictureRefusal.Animated);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void A_file_that_ends_too_early_is_refused_wherever_it_ends(SKEncodedImageFormat format)
    {
        var file = SomePicture.Drawn(format, 64, 48);
        using var whole = Decode(file)!;

        for (var length = 0; length < file.Length; length++)
        {
            using var cut = Decode(file[..length]);
            // Markers of the end, without which the pixels are there all the same.
            Assert.True(cut is null || (length > file.Length - 24 && cut.GetPixelSpan().SequenceEqual(whole.GetPixelSpan())), $"{format}, {length} of {file.Length} bytes");
        }
    }

    [Theory]
    [MemberData(nameof(PictureEncoderTests.Whole), MemberType = typeof(PictureEncoderTests))]
    public void What_is_broken_at_one_byte_is_a_picture_or_refused_but_no_failure(byte[] file)
    {
        for (var at = 0; at < file.Length; at++)
        {
            foreach (var value in new byte[] { 0x00, 0x7F, 0x80, 0xFF })
            {
                var broken = file.ToArray();
                broken[at] = value;

                using var picture = Decode(broken);

                Assert.True(picture is null or { Width: > 0 and <= 960, Height: > 0 and <= 1200 });
            }
        }
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void What_is_broken_at_many_bytes_is_a_picture_or_refused_but_no_failure(SKEncodedImageFormat format)
    {
        var file = SomePicture.Drawn(format, 64, 48);
        var random = new Random(12);
        for (var run = 0; run < 1000; run++)
        {
            var broken = file.ToList();
            for (var changes = random.Next(1, 20); changes > 0; changes--)
            {
                var at = random.Next(broken.Count);
                if (random.Next(4) == 0) broken.RemoveRange(at, Math.Min(random.Next(40), broken.Count - at));
                else if (random.Next(4) == 0) broken.InsertRange(at, broken.GetRange(at, Math.Min(random.Next(40), broken.Count - at)));
                else broken[at] = (byte)random.Next(256);
                if (broken.Count == 0) break;
            }

            using var picture = Decode([.. broken]);

            Assert.True(picture is null or { Width: > 0 and <= 960, Height: > 0 and <= 1200 }, $"run {run}");
        }
    }

    [Theory]
    [InlineData(4, 3, 200_000_000, 8, 0)]
    [InlineData(4000, 4000, 64_004_000, 8, 0)]
    [InlineData(4000, 4000, 260_000_000, 16, 1)]
    public void Memory_is_bounded_whatever_a_file_inflates_to(int width, int height, long zeros, byte depth, byte interlace)
    {
        const int Megabyte = 1024;
        var file = SomePicture.PngOfZeros(width, height, zeros, depth, interlace);
        File.WriteAllText("/proc/self/clear_refs", "5");
        var before = ReadStatus("VmRSS");

        using var picture = Decode(file);

        Assert.NotNull(picture);
        var most = (width * height / 1_000_000 * 16 * Megabyte) + (64 * Megabyte);
        // The kernel counts in batches: a decoder that needs nothing may seem to need less than that.
        Assert.InRange(ReadStatus("VmHWM") - before, long.MinValue, most);
    }

    private static SKBitmap? Decode(byte[] file) => PictureDecoder.Decode(file, Most).Picture;

    private static void AssertRefused(string what, byte[] file, params PictureRefusal[] reasons)
    {
        var (picture, refusal) = PictureDecoder.Decode(file, Most);
        using (picture) Assert.True(picture is null && reasons.Contains(refusal), $"{what}: {(picture is null ? refusal : "a picture")}");
    }

    /// <summary>The progressive JPEG with its last scan repeated: a long way for a decoder that goes it.</summary>
    private static byte[] WithScans(byte[] jpeg, int scans)
    {
        var last = jpeg.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        return [.. jpeg[..^2], .. Enumerable.Repeat(jpeg[last..^2], scans).SelectMany(scan => scan), .. jpeg[^2..]];
    }

    /// <summary>Kilobytes.</summary>
    private static long ReadStatus(string name) => long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
