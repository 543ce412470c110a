using LiveShop.Domain;
using LiveShop.Tests.Harness;

namespace LiveShop.Tests.Pictures;

public sealed class PictureFileTests
{
    private static readonly byte[] Place = SomePicture.Latin("38.7223 N 9.1393 W");

    public static TheoryData<string, byte[]> Whole => new()
    {
        { "image/png", SomePicture.Png },
        { "image/jpeg", SomePicture.Jpeg },
        { "image/webp", SomePicture.LossyWebp },
        { "image/webp", SomePicture.LosslessWebp },
        { "image/webp", SomePicture.TransparentWebp },
    };

    public static TheoryData<string, byte[]> NoPictures => new()
    {
        { "nothing", [] },
        { "an SVG", SomePicture.Latin("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>") },
        { "a GIF", SomePicture.Latin("GIF89a\u0004\0\u0003\0\0\0\0;") },
        { "HTML behind the first bytes of a PNG", [.. SomePicture.Png[..8], .. SomePicture.Latin("<html><script>alert(1)</script></html>")] },
        { "HTML behind the header of a PNG", [.. SomePicture.Png[..33], .. SomePicture.Latin("<html><script>alert(1)</script></html>")] },
        { "HTML behind the first bytes of a JPEG", [.. SomePicture.Jpeg[..3], .. SomePicture.Latin("<html><script>alert(1)</script></html>")] },
        { "HTML in a WebP's frame", [.. SomePicture.LossyWebp[..12], .. SomePicture.Latin("<html><script>alert(1)</script></html>")] },
        { "a PNG without data", [.. SomePicture.Png[..33], .. SomePicture.Png[^12..]] },
        { "a PNG without a width", SomePicture.PngOfSize(0, 3) },
        { "a PNG of negative height", SomePicture.PngOfSize(4, -3) },
        { "a JPEG without a scan", [0xFF, 0xD8, 0xFF, 0xD9] },
        { "a sound", [.. SomePicture.Latin("RIFF"), 4, 0, 0, 0, .. SomePicture.Latin("WAVE")] },
        { "a chunk of four billion bytes", [.. SomePicture.Latin("RIFF"), 12, 0, 0, 0, .. SomePicture.Latin("WEBPABCD"), 255, 255, 255, 255] },
        { "an animation", SomePicture.WithWebpChunk("ANMF", [1, 2]) },
    };

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_picture_is_known_by_its_content_with_its_size(string contentType, byte[] file)
    {
        var picture = PictureFile.Read(file)!;

        Assert.Equal((contentType, 4, 3), (picture.ContentType, picture.Width, picture.Height));
        Assert.Equal(file, picture.Bytes);
    }

    [Theory]
    [MemberData(nameof(NoPictures))]
    public void What_is_no_picture_is_none_whatever_it_begins_with(string what, byte[] file) => Assert.True(PictureFile.Read(file) is null, what);

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_picture_that_ends_too_early_is_none(string contentType, byte[] file) =>
        Assert.All(Enumerable.Range(0, file.Length), length => Assert.True(PictureFile.Read(file.AsSpan(0, length)) is null, $"{contentType}, {length} bytes"));

    [Theory]
    [MemberData(nameof(Whole))]
    public void What_is_broken_anywhere_is_a_picture_or_none_but_no_failure(string contentType, byte[] file)
    {
        for (var at = 0; at < file.Length; at++)
        {
            foreach (var value in new byte[] { 0x00, 0x7F, 0x80, 0xFF })
            {
                var broken = file.ToArray();
                broken[at] = value;

                Assert.True(PictureFile.Read(broken) is null or { Width: > 0, Height: > 0 }, contentType);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public void What_follows_the_picture_is_left_out(string contentType, byte[] file)
    {
        var picture = PictureFile.Read([.. file, .. SomePicture.Latin("<script>alert(1)</script>")])!;

        Assert.Equal(contentType, picture.ContentType);
        Assert.Equal(file, picture.Bytes);
    }

    [Theory]
    [InlineData("eXIf")]
    [InlineData("tEXt")]
    [InlineData("iTXt")]
    [InlineData("juNK")]
    public void What_a_PNG_says_beside_the_picture_is_left_out(string chunk) =>
        Assert.Equal(SomePicture.Png, PictureFile.Read(SomePicture.WithPngChunk(chunk, Place))!.Bytes);

    [Fact]
    public void What_a_PNG_says_of_its_colours_stays() =>
        Assert.Equal(SomePicture.WithPngChunk("gAMA", [0, 0, 1, 2]), PictureFile.Read(SomePicture.WithPngChunk("gAMA", [0, 0, 1, 2]))!.Bytes);

    [Theory]
    [InlineData(0xE1)]
    [InlineData(0xE2)]
    [InlineData(0xED)]
    [InlineData(0xFE)]
    public void What_a_JPEG_says_beside_the_picture_is_left_out(byte marker) =>
        Assert.Equal(SomePicture.Jpeg, PictureFile.Read(SomePicture.WithJpegSegment(marker, Place))!.Bytes);

    [Theory]
    [InlineData("MM\0*\0\0\0\u0008\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006\0\0")]
    [InlineData("II*\0\u0008\0\0\0\u0001\0\u0012\u0001\u0003\0\u0001\0\0\0\u0006\0\0\0")]
    public void Of_a_photos_Exif_only_how_the_camera_was_held_stays(string tiff)
    {
        var picture = PictureFile.Read(SomePicture.WithJpegSegment(0xE1, [.. SomePicture.Latin("Exif\0\0" + tiff), .. Place]))!;

        Assert.Equal(SomePicture.Jpeg, picture.Bytes[..2].Concat(picture.Bytes[38..]));
        var written = SomePicture.Latin("Exif\0\0MM\0*\0\0\0\u0008\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006\0\0\0\0\0\0");
        Assert.Equal(new byte[] { 0xFF, 0xE1, 0, 34 }.Concat(written), picture.Bytes[2..38]);
        Assert.Equal(picture.Bytes, PictureFile.Read(picture.Bytes)!.Bytes);
    }

    [Theory]
    [InlineData("MM\0*\0\0\0\u0008\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0001\0\0")]
    [InlineData("MM\0*\u00ff\u00ff\u00ff\u00ff")]
    [InlineData("MM\0*\0\0\0\u0008\u00ff\u00ff")]
    [InlineData("MM")]
    [InlineData("no TIFF")]
    public void Exif_that_says_nothing_of_it_is_left_out_whole(string tiff) =>
        Assert.Equal(SomePicture.Jpeg, PictureFile.Read(SomePicture.WithJpegSegment(0xE1, SomePicture.Latin("Exif\0\0" + tiff)))!.Bytes);

    [Theory]
    [InlineData("EXIF")]
    [InlineData("XMP ")]
    [InlineData("junk")]
    public void What_a_WebP_says_beside_the_picture_is_left_out_with_the_flag_for_it(string chunk)
    {
        var file = SomePicture.WithWebpChunk(chunk, Place);
        const int Flags = 20;
        file[Flags] |= 0x0C;

        Assert.Equal(SomePicture.TransparentWebp, PictureFile.Read(file)!.Bytes);
    }
}
