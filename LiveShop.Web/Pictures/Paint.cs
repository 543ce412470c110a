using System.Globalization;

namespace LiveShop.Web.Pictures;

/// <summary>
/// A colour in Oklab (https://bottosson.github.io/posts/oklab/), where equal steps look equal: <paramref name="L"/> runs
/// from 0 (black) to 1 (white), <paramref name="A"/> from green to red, <paramref name="B"/> from blue to yellow.
/// </summary>
internal readonly record struct Paint(double L, double A, double B)
{
    /// <summary>0 for greys, about 0.3 for the purest colour a screen can show.</summary>
    public double Chroma => Math.Sqrt((A * A) + (B * B));

    /// <summary>In degrees, −180 to 180. Means nothing for a grey.</summary>
    public double Hue => Math.Atan2(B, A) * 180 / Math.PI;

    public static Paint FromHue(double lightness, double chroma, double degrees)
    {
        var angle = degrees * Math.PI / 180;
        return new Paint(lightness, chroma * Math.Cos(angle), chroma * Math.Sin(angle));
    }

    public static Paint FromRgb(uint rgb)
    {
        var (r, g, b) = (Linear(rgb >> 16), Linear(rgb >> 8), Linear(rgb));
        var l = Math.Cbrt((0.4122214708 * r) + (0.5363325363 * g) + (0.0514459929 * b));
        var m = Math.Cbrt((0.2119034982 * r) + (0.6806995451 * g) + (0.1073969566 * b));
        var s = Math.Cbrt((0.0883024619 * r) + (0.2817188376 * g) + (0.6299787005 * b));
        return new Paint(
            (0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s),
            (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s),
            (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s));
    }

    /// <summary>Beyond black and white it stops.</summary>
    public Paint Lighter(double by) => this with { L = Math.Clamp(L + by, 0.08, 0.985) };

    public Paint Purer(double factor) => new(L, A * factor, B * factor);

    public Paint Toward(Paint other, double share) =>
        new(L + ((other.L - L) * share), A + ((other.A - A) * share), B + ((other.B - B) * share));

    /// <summary>Below about 0.1 two surfaces that touch look like one.</summary>
    public double DistanceTo(Paint other) =>
        Math.Sqrt(Math.Pow(L - other.L, 2) + Math.Pow(A - other.A, 2) + Math.Pow(B - other.B, 2));

    /// <summary>As <c>#rrggbb</c>; what a screen cannot show is clipped.</summary>
    public override string ToString()
    {
        var l = Math.Pow(L + (0.3963377774 * A) + (0.2158037573 * B), 3);
        var m = Math.Pow(L - (0.1055613458 * A) - (0.0638541728 * B), 3);
        var s = Math.Pow(L - (0.0894841775 * A) - (1.2914855480 * B), 3);
        var r = Byte((4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s));
        var g = Byte((-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s));
        var b = Byte((-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s));
        return string.Create(CultureInfo.InvariantCulture, $"#{r:x2}{g:x2}{b:x2}");
    }

    private static double Linear(uint channel)
    {
        var value = (channel & 0xff) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static byte Byte(double linear)
    {
        var value = linear <= 0.0031308 ? linear * 12.92 : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055;
        return (byte)Math.Round(Math.Clamp(value, 0, 1) * 255);
    }
}
