using LiveShop.Domain;
using LiveShop.Tests.Harness;
using LiveShop.Web.Pictures;
using SkiaSharp;

namespace LiveShop.Tests.Pictures;

public sealed class PictureEncoderTests : IDisposable
{
    private const string Place = "38.7223 N 9.1393 W";

    private readonly PictureEncoder encoder = new(PictureEncoder.MaxWait);

    public static TheoryData<byte[]> Whole => [SomePicture.Png, SomePicture.Jpeg, SomePicture.ProgressiveJpeg, SomePicture.LossyWebp, SomePicture.LosslessWebp, SomePicture.TransparentWebp];

    public static TheoryData<byte[]> WithPlace =>
    [
        SomePicture.WithPngChunk("eXIf", SomePicture.Exif(1, isLittleEndian: true, Place)[6..]),
        SomePicture.WithPngChunk("tEXt", SomePicture.Latin($"place\0{Place}")),
        SomePicture.WithPngChunk("iTXt", SomePicture.Latin($"place\0\0\0\0\0{Place}")),
        SomePicture.WithPngChunk("juNk", SomePicture.Latin(Place)),
        SomePicture.WithJpegSegment(0xE1, SomePicture.Exif(6, isLittleEndian: false, Place)),
        SomePicture.WithJpegSegment(0xE1, SomePicture.Latin($"http://ns.adobe.com/xap/1.0/\0<x>{Place}</x>")),
        SomePicture.WithJpegSegment(0xE2, SomePicture.Latin($"ICC_PROFILE\0\u0001\u0001{Place}")),
        SomePicture.WithJpegSegment(0xED, SomePicture.Latin(Place)),
        SomePicture.WithJpegSegment(0xFE, SomePicture.Latin(Place)),
        SomePicture.WithWebpChunk("EXIF", SomePicture.Exif(1, isLittleEndian: true, Place)),
        SomePicture.WithWebpChunk("XMP ", SomePicture.Latin(Place)),
        SomePicture.WithWebpChunk("junk", SomePicture.Latin(Place)),
    ];

    public void Dispose() => encoder.Dispose();

    [Theory]
    [MemberData(nameof(Whole))]
    public async Task Whatever_the_kind_it_becomes_a_WebP_and_a_small_one_is_not_scaled_up(byte[] file)
    {
        var picture = await EncodeAsync(file);

        Assert.Equal(("image/webp", null), (picture.ContentType, picture.SmallBytes));
        Assert.Equal((4, 3), SizeOf(picture.Bytes));
    }

    [Theory]
    [InlineData(2000, 1500, 960, 720, 480, 360)]
    [InlineData(1500, 2000, 900, 1200, 480, 640)]
    [InlineData(700, 500, 700, 500, 480, 342)]
    [InlineData(481, 100, 481, 100, 480, 99)]
    [InlineData(3000, 2, 960, 1, 480, 1)]
    public async Task It_is_scaled_down_to_two_widths(int width, int height, int fullWidth, int fullHeight, int smallWidth, int smallHeight)
    {
        foreach (var format in new[] { SKEncodedImageFormat.Png, SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Webp })
        {
            var picture = await EncodeAsync(SomePicture.Drawn(format, width, height));

            Assert.Equal((fullWidth, fullHeight), SizeOf(picture.Bytes));
            Assert.Equal((smallWidth, smallHeight), SizeOf(picture.SmallBytes!));
            Assert.True(picture.SmallBytes!.Length < picture.Bytes.Length, $"{format}: {picture.SmallBytes.Length} of {picture.Bytes.Length} bytes");
        }
    }

    [Theory]
    [InlineData(480, 300)]
    [InlineData(200, 3000)]
    public async Task One_that_is_narrow_enough_has_one_width(int width, int height) =>
        Assert.Null((await EncodeAsync(SomePicture.Drawn(SKEncodedImageFormat.Png, width, height))).SmallBytes);

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public async Task What_is_transparent_stays_so_in_both_widths(SKEncodedImageFormat format)
    {
        var picture = await EncodeAsync(SomePicture.Drawn(format, 1200, 800));

        foreach (var bytes in new[] { picture.Bytes, picture.SmallBytes! })
        {
            using var bitmap = SomePicture.Decoded(bytes);
            Assert.Equal(0, bitmap.GetPixel(bitmap.Width / 4, bitmap.Height / 2).Alpha);
            var opaque = bitmap.GetPixel(bitmap.Width * 3 / 4, bitmap.Height / 2);
            Assert.Equal(255, opaque.Alpha);
            Assert.InRange(opaque.Red, 181, 201);
        }
    }

    [Theory]
    [InlineData(1, "RGBW")]
    [InlineData(2, "GRWB")]
    [InlineData(3, "WBGR")]
    [InlineData(4, "BWRG")]
    [InlineData(5, "RBGW")]
    [InlineData(6, "GWRB")]
    [InlineData(7, "WGBR")]
    [InlineData(8, "BRWG")]
    public async Task However_the_camera_was_held_the_picture_is_upright(byte orientation, string stored)
    {
        foreach (var isLittleEndian in new[] { true, false })
        {
            foreach (var (width, height) in new[] { (64, 32), (1600, 800) })
            {
                var jpeg = SomePicture.Quarters(stored, width, height);
                var picture = await EncodeAsync(SomePicture.WithJpegSegment(0xE1, SomePicture.Exif(orientation, isLittleEndian, Place), jpeg));

                Assert.Equal("RGBW", SomePicture.QuartersOf(picture.Bytes));
                var size = SizeOf(picture.Bytes);
                Assert.Equal(orientation >= 5, size.Height > size.Width);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(255)]
    public async Task An_orientation_that_does_not_exist_turns_nothing(byte orientation)
    {
        var jpeg = SomePicture.Quarters("RGBW", 64, 32);

        var picture = await EncodeAsync(SomePicture.WithJpegSegment(0xE1, SomePicture.Exif(orientation, isLittleEndian: true, Place), jpeg));

        Assert.Equal("RGBW", SomePicture.QuartersOf(picture.Bytes));
    }

    [Theory]
    [MemberData(nameof(WithPlace))]
    public async Task Of_the_file_only_the_pixels_are_kept(byte[] file)
    {
        Assert.True(file.AsSpan().IndexOf(SomePicture.Latin(Place)) > 0);

        var picture = await EncodeAsync(file);

        Assert.True(picture.Bytes.AsSpan().IndexOf(SomePicture.Latin(Place)) < 0);
        Assert.Subset(new HashSet<string> { "VP8 ", "VP8L", "VP8X", "ALPH" }, ChunksOf(picture.Bytes));
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public async Task Another_file_behind_the_picture_is_left_out(byte[] file)
    {
        var picture = await EncodeAsync([.. file, .. SomePicture.Latin("PK\u0003\u0004<script>alert(1)</script>")]);

        Assert.Equal((await EncodeAsync(file)).Bytes, picture.Bytes);
    }

    [Fact]
    public async Task The_same_file_always_gives_the_same_bytes()
    {
        var file = SomePicture.Drawn(SKEncodedImageFormat.Jpeg, 1200, 900);
        var (first, second) = (await EncodeAsync(file), await EncodeAsync(file));

        Assert.Equal(first.Bytes, second.Bytes);
        Assert.Equal(first.SmallBytes, second.SmallBytes);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused() =>
        Assert.Equal((null, PictureRefusal.TooLarge), await encoder.EncodeAsync([.. SomePicture.Png, .. new byte[PictureEncoder.MaxBytes]]));

    [Fact]
    public async Task Files_are_encoded_one_at_a_time_and_one_that_waits_too_long_is_refused()
    {
        using var hurried = new PictureEncoder(TimeSpan.Zero);
        var first = hurried.EncodeAsync(SomePicture.PngOfZeros(4000, 4000, 4000L * 16_001));

        Assert.Equal((null, PictureRefusal.Busy), await hurried.EncodeAsync(SomePicture.Png));

        Assert.NotNull((await first).Picture);
        Assert.NotNull((await hurried.EncodeAsync(SomePicture.Png)).Picture);
    }

    [Fact]
    public async Task Those_that_come_at_once_take_turns() =>
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => encoder.EncodeAsync(SomePicture.Jpeg))), encoded => Assert.NotNull(encoded.Picture));

    private async Task<StoredPicture> EncodeAsync(byte[] file)
    {
        var (picture, refusal) = await encoder.EncodeAsync(file);
        Assert.True(picture is not null, refusal.ToString());
        return picture;
    }

    private static (int Width, int Height) SizeOf(byte[] file)
    {
        using var bitmap = SomePicture.Decoded(file);
        return (bitmap.Width, bitmap.Height);
    }

    private static HashSet<string> ChunksOf(byte[] webp)
    {
        var chunks = new HashSet<string>();
        for (var rest = webp.AsSpan(12); rest.Length > 0;)
        {
            chunks.Add(System.Text.Encoding.ASCII.GetString(rest[..4]));
            var length = BitConverter.ToInt32(rest[4..]);
            rest = rest[(8 + length + (length % 2))..];
        }
        return chunks;
    }
}
