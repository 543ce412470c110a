using System.Globalization;
using System.Xml.Linq;
using LiveShop.Web.Pictures;

namespace LiveShop.Tests.Pictures;

public sealed class ColorwayPictureTests
{
    private const int EnoughForEverySilhouette = 40;

    private static readonly string[] Texts =
    [
        "yellow/blue",
        "momentum",
        "Puma White/Amazon Green-Vaporous Grey",
        "Core Black/Supplier Colour/Core Black",
        "White/Multi-Color-White",
        "Black/Multi",
        "Puma Black/Puma Black",
        "Silver Metallic/Silver Metallic/Silver Metallic",
        "White/White/Black",
        "Particle Grey/White-Light Smoke Grey-Black",
        "Blue Void/Gum Light Brown-White-University Red",
        "High Rise/Puma White-Asphalt",
        "",
        " / - ",
        "Color",
        "<script>alert('drop')</script>/Red & \"Blue\"-]]>",
        string.Concat(Enumerable.Repeat("Dark Bright Orange Popsicle/", 5_000)),
        "ЧЁРНЫЙ/黒-\ud800\0",
    ];

    public static TheoryData<string> Colorways { get; } = new(Texts);

    [Theory]
    [MemberData(nameof(Colorways))]
    public void Any_colorway_gives_a_well_formed_picture_of_the_right_format(string colorway)
    {
        foreach (var sku in Skus())
        {
            var svg = XDocument.Parse(ColorwayPicture.Draw(sku, colorway)).Root!;

            Assert.Equal(XName.Get("svg", "http://www.w3.org/2000/svg"), svg.Name);
            Assert.Equal("0 0 800 640", svg.Attribute("viewBox")?.Value);
            Assert.Equal("xMidYMid slice", svg.Attribute("preserveAspectRatio")?.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Colorways))]
    public void The_same_input_always_gives_the_same_picture(string colorway) =>
        Assert.Equal(ColorwayPicture.Draw("FV5336", colorway), ColorwayPicture.Draw("FV5336", colorway));

    [Fact]
    public void The_picture_does_not_change_from_process_to_process() =>
        Assert.Equal(0xE6A62130u, StableHash.Of("FV5336"));

    [Fact]
    public void A_culture_with_decimal_commas_gives_the_same_picture()
    {
        var before = CultureInfo.CurrentCulture;
        var expected = ColorwayPicture.Draw("FV5336", "Atomic Violet/Court Purple");
        var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        commas.NumberFormat.NumberDecimalSeparator = ",";
        commas.NumberFormat.NegativeSign = "−";
        try
        {
            CultureInfo.CurrentCulture = commas;
            Assert.Equal(expected, ColorwayPicture.Draw("FV5336", "Atomic Violet/Court Purple"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Different_colorways_differ()
    {
        var pictures = Texts.Select(text => ColorwayPicture.Draw("FV5336", text)).ToList();

        Assert.Equal(pictures.Count, pictures.Distinct().Count());
    }

    [Fact]
    public void Skus_spread_over_all_silhouettes()
    {
        var uppers = Skus().Select(sku => Shape(ColorwayPicture.Draw(sku, "White/Red"), "u")).Distinct();

        Assert.Equal(Silhouettes.All.Count, uppers.Count());
    }

    [Fact]
    public void Nothing_of_the_input_gets_into_the_picture()
    {
        var svg = ColorwayPicture.Draw("leak-sku\"><script>", "<script>leak()</script>/Leaky & \"Red\" onload=leak()-&leak;");

        Assert.DoesNotContain("leak", svg, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("&", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("onload", svg, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_picture_is_only_shapes_and_refers_to_nothing_outside()
    {
        string[] shapes = ["svg", "defs", "radialGradient", "linearGradient", "stop", "clipPath", "rect", "ellipse", "g", "path", "use"];

        foreach (var element in Skus().SelectMany(sku => XDocument.Parse(ColorwayPicture.Draw(sku, "White/Red")).Descendants()))
        {
            Assert.Contains(element.Name.LocalName, shapes);
            Assert.All(element.Attributes("href"), href => Assert.StartsWith("#", href.Value, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_known_colour_gets_its_own_picture()
    {
        var words = Colorway.KnownWords.ToList();

        Assert.Equal(words.Count, words.Select(word => ColorwayPicture.Draw("FV5336", word)).Distinct().Count());
    }

    [Theory]
    [InlineData("Black", "White")]
    [InlineData("Red", "Scarlet")]
    [InlineData("Dark Blue", "Light Blue")]
    [InlineData("Yellow", "yellow/blue")]
    [InlineData("momentum", "inertia")]
    public void Words_that_mean_different_colours_paint_differently(string one, string other) =>
        Assert.NotEqual(Colorway.Parse(one), Colorway.Parse(other));

    [Theory]
    [InlineData("Core Black", "BLACK")]
    [InlineData("Puma White / University Red", "white/red")]
    [InlineData("White/Multi-Color-White", "White/Multi Color-White")]
    public void Words_that_say_nothing_about_colour_change_nothing(string one, string other) =>
        Assert.Equal(Colorway.Parse(one), Colorway.Parse(other));

    [Fact]
    public void The_last_colour_word_of_a_part_decides_and_earlier_words_shift_it()
    {
        var brown = Colorway.Parse("Brown")[0];
        var gumLightBrown = Colorway.Parse("Gum Light Brown")[0];

        Assert.True(gumLightBrown.L > brown.L);
        Assert.InRange(gumLightBrown.Hue - brown.Hue, -15, 15);
    }

    [Fact]
    public void The_shoe_stands_out_from_the_wash_and_its_panels_from_each_other()
    {
        var words = Colorway.KnownWords.ToList();
        var pairs = words.Zip(words.Skip(1).Append(words[0]), (one, other) => $"{one}/{other}");

        foreach (var text in Texts.Concat(words).Concat(pairs))
        {
            var palette = new Palette(Colorway.Parse(text), StableHash.Of(text));

            AssertApart(Tone.Upper, Tone.WashDeep);
            AssertApart(Tone.Upper, Tone.Panel);
            AssertApart(Tone.PanelDeep, Tone.Lace);
            AssertApart(Tone.Foam, Tone.Outsole);

            void AssertApart(Tone one, Tone other)
            {
                var distance = palette[one].DistanceTo(palette[other]);
                Assert.True(distance > 0.1, $"'{text}': {one} and {other} are {distance:0.00} apart");
            }
        }
    }

    [Theory]
    [InlineData(0x000000u, "#000000")]
    [InlineData(0xffffffu, "#ffffff")]
    [InlineData(0xe5391au, "#e5391a")]
    public void A_paint_comes_back_as_the_colour_it_was_made_from(uint rgb, string hex) =>
        Assert.Equal(hex, Paint.FromRgb(rgb).ToString());

    private static IEnumerable<string> Skus() =>
        Enumerable.Range(0, EnoughForEverySilhouette).Select(number => $"SKU-{number}");

    private static string Shape(string svg, string id) =>
        XDocument.Parse(svg).Descendants().Single(element => element.Attribute("id")?.Value == id).Attribute("d")!.Value;
}
