namespace LiveShop.Web.Pictures;

/// <summary>The reasons for which an uploaded file does not become a product's picture.</summary>
internal enum PictureRefusal
{
    /// <summary>By its content no PNG, JPEG or WebP, whatever its name says.</summary>
    OtherKind,

    /// <summary>More than <see cref="PictureEncoder.MaxBytes"/>.</summary>
    TooLarge,

    /// <summary>More than <see cref="PictureDecoder.MaxPixels"/>.</summary>
    TooManyPixels,

    /// <summary>Several frames.</summary>
    Animated,

    /// <summary>The file ends before its last pixel.</summary>
    Incomplete,

    /// <summary>The file breaks the rules of its format.</summary>
    Damaged,

    /// <summary>The node was busy with other pictures for <see cref="PictureEncoder.MaxWait"/>. Repeating is safe.</summary>
    Busy,
}
