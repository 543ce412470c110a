namespace LiveShop.Domain;

/// <summary>
/// A picture recognised by its content, whatever its name or sender said, and made anew of the parts that show it: what else was
/// in the file, such as where it was taken, or another file behind the picture, is left out.
/// </summary>
/// <param name="Width">As its header says, 1 or more, like the height.</param>
internal sealed record PictureFile(string ContentType, int Width, int Height, byte[] Bytes)
{
    /// <summary>Null for what is no PNG, JPEG or still WebP, or does not reach its end.</summary>
    public static PictureFile? Read(ReadOnlySpan<byte> file) => PngFile.Read(file) ?? JpegFile.Read(file) ?? WebpFile.Read(file);
}
