using System.Globalization;
using System.Text;

namespace LiveShop.Web.Pictures;

/// <summary>Draws a sneaker for a product that came with a colourway but no picture.</summary>
internal static class ColorwayPicture
{
    /// <summary>
    /// A complete SVG document of 800 × 640. The SKU picks the silhouette, the colourway the colours; the same two always
    /// give the same text. Nothing of either is written into it, so any text is safe.
    /// </summary>
    public static string Draw(string sku, string colorway)
    {
        var seed = StableHash.Of(sku);
        var shoe = Silhouettes.All[(int)(seed % (uint)Silhouettes.All.Count)];
        var palette = new Palette(Colorway.Parse(colorway), seed);

        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 640" preserveAspectRatio="xMidYMid slice">
            <defs>
            <radialGradient id="wash" cx=".2" cy="-.05" r="1.2"><stop offset="0" stop-color="{palette[Tone.WashGlow]}"/><stop offset=".4" stop-color="{palette[Tone.WashMiddle]}"/><stop offset="1" stop-color="{palette[Tone.WashDeep]}"/></radialGradient>
            <radialGradient id="ground"><stop offset="0" stop-color="{palette[Tone.Shadow]}" stop-opacity=".6"/><stop offset=".6" stop-color="{palette[Tone.Shadow]}" stop-opacity=".3"/><stop offset="1" stop-color="{palette[Tone.Shadow]}" stop-opacity="0"/></radialGradient>
            <linearGradient id="shade" x1="0" y1="0" x2=".25" y2="1"><stop offset="0" stop-color="#fff" stop-opacity=".14"/><stop offset=".5" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".16"/></linearGradient>
            <clipPath id="upper"><path id="u" d="{shoe.Upper}"/></clipPath>
            <clipPath id="sole"><path id="s" d="{shoe.Sole}"/></clipPath>
            </defs>
            <rect width="800" height="640" fill="url(#wash)"/>
            <g transform="translate(35 40) scale(.9)">
            <ellipse cx="408" cy="501" rx="332" ry="25" fill="url(#ground)"/>
            {Paths(shoe.Behind, palette)}<use href="#u" fill="{palette[Tone.Upper]}"/>
            <g clip-path="url(#upper)">
            {Paths(shoe.Panels, palette)}</g>
            <use href="#u" fill="url(#shade)"/>
            {Paths(shoe.Front, palette)}<use href="#s" fill="{palette[Tone.Foam]}"/>
            <g clip-path="url(#sole)">
            {Paths(shoe.SolePanels, palette)}</g>
            <use href="#s" fill="url(#shade)"/>
            {Paths([shoe.Tread], palette)}</g>
            </svg>
            """);
    }

    private static string Paths(IEnumerable<Layer> layers, Palette palette)
    {
        var paths = new StringBuilder();
        foreach (var layer in layers)
        {
            var colour = palette[layer.Tone];
            _ = layer.Width is 0
                ? paths.Append(CultureInfo.InvariantCulture, $"<path d=\"{layer.Path}\" fill=\"{colour}\"/>\n")
                : paths.Append(CultureInfo.InvariantCulture, $"<path d=\"{layer.Path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{layer.Width}\" {Ends(layer)}/>\n");
        }

        return paths.ToString();
    }

    private static string Ends(Layer layer) =>
        layer.Dashes is null ? "stroke-linecap=\"round\" stroke-linejoin=\"round\"" : $"stroke-dasharray=\"{layer.Dashes}\"";
}
