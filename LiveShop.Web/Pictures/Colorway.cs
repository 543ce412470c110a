using System.Collections.Frozen;

namespace LiveShop.Web.Pictures;

/// <summary>
/// Reads colourways as brands write them: parts split by <c>/</c> and <c>-</c>, most important first, each a few words of
/// which the last colour counts ("Gum Light Brown" is a brown, lighter, a little like gum).
/// </summary>
internal static class Colorway
{
    private const int MostPaints = 4;

    /// <summary>How far an earlier colour word tints the last one.</summary>
    private const double Tint = 0.3;

    private static readonly FrozenDictionary<string, Paint> Colours = """
        white f8f7f3   whisper f3f1ec   cloud f4f6f7   snow fafbfc   ivory f5efdf   sail f1e8d6
        cream f3e6c9   tapioca eddfc6   bone e5dac4
        black 1c1c1f   jet 121316   onyx 17181d   anthracite 34373c   charcoal 3c3f45   graphite 44484e
        gunmetal 4a525a   asphalt 50555d   carbon 2b2d31
        grey 9a9da4   gray 9a9da5   ash b4b5b3   smoke aab0b6   quarry 9fa3a0   rise c4c8ca   silver c2c7ce
        metallic b9bec6   platinum dcdddf   chrome c8cdd4   stone b6ae9f   slate 5f6f80   pewter 868a90
        red d4203a   scarlet e2351f   crimson b5122f   cherry c11a45   infrared ff4b4b   ruby a91345
        maroon 6d1a2b   burgundy 651534   wine 722642   brick a33f30
        orange f57b1f   popsicle ff8a4a   amber ffab14   coral ff6f5b   peach ffb48c   apricot ffc08f
        salmon fa8f7c   tangerine ff8c1a   mango ffa63d   rust a8482a   copper b66a3d
        yellow fbc926   gold d9a520   lemon fde24d   mustard cf9a1e   maize f6c544   sulfur e9e06a
        volt d0f52e   lime a4d62c   citron d8dc3c
        green 2f9e58   olive 6a6b39   khaki ada074   forest 1f4d36   fir 20573f   pine 1b5e46   sage 9caf88
        moss 71803f   mint a6e0c3   emerald 0f9d6b   jade 2fa580   amazon 17704a
        turquoise 2fc6be   teal 14808a   aqua 63d5dc   cyan 22b6e0   glass b7dccd   seafoam 9fe0cc
        blue 2b6cdf   royal 2347b8   navy 1c2b55   marine 1d4f91   blazer 222f4d   obsidian 1b2a41
        void 262b4d   sky 8cc4f0   ice d2e8f3   cobalt 1c4bd0   indigo 3f3aa8   midnight 161c39
        denim 4a6a94   sapphire 164db0   fury 2f86f6
        purple 683cae   violet 7f4fe0   lavender b9a5e8   lilac caa9e0   plum 6c2f64   eggplant 4b2551
        orchid c06bd0   magenta d02b99   fuchsia e2379f
        pink f58db5   rose e77a92   blush f4c3c4   bubblegum ff9ccf   berry 9c2b5d   raspberry c92563
        brown 7a4a2b   chocolate 4a2c1e   coffee 5b3b2a   mocha 8a6248   tan c79a6b   camel c08a4d
        gum c68850   wheat dcb67a   sand dcc7a1   beige e0d1b6   oatmeal d9cdb9   taupe 8d7f72
        bronze 8c6a3a
        """
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Chunk(2)
        .ToFrozenDictionary(pair => pair[0], pair => Paint.FromRgb(Convert.ToUInt32(pair[1], 16)), StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, (double Lighter, double Purer)> Shifts =
        new (string Words, double Lighter, double Purer)[]
        {
            ("dark deep night burnt five six", -0.14, 0.9),
            ("court collegiate team varsity craft wolf orbit", -0.04, 0.95),
            ("light pale glacier vaporous one", 0.13, 0.9),
            ("mist pastel", 0.12, 0.55),
            ("particle two", 0.07, 1),
            ("soft dusty washed faded tech", 0.04, 0.65),
            ("bright bold vivid sport active total atomic hyper electric", 0.02, 1.15),
            ("glow signal luminous neon", 0.06, 1.25),
            ("shock", -0.03, 1.6),
        }
        .SelectMany(row => row.Words.Split(' '), (row, word) => (Word: word, Shift: (row.Lighter, row.Purer)))
        .ToFrozenDictionary(pair => pair.Word, pair => pair.Shift, StringComparer.OrdinalIgnoreCase);

    private static readonly Paint[] Multicolour = [Paint.FromRgb(0xf2527d), Paint.FromRgb(0x1fa3d8), Paint.FromRgb(0xf7b731)];

    /// <summary>Every colour word that is understood.</summary>
    public static IEnumerable<string> KnownWords => Colours.Keys;

    /// <summary>One to four paints, in the order of the text. A part with no known colour word gets one of its own, always the same.</summary>
    public static IReadOnlyList<Paint> Parse(string colorway)
    {
        var parts = colorway.Split(['/', '-'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Paint[] paints = [.. parts.SelectMany(Read).Take(MostPaints)];
        return paints.Length > 0 ? paints : [Unknown(colorway)];
    }

    private static Paint[] Read(string part)
    {
        var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Any(word => Is(word, "multi") || Is(word, "multicolor") || Is(word, "multicolour")))
            return Multicolour;
        if (words.All(word => Is(word, "color") || Is(word, "colour")))
            return [];

        Paint? paint = null;
        foreach (var word in words)
            if (Colours.TryGetValue(word, out var colour))
                paint = paint is { } earlier ? colour.Toward(earlier, Tint) : colour;

        return [words.Aggregate(paint ?? Unknown(part), Shift)];
    }

    private static Paint Shift(Paint paint, string word) =>
        Shifts.TryGetValue(word, out var shift) ? paint.Lighter(shift.Lighter).Purer(shift.Purer) : paint;

    private static Paint Unknown(string text) => Paint.FromHue(0.68, 0.13, StableHash.Of(text.ToUpperInvariant()) % 360);

    private static bool Is(string word, string other) => word.Equals(other, StringComparison.OrdinalIgnoreCase);
}
