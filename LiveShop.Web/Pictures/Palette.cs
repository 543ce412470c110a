namespace LiveShop.Web.Pictures;

/// <summary>What a part of the drawing is made of; a <see cref="Palette"/> says in which colour.</summary>
internal enum Tone
{
    Upper, UpperLight, UpperStitch,
    Panel, PanelDeep, PanelStitch,
    Accent, Stripe, Lining, Lace, LaceShadow,
    Foam, FoamLine, Outsole, Tread,
    WashGlow, WashMiddle, WashDeep, Shadow,
}

/// <summary>
/// All tones of one picture. Whatever the colourway, surfaces that touch can be told apart and the shoe stands out from
/// the wash behind it.
/// </summary>
internal sealed class Palette
{
    private const double Apart = 0.11;
    private const double Grey = 0.045;

    /// <summary>A yellow wash darker than this is mud.</summary>
    private const double DarkestYellow = 0.74;

    private static readonly double[] CalmHues = [25, 60, 165, 200, 235, 265, 300, 345];

    private static readonly Paint White = Paint.FromRgb(0xfaf9f5);
    private static readonly Paint Ink = Paint.FromRgb(0x1c1c1f);

    private readonly Paint _upper;
    private readonly Paint _panel;
    private readonly Paint _accent;
    private readonly Paint _lace;
    private readonly Paint _foam;
    private readonly Paint _outsole;
    private readonly Paint _glow;
    private readonly Paint _deep;

    /// <param name="paints">Upper, panels, accents, outsole; the later ones may be missing.</param>
    /// <param name="seed">Picks the hue of the wash when no paint has one.</param>
    public Palette(IReadOnlyList<Paint> paints, uint seed)
    {
        _upper = paints[0];
        _panel = Distinct(At(paints, 1, _upper), _upper);
        _accent = Distinct(At(paints, 2, At(paints, 1, _upper)), _panel);
        _lace = new[] { _accent, _upper, White, Ink }.First(paint => paint.DistanceTo(PanelDeep) > 2 * Apart);
        _foam = paints.All(paint => paint.L < 0.4) ? Ink.Lighter(0.12) : White;
        _outsole = Distinct(At(paints, 3, At(paints, 2, _panel)), _foam);
        (_glow, _deep) = Wash(paints, seed);
    }

    private Paint PanelDeep => _panel.Lighter(_panel.L > 0.4 ? -0.06 : 0.05);

    public Paint this[Tone tone] => tone switch
    {
        Tone.Upper => _upper,
        Tone.UpperLight => _upper.Lighter(_upper.L > 0.93 ? 0.05 : 0.09),
        Tone.UpperStitch => Stitch(_upper),
        Tone.Panel => _panel,
        Tone.PanelDeep => PanelDeep,
        Tone.PanelStitch => Stitch(_panel),
        Tone.Accent => _accent,
        Tone.Stripe => _accent.DistanceTo(_upper) < Apart ? _panel : _accent,
        Tone.Lining => _accent.Lighter(-0.12).Toward(Ink, 0.35),
        Tone.Lace => _lace,
        Tone.LaceShadow => PanelDeep.Toward(Ink, 0.35),
        Tone.Foam => _foam,
        Tone.FoamLine => _foam.Lighter(_foam.L > 0.5 ? -0.14 : 0.14),
        Tone.Outsole => _outsole,
        Tone.Tread => _outsole.Toward(Ink, 0.45),
        Tone.WashGlow => _glow,
        Tone.WashMiddle => _glow.Toward(_deep, 0.4),
        Tone.WashDeep => _deep,
        Tone.Shadow => _deep.Toward(Ink, 0.75),
        _ => throw new ArgumentOutOfRangeException(nameof(tone), tone, null),
    };

    private static Paint At(IReadOnlyList<Paint> paints, int index, Paint otherwise) =>
        index < paints.Count ? paints[index] : otherwise;

    private static Paint Distinct(Paint paint, Paint neighbour) =>
        paint.DistanceTo(neighbour) >= Apart ? paint : neighbour.Lighter(neighbour.L > 0.45 ? -Apart : Apart);

    private static Paint Stitch(Paint surface) => surface.Lighter(surface.L > 0.6 ? -0.16 : 0.2);

    private static (Paint Glow, Paint Deep) Wash(IReadOnlyList<Paint> paints, uint seed)
    {
        var upper = paints[0];
        var hues = paints.Where(paint => paint.Chroma > Grey).OrderByDescending(paint => paint.Chroma).ToList();
        var others = hues.Where(paint => paint.DistanceTo(upper) > Apart).ToList();
        var deep = others.Count > 0 ? others[0].Hue : hues.Count > 0 ? hues[0].Hue : CalmHues[(int)(seed / 7 % CalmHues.Length)];
        var glow = hues.Count > 1 && Math.Abs(hues[^1].Hue - deep) > 20 ? hues[^1].Hue : deep + 45;

        var (lightness, chroma) = upper switch
        {
            { L: > 0.8 } => (0.66, 0.125),
            { L: < 0.5 } => (0.78, 0.085),
            { Chroma: < Grey } => (0.87, 0.1),
            _ => (0.85, 0.06),
        };
        if (deep is > 45 and < 125)
            lightness = Math.Max(lightness, DarkestYellow);
        if (hues.Count == 0)
            chroma *= 0.8;
        var wash = Paint.FromHue(lightness, chroma, deep);
        if (wash.DistanceTo(upper) < Apart)
            wash = wash.Lighter(wash.L > upper.L ? Apart : -Apart);
        return (Paint.FromHue(0.95, 0.05, glow), wash);
    }
}
